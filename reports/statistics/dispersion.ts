export type Rate = { readonly count: number; readonly base: number };

/** The spread of a cell's periods against one rate for all of them. */
export type Spread = {
  /** Pearson's. */
  readonly chiSquare: number;
  /** 0 where nothing can be said: one period only, or no count. */
  readonly freedom: number;
  /** Of the counts. */
  readonly mean: number;
};

/** What is expected of a cell before anything is known of it, by its mean count. */
export type ExpectedDispersion = (mean: number) => number;

/** Shares of voices: what the demo's 21 topics have on the mean over 26 weeks. */
export const expectedOfShares: ExpectedDispersion = () => 1.5;
/** Numbers of voices move by about a fifth however many there are: so do the demo's weeks, and its days of one kind. */
export const expectedOfVolumes: ExpectedDispersion = (mean) => 1 + 0.05 * mean;

/** What is expected weighs as much as so many degrees of freedom of a cell's own: with ten periods, half of it is its own. */
const PRIOR_FREEDOM = 10;

/**
 * How much more the counts of each cell move from period to period than chance lets them: voices come in flocks (a
 * heavy snow, a long holiday). A few periods say little of that, and cells of one table are much alike. So each cell's
 * chi-square is pulled towards what the whole table has against its expectation, as limma squeezes variances (Smyth
 * 2004), but with fixed degrees of freedom; the table itself is pulled towards the expectation. Never below 1.
 */
export function dispersionsOf(
  cells: readonly (readonly Rate[])[],
  expected: ExpectedDispersion,
): number[] {
  const spreads = cells.map(spreadOf);
  const total = { excess: PRIOR_FREEDOM, freedom: PRIOR_FREEDOM };
  for (const { chiSquare, freedom, mean } of spreads) {
    total.excess += chiSquare / expected(mean);
    total.freedom += freedom;
  }
  return spreads.map(({ chiSquare, freedom, mean }) => {
    const ofTable = expected(mean) * (total.excess / total.freedom);
    return Math.max(1, (PRIOR_FREEDOM * ofTable + chiSquare) / (PRIOR_FREEDOM + freedom));
  });
}

export function spreadOf(periods: readonly Rate[]): Spread {
  const spoken = periods.filter(({ base }) => base > 0);
  const count = spoken.reduce((sum, period) => sum + period.count, 0);
  if (count === 0) return { chiSquare: 0, freedom: 0, mean: 0 };
  const rate = count / spoken.reduce((sum, { base }) => sum + base, 0);
  const chiSquare = spoken.reduce(
    (sum, period) => sum + (period.count - rate * period.base) ** 2 / (rate * period.base),
    0,
  );
  return { chiSquare, freedom: spoken.length - 1, mean: count / spoken.length };
}
