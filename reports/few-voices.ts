import { type Figures, figureOf } from "./figure.ts";
import { formatPercent } from "./format-japanese.ts";
import type { Cell } from "./outline/outline.ts";
import { type Change, FEWEST_FOR_CHANGE } from "./statistics/change.ts";

/** Of fewer voices the tenths of a percent say more than is known, and a ratio of two shares misleads. */
const FEWEST_FOR_TENTHS = 30;

/** Of fewer voices than a change can be told of, a share would say more than is known: their number alone is told. */
export function tellsShares(whole: number): boolean {
  return whole >= FEWEST_FOR_CHANGE;
}

/** 9.0%; of few voices 9%. @param whole how many voices it is a share of */
export function formatShare(share: number, whole: number): string {
  return formatPercent(share, whole < FEWEST_FOR_TENTHS ? 0 : 1);
}

/** The same in a table, by all the rules above. */
export function shareCell(share: number | null, whole: number): Cell {
  if (share === null || !tellsShares(whole)) return null;
  return whole < FEWEST_FOR_TENTHS ? { rough: share } : share;
}

/** A change with its word alone where one of the periods compared has few voices. @param wholes figures of their voices */
export function toldChange(figures: Figures, change: Change, wholes: readonly string[]): Change {
  const isFew = wholes.some((id) => figureOf(figures, id).value < FEWEST_FOR_TENTHS);
  return isFew ? { ...change, ratio: null, low: null, high: null } : change;
}
