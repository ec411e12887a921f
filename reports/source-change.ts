import { z } from "zod";
import { formatCount } from "./format-japanese.ts";
import type { Baseline } from "./past/past.ts";
import type { OriginRow } from "./report-rows.ts";
import { BEGUN_BEFORE, type Change } from "./statistics/change.ts";

const Sources = z.strictObject({ names: z.array(z.string()), voices: z.number().int() });
type Sources = z.infer<typeof Sources>;

/** Sources that had a good part of the voices in one of two periods and none in the other: shares of the two differ by that alone. */
export const SourceChange = z.strictObject({ gone: Sources, come: Sources });
export type SourceChange = z.infer<typeof SourceChange>;

/** Of a period's voices. */
const GOOD_PART = 0.1;
/** A source with fewer may have none in the next period by chance. */
const FEWEST_VOICES = 5;

type Origins = readonly Pick<z.infer<typeof OriginRow>, "source" | "voice_count">[];

/** @param arrived sources of this period's voices, those of other lines too. @returns null where both have the same, or one of them no voice */
export function sourceChangeOf(
  before: Origins,
  now: Origins,
  arrived: ReadonlySet<string>,
): SourceChange | null {
  if (before.length === 0 || now.length === 0) return null;
  const gone = absentFrom(arrived, before);
  const come = absentFrom(new Set(before.map(({ source }) => source)), now);
  return gone.voices + come.voices === 0 ? null : { gone, come };
}

function absentFrom(others: ReadonlySet<string>, origins: Origins): Sources {
  const total = sumOf(origins);
  const names = [...new Set(origins.map(({ source }) => source))].filter((source) => {
    const voices = sumOf(origins.filter((each) => each.source === source));
    return !others.has(source) && voices >= Math.max(FEWEST_VOICES, GOOD_PART * total);
  });
  return { names, voices: sumOf(origins.filter(({ source }) => names.includes(source))) };
}

function sumOf(origins: Origins): number {
  return origins.reduce((sum, { voice_count }) => sum + voice_count, 0);
}

/** One sentence; empty where both periods have the same sources. */
export function sourceNote(
  change: SourceChange | null,
  words: { readonly this: string; readonly previous: string },
): string {
  if (change === null) return "";
  const { gone, come } = change;
  const had = `${words.previous}にあった${voicesOf(gone)}が${words.this}は`;
  const added = `${words.previous}になかった${voicesOf(come)}が`;
  const what =
    come.voices === 0
      ? `${had}ありません`
      : `${gone.voices === 0 ? "" : `${had}なく、`}${added}${gone.voices === 0 ? `${words.this}は` : ""}あります`;
  return `${what}。${words.previous}と比べた数字は、その影響を受けます。`;
}

function voicesOf({ names, voices }: Sources): string {
  return `${names.map((name) => `「${name}」`).join("")}の声（${formatCount(voices)}件）`;
}

/** Lines of which no change is told where the sources are not the same: neither from the period before nor from the usual level. */
export function comparableLines<
  Line extends { readonly change: Change | null; readonly usual: Baseline | null },
>(lines: readonly Line[], change: SourceChange | null): readonly Line[] {
  if (change === null) return lines;
  return lines.map((line) => ({
    ...line,
    change: line.change === null ? null : BEGUN_BEFORE,
    usual: null,
  }));
}
