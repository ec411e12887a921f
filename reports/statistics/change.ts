import { z } from "zod";
import { clopperPearson } from "./clopper-pearson.ts";
import { round4 } from "./round4.ts";

/** Below this sum of both counts no word is given: even a cell that doubled would rarely be named. */
export const FEWEST_FOR_CHANGE = 10;

/** How a share of voices moved against the period before: a word, and the ratio of shares with its 95% interval. */
export const Change = z.strictObject({
  word: z.enum(["increased", "decreased", "unclear", "few", "nothing-before"]),
  /** null where the count before is 0, or nothing can be said. */
  ratio: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type Change = z.infer<typeof Change>;

export type TwoCounts = {
  readonly count: number;
  readonly total: number;
  readonly previousCount: number;
  readonly previousTotal: number;
};

/**
 * Compares two shares by the exact conditional test: given their sum, `count` is binomial with
 * p = total / (total + previousTotal) where nothing changed. The Clopper-Pearson interval of that
 * probability, turned into odds and divided by total / previousTotal, is the interval of the ratio.
 */
export function compareShares(counts: TwoCounts): Change {
  const { count, total, previousCount, previousTotal } = counts;
  const nothing = { ratio: null, low: null, high: null };
  if (total === 0 || previousTotal === 0) return { word: "nothing-before", ...nothing };
  const sum = count + previousCount;
  if (sum < FEWEST_FOR_CHANGE) return { word: "few", ...nothing };
  const exposure = previousTotal / total;
  const interval = clopperPearson(count, sum);
  const low = (interval.low / (1 - interval.low)) * exposure;
  const high = interval.high === 1 ? null : (interval.high / (1 - interval.high)) * exposure;
  return {
    word: wordFor(low, high),
    ratio: previousCount === 0 ? null : round4((count / previousCount) * exposure),
    low: round4(low),
    high: high === null ? null : round4(high),
  };
}

function wordFor(low: number, high: number | null): Change["word"] {
  if (low > 1) return "increased";
  return high !== null && high < 1 ? "decreased" : "unclear";
}
