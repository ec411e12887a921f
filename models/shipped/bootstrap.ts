import {
  COUNTS,
  chanceError,
  evaluateJudged,
  type Judged,
  reliabilityBins,
  tallyJudged,
} from "../evaluate-head.ts";
import { interval95 } from "../interval.ts";
import { seededRandom } from "../random.ts";
import type { Figure, Measure } from "./evaluation-file.ts";

/** Stated in the card with every interval. */
export const BOOTSTRAP_SEED = 20_261_122;
export const RESAMPLES = 1000;

/** Cases of one group are drawn together: spans of one theme, both halves of a pair. */
export type Grouped = { readonly group: string };

/**
 * Percentile bootstrap over groups, at 95%.
 *
 * @param evaluation of the same cases, where the caller has it already
 */
export function measureJudged(
  labels: readonly string[],
  cases: readonly (Judged & Grouped)[],
  evaluation = evaluateJudged(labels, cases),
): Measure {
  const { perLabel, ...whole } = evaluation;
  const rows = cases.map((judged) => tallyJudged(labels, judged));
  const present = labels.filter((label) => (perLabel[label]?.support ?? 0) > 0);
  const at = (label: string) => labels.indexOf(label);
  const figures = bootstrap(cases, (drawn) => {
    const sums = new Float64Array(labels.length * COUNTS);
    let exact = 0;
    for (const index of drawn) {
      const row = rows[index];
      if (row === undefined) continue;
      exact += row.isExact ? 1 : 0;
      for (const slot of row.slots) sums[slot] = (sums[slot] ?? 0) + 1;
    }
    const qualities = present.flatMap((label) => qualityOf(sums, at(label)));
    const f1s = qualities.filter((value, index) => index % COUNTS === F1 && !Number.isNaN(value));
    return [exact / drawn.length, mean(f1s), ...qualities];
  });
  const figureAt = (index: number, value: number): Figure => ({
    value: round(value),
    ...(figures[index] ?? { low: 0, high: 0 }),
  });
  return {
    n: whole.n,
    accuracy: figureAt(0, whole.accuracy),
    macroF1: figureAt(1, whole.macroF1),
    ece: round(whole.ece),
    eceByChance: round(chanceError(cases, seededRandom(BOOTSTRAP_SEED))),
    coverage: round(whole.coverage),
    shownAccuracy: round(whole.shownAccuracy),
    bins: reliabilityBins(cases).map(({ count, confidence, right }) => ({
      count,
      confidence: round(confidence),
      right: round(right),
    })),
    perLabel: Object.fromEntries(
      present.map((label, index) => {
        const quality = perLabel[label] ?? { precision: 0, recall: 0, f1: 0, support: 0 };
        const first = 2 + index * COUNTS;
        return [
          label,
          {
            support: quality.support,
            precision: figureAt(first, quality.precision),
            recall: figureAt(first + 1, quality.recall),
            f1: figureAt(first + F1, quality.f1),
          },
        ];
      }),
    ),
  };
}

/** The share of cases that are right. */
export function measureShare(cases: readonly (Grouped & { readonly right: boolean })[]): Figure {
  const share = (indexes: readonly number[]) =>
    indexes.filter((index) => cases[index]?.right === true).length / indexes.length;
  const [interval] = bootstrap(cases, (drawn) => [share(drawn)]);
  return {
    value: round(share([...cases.keys()])),
    ...(interval ?? { low: 0, high: 0 }),
  };
}

/** Of precision, recall and F1. */
const F1 = 2;

/** @returns precision, recall and F1; NaN where a resample holds nothing of the label */
function qualityOf(sums: Float64Array, label: number): [number, number, number] {
  const [hits = 0, given = 0, gold = 0] = sums.subarray(label * COUNTS, (label + 1) * COUNTS);
  return [hits / given, hits / gold, (2 * hits) / (given + gold)];
}

/** @param measure numbers from the indexes of the drawn cases @returns one interval for each of the numbers */
function bootstrap(
  cases: readonly Grouped[],
  measure: (drawn: readonly number[]) => readonly number[],
): { low: number; high: number }[] {
  const groups = groupIndexes(cases);
  const random = seededRandom(BOOTSTRAP_SEED);
  const samples = Array.from({ length: RESAMPLES }, () =>
    measure(groups.flatMap(() => groups[Math.floor(random() * groups.length)] ?? [])),
  );
  return (samples[0] ?? []).map((_, which) => {
    const values = samples
      .map((sample) => sample[which] ?? Number.NaN)
      .filter((value) => !Number.isNaN(value));
    const { low, high } = interval95(values);
    return { low: round(low), high: round(high) };
  });
}

function groupIndexes(cases: readonly Grouped[]): number[][] {
  const groups = new Map<string, number[]>();
  for (const [index, { group }] of cases.entries()) {
    groups.set(group, [...(groups.get(group) ?? []), index]);
  }
  return [...groups.values()];
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Four digits are more than any interval here can tell. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
