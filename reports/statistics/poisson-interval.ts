import { clopperPearson, type Interval } from "./clopper-pearson.ts";

/**
 * A Poisson count is a binomial one of a great many trials: with so many the ends of both intervals agree to ten
 * digits. (The quantile of the gamma distribution of @stdlib 0.2.3, the usual way, is wrong from about 1,000 on.)
 */
const GREAT_MANY = 1e12;

/** The exact 95% interval (Garwood) of the mean of a Poisson count. */
export function poissonInterval(count: number): Interval {
  const { low, high } = clopperPearson(count, GREAT_MANY);
  return { low: low * GREAT_MANY, high: high * GREAT_MANY };
}
