import quantile from "@stdlib/stats-base-dists-beta-quantile";

const TAIL = 0.025;

export type Interval = { readonly low: number; readonly high: number };

/** The exact 95% interval (Clopper-Pearson) of a probability, seen `count` times in `trials` > 0. */
export function clopperPearson(count: number, trials: number): Interval {
  return {
    low: count === 0 ? 0 : quantile(TAIL, count, trials - count + 1),
    high: count === trials ? 1 : quantile(1 - TAIL, count + 1, trials - count),
  };
}
