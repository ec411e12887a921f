/** With fewer periods the spread between them cannot be told from chance. */
export const FEWEST_FOR_DISPERSION = 8;

export type Rate = { readonly count: number; readonly base: number };

/**
 * How much more counts move from period to period than chance lets them: Pearson's chi-square by its degrees of
 * freedom, against one rate for all periods. Voices come in flocks (a heavy snow, a long holiday), so it is often
 * above 1; below 1 it is taken for 1, as too few periods are.
 */
export function dispersionOf(periods: readonly Rate[]): number {
  const spoken = periods.filter(({ base }) => base > 0);
  const count = spoken.reduce((sum, period) => sum + period.count, 0);
  if (spoken.length < FEWEST_FOR_DISPERSION || count === 0) return 1;
  const rate = count / spoken.reduce((sum, { base }) => sum + base, 0);
  const chiSquare = spoken.reduce(
    (sum, period) => sum + (period.count - rate * period.base) ** 2 / (rate * period.base),
    0,
  );
  return Math.max(1, chiSquare / (spoken.length - 1));
}
