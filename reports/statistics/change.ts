import { z } from "zod";
import { atLeast, atMost } from "./binomial-tail.ts";
import { clopperPearson } from "./clopper-pearson.ts";
import { FALSE_DISCOVERIES, falseDiscoveryLevel } from "./false-discovery.ts";
import { round4 } from "./round4.ts";

/** Below this sum of both counts no word is given: even a cell that doubled would rarely be named. */
export const FEWEST_FOR_CHANGE = 10;

/** How a rate moved against an earlier one: a word, and the ratio of rates with its interval. */
export const Change = z.strictObject({
  word: z.enum(["increased", "decreased", "unclear", "few", "nothing-before", "begun-before"]),
  /** null where the count before is 0, or nothing can be said. */
  ratio: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /**
   * Why a difference that catches the eye is no change: chance alone gives it; counts are always as restless as that;
   * or among so many cells one such is to be expected. Left out where none does, and in older values.
   */
  because: z.enum(["chance", "restless", "many"]).optional(),
});
export type Change = z.infer<typeof Change>;

export function isCertain(change: Change | null | undefined): boolean {
  return change?.word === "increased" || change?.word === "decreased";
}

/** Whether there was enough to compare. */
export function isJudged(change: Change): boolean {
  return isCertain(change) || change.word === "unclear";
}

/** A count and what it is a rate of (voices, days, units sold), now and before. */
export type TwoRates = {
  readonly count: number;
  readonly base: number;
  readonly previousCount: number;
  readonly previousBase: number;
  /** See `dispersionsOf`; 1 where nothing but chance moves the counts. */
  readonly dispersion: number;
};

export type TableOfRates = {
  /** Below this sum of both counts no word is given. */
  readonly fewest?: number;
  /** How many cells the table has, where only those are given that may have changed. */
  readonly tested?: number;
};

/** A ratio that is read as this, or its inverse, catches the eye: 1.45 is printed as 1.5. */
export const STRIKING_RATIO = 1.5;
const READ_AS = 0.05;

const NOTHING = { ratio: null, low: null, high: null };

/** Nothing is known of the time before. */
export const NOTHING_BEFORE: Change = { word: "nothing-before", ...NOTHING };
/** The time before is known in part only: its data begins within it. */
export const BEGUN_BEFORE: Change = { word: "begun-before", ...NOTHING };

/**
 * Compares the rates of the cells of one table by the exact conditional test: given the sum of both counts, `count`
 * is binomial with p = base / (base + previousBase) where nothing changed. Counts that are more restless than chance
 * are divided by their dispersion first. The Clopper-Pearson interval of that probability, turned into odds and
 * divided by base / previousBase, is the interval of the ratio; all have the level at which the table keeps to its
 * share of false discoveries.
 */
export function compareRates(
  cells: readonly TwoRates[],
  { fewest = FEWEST_FOR_CHANGE, tested = 0 }: TableOfRates = {},
): Change[] {
  const judged = cells.filter((cell) => wordless(cell, fewest) === undefined);
  const outside = falseDiscoveryLevel(judged.map(pValueOf), Math.max(tested, judged.length));
  return cells.map((cell) => {
    const word = wordless(cell, fewest);
    return word === undefined ? changeOf(cell, outside) : { word, ...NOTHING };
  });
}

function wordless({ count, base, previousCount, previousBase }: TwoRates, fewest: number) {
  if (base === 0 || previousBase === 0) return "nothing-before";
  return count + previousCount < fewest ? "few" : undefined;
}

function pValueOf({ count, base, previousCount, previousBase, dispersion }: TwoRates): number {
  const sum = (count + previousCount) / dispersion;
  const share = base / (base + previousBase);
  const seen = count / dispersion;
  return Math.min(1, 2 * atLeast(seen, sum, share), 2 * atMost(seen, sum, share));
}

function changeOf(cell: TwoRates, outside: number): Change {
  const { count, previousCount, dispersion } = cell;
  const exposure = cell.previousBase / cell.base;
  const interval = clopperPearson(
    count / dispersion,
    (count + previousCount) / dispersion,
    outside,
  );
  const low = (interval.low / (1 - interval.low)) * exposure;
  const high = interval.high === 1 ? null : (interval.high / (1 - interval.high)) * exposure;
  const word = wordFor(low, high);
  const ratio = previousCount === 0 ? null : (count / previousCount) * exposure;
  return {
    word,
    ratio: ratio === null ? null : round4(ratio),
    low: round4(low),
    high: high === null ? null : round4(high),
    ...(word === "unclear" && isStriking(ratio) && { because: reasonOf(cell) }),
  };
}

function isStriking(ratio: number | null): boolean {
  return ratio === null || Math.max(ratio, 1 / ratio) >= STRIKING_RATIO - READ_AS;
}

/** The first of the three rules that alone would have kept the word back. */
function reasonOf(cell: TwoRates): Change["because"] {
  if (pValueOf({ ...cell, dispersion: 1 }) > FALSE_DISCOVERIES) return "chance";
  return pValueOf(cell) > FALSE_DISCOVERIES ? "restless" : "many";
}

function wordFor(low: number, high: number | null): Change["word"] {
  if (low > 1) return "increased";
  return high !== null && high < 1 ? "decreased" : "unclear";
}
