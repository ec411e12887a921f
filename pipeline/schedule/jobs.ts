import { jstInstant, type Period } from "../period.ts";

/** One line of the timetable. */
export type Job = {
  readonly name: Period["job"];
  /** When node-cron wakes the scheduler for it, Asia/Tokyo. */
  readonly cron: string;
  /** When a period's report falls due: the same moment as the cron expression's, after the period's end. */
  readonly dueAt: (period: Period) => Date;
};

/** The timetable: weekly on Monday morning, monthly on the first. */
export function jobs(hours: {
  readonly weeklyHour: number;
  readonly monthlyHour: number;
}): readonly Job[] {
  return [
    {
      name: "weekly",
      cron: `0 ${hours.weeklyHour} * * 1`,
      dueAt: (period) => jstInstant(period.until, hours.weeklyHour),
    },
    {
      name: "monthly",
      cron: `0 ${hours.monthlyHour} 1 * *`,
      dueAt: (period) => jstInstant(period.until, hours.monthlyHour),
    },
  ];
}
