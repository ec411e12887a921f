import { z } from "zod";
import { addDays } from "../../pipeline/period.ts";
import { dayKind, daysOf } from "../past/calendar.ts";
import { Change, compareRates } from "../statistics/change.ts";
import { dispersionsOf, expectedOfVolumes, type Rate } from "../statistics/dispersion.ts";
import { round4 } from "../statistics/round4.ts";

/** The days that tell what is usual for one like this: the same weekday, or days off among themselves. */
export const UsualDays = z.strictObject({
  kind: z.enum(["weekday", "saturday", "holiday"]),
  /** Empty where there are too few. */
  days: z.array(z.string()),
});
export type UsualDays = z.infer<typeof UsualDays>;

export const UsualLevel = z.strictObject({
  /** Mean voices of such a day; null where there are too few of them. */
  level: z.number().nullable(),
  change: Change,
});
export type UsualLevel = z.infer<typeof UsualLevel>;

/** A quarter of a year: thirteen of each weekday, in one season. */
export const USUAL_DAYS_BACK = 91;
/** Fewer days are no usual level. */
const FEWEST_DAYS = 4;

/**
 * Finds the days before one that are like it. A holiday on a Tuesday is compared with Sundays and other holidays, and
 * no Tuesday's usual level has it in.
 *
 * @param firstSpoken first day with any voice: what lies before it is no day without voices
 */
export function usualDaysOf(day: string, firstSpoken: string | undefined): UsualDays {
  const kind = dayKind(day);
  const weekday = (date: string) => (Date.parse(`${date}T00:00:00Z`) / 86_400_000) % 7;
  const days = daysOf({ from: addDays(day, -USUAL_DAYS_BACK), until: day }).filter(
    (date) =>
      firstSpoken !== undefined &&
      date >= firstSpoken &&
      dayKind(date) === kind &&
      (kind === "holiday" || weekday(date) === weekday(day)),
  );
  return { kind, days: days.length < FEWEST_DAYS ? [] : days };
}

/**
 * Compares the counts of a day with those of its usual days, all cells as one table.
 *
 * @param cells counts by day, those of all voices first
 */
export function usualLevels(
  day: string,
  { days }: UsualDays,
  cells: readonly ReadonlyMap<string, number>[],
): UsualLevel[] {
  const rates = cells.map((counts) =>
    days.map((date): Rate => ({ count: counts.get(date) ?? 0, base: 1 })),
  );
  // The first cell is the whole: it is another kind of count than its parts.
  const dispersions = [rates.slice(0, 1), rates.slice(1)].flatMap((table) =>
    dispersionsOf(table, expectedOfVolumes),
  );
  const sums = rates.map((each) => each.reduce((sum, { count }) => sum + count, 0));
  const changes = compareRates(
    cells.map((counts, index) => ({
      count: counts.get(day) ?? 0,
      base: 1,
      previousCount: sums[index] ?? 0,
      previousBase: days.length,
      dispersion: dispersions[index] ?? 1,
    })),
  );
  return changes.map((change, index) => ({
    level: days.length === 0 ? null : round4((sums[index] ?? 0) / days.length),
    change,
  }));
}
