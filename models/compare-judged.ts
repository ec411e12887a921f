import { COUNTS, type Judged, type Tally, tallyJudged } from "./evaluate-head.ts";
import { interval95 } from "./interval.ts";
import { seededRandom } from "./random.ts";

/** A difference and its 95% interval from resampling the cases. */
export type Difference = { readonly value: number; readonly low: number; readonly high: number };

const RESAMPLES = 1000;

/**
 * Compares two sets of answers to the same cases: both are resampled together, so that what is hard for both
 * cancels out.
 *
 * @param ours answers in the order of `theirs`
 * @returns ours minus theirs
 */
export function compareJudged(
  labels: readonly string[],
  { ours, theirs, seed }: { ours: readonly Judged[]; theirs: readonly Judged[]; seed: number },
): { readonly accuracy: Difference; readonly macroF1: Difference } {
  const [mine = [], other = []] = [ours, theirs].map((cases) =>
    cases.map((judged) => tallyJudged(labels, judged)),
  );
  const difference = (drawn: readonly number[]) => {
    const [a, b] = [figuresOf(mine, labels.length, drawn), figuresOf(other, labels.length, drawn)];
    return { accuracy: a.accuracy - b.accuracy, macroF1: a.macroF1 - b.macroF1 };
  };
  const everyone = ours.map((_, index) => index);
  const random = seededRandom(seed);
  const samples = Array.from({ length: RESAMPLES }, () =>
    difference(everyone.map(() => Math.floor(random() * ours.length))),
  );
  const whole = difference(everyone);
  const interval = (name: "accuracy" | "macroF1"): Difference => ({
    value: whole[name],
    ...interval95(samples.map((sample) => sample[name])),
  });
  return { accuracy: interval("accuracy"), macroF1: interval("macroF1") };
}

/** Macro-F1 over the labels that are true of some drawn case. */
function figuresOf(tallies: readonly Tally[], labelCount: number, drawn: readonly number[]) {
  const sums = new Int32Array(labelCount * COUNTS);
  let exact = 0;
  for (const index of drawn) {
    const tally = tallies[index];
    exact += tally?.isExact === true ? 1 : 0;
    for (const slot of tally?.slots ?? []) sums[slot] = (sums[slot] ?? 0) + 1;
  }
  const f1s = Array.from({ length: labelCount }, (_, label) => {
    const [hits = 0, given = 0, gold = 0] = sums.subarray(label * COUNTS, (label + 1) * COUNTS);
    return gold === 0 ? undefined : (2 * hits) / (given + gold);
  }).filter((f1) => f1 !== undefined);
  const macroF1 = f1s.reduce((sum, f1) => sum + f1, 0) / Math.max(1, f1s.length);
  return { accuracy: exact / drawn.length, macroF1 };
}
