import { atLeast } from "./binomial-tail.ts";

/** How many cells of a severity could at the most become so rare. */
export type CellSize = {
  readonly severity: number;
  /** Common logarithm of the probability that all customers of such a cell are new; rounded down. */
  readonly rarest: number;
  readonly cells: number;
};

export type RareCell = {
  readonly severity: number;
  readonly count: number;
  /** The customers of the past too. */
  readonly total: number;
  /** What of the total is new if nothing changed. */
  readonly share: number;
};

/** A grave cell may spend more of the budget than a harmless one. */
function weightOf({ severity }: { readonly severity: number }): number {
  return 1 + severity;
}

/**
 * Whether a cell of a great table has more than its past lets expect. Given its total, the count is binomial
 * where nothing changed, so its exact upper tail needs no model of the past. Of a cell with few customers not
 * even all of them being new would be rare: such cells cannot raise an alarm at the level in question and cost
 * nothing (Tarone 1990), which is what makes a table of thousands of sparse cells testable at all.
 *
 * @param sizes of all cells of the table
 * @param budget alarms that chance alone may raise, on the average of many tests of all cells
 */
export function isAlarm(cell: RareCell, sizes: readonly CellSize[], budget: number): boolean {
  const level = atLeast(cell.count, cell.total, cell.share) / weightOf(cell);
  let byChance = 0;
  for (const size of sizes) {
    const own = weightOf(size) * level;
    if (10 ** size.rarest <= own) byChance += size.cells * Math.min(1, own);
    // Nearly all cells are usual and leave here, after a few sizes.
    if (byChance > budget) return false;
  }
  return true;
}
