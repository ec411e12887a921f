import quantile from "@stdlib/stats-base-dists-beta-quantile";

/** What is left outside a 95% interval. */
export const OUTSIDE_95 = 0.05;

export type Interval = { readonly low: number; readonly high: number };

/**
 * The exact interval (Clopper-Pearson) of a probability, seen `count` times in `trials` > 0.
 *
 * @param outside what the interval leaves out, half at each end
 */
export function clopperPearson(count: number, trials: number, outside = OUTSIDE_95): Interval {
  const tail = outside / 2;
  return {
    low: count === 0 ? 0 : quantile(tail, count, trials - count + 1),
    high: count === trials ? 1 : quantile(1 - tail, count + 1, trials - count),
  };
}
