import betaCdf from "@stdlib/stats-base-dists-beta-cdf";

/**
 * P(X >= count) of a binomial X. Counts may be fractions, as where they were divided by a dispersion: then it is
 * the same function between the whole numbers.
 */
export function atLeast(count: number, trials: number, probability: number): number {
  return count <= 0 ? 1 : betaCdf(probability, count, trials - count + 1);
}

/** P(X <= count) of a binomial X. */
export function atMost(count: number, trials: number, probability: number): number {
  return count >= trials ? 1 : betaCdf(1 - probability, trials - count, count + 1);
}
