/** Of what a table names, at most this share may be named by chance alone. */
export const FALSE_DISCOVERIES = 0.05;

/**
 * The p-value up to which the cells of one table may be named (Benjamini & Hochberg 1995). An interval that leaves
 * out just this much excludes "nothing changed" exactly for the cells that are named (Benjamini & Yekutieli 2005),
 * so word and interval never disagree.
 *
 * @param pValues of all cells that were tested; those above the level may be missing
 * @param tested how many were tested
 */
export function falseDiscoveryLevel(pValues: readonly number[], tested: number): number {
  const ranked = [...pValues].sort((left, right) => left - right);
  const named = ranked.findLastIndex(
    (pValue, index) => pValue <= ((index + 1) * FALSE_DISCOVERIES) / tested,
  );
  return (Math.max(1, named + 1) * FALSE_DISCOVERIES) / Math.max(1, tested);
}
