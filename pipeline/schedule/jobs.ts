import { type DayPeriod, type JobPeriod, jstInstant } from "../period.ts";

/** One line of the timetable. Days and hours are those of Asia/Tokyo, which has no summer time: a day has 24 hours. */
export type Job = {
  readonly name: JobPeriod["job"];
  /** When node-cron wakes the scheduler for it, Asia/Tokyo. */
  readonly cron: string;
  /** When a period falls due: the same moment as the cron expression's, after the period's end. */
  readonly dueAt: (period: JobPeriod) => Date;
  /**
   * What is made of periods that were missed: every report, or the newest so many; of nights only the last, which
   * stands for all of them.
   */
  readonly catchUp: "each" | "last" | { readonly newest: number };
  /** Whether there is nothing to do before the first voice has come. */
  readonly needsVoices: boolean;
};

export type ReportHours = {
  readonly weeklyHour: number;
  readonly monthlyHour: number;
  /** Undefined where no daily digest is wanted. */
  readonly dailyHour?: number | undefined;
};

/** A digest of yesterday is old news after so many days. */
const DAILY_DAYS = 3;

/** Every week and every month on its own: nothing stands for a report that was missed. */
export function reportJobs({ dailyHour, ...hours }: ReportHours): readonly Job[] {
  return [
    {
      name: "weekly",
      cron: `0 ${hours.weeklyHour} * * 1`,
      dueAt: (period) => jstInstant(period.until, hours.weeklyHour),
      catchUp: "each",
      needsVoices: true,
    },
    {
      name: "monthly",
      cron: `0 ${hours.monthlyHour} 1 * *`,
      dueAt: (period) => jstInstant(period.until, hours.monthlyHour),
      catchUp: "each",
      needsVoices: true,
    },
    ...(dailyHour === undefined ? [] : [daily(dailyHour)]),
  ];
}

function daily(hour: number): Job {
  return {
    name: "daily",
    cron: `0 ${hour} * * *`,
    dueAt: (period) => jstInstant(period.until, hour),
    catchUp: { newest: DAILY_DAYS },
    needsVoices: true,
  };
}

export type NightlyHours = {
  /** Undefined where words are kept for ever. */
  readonly retentionHour: number | undefined;
  readonly snapshotHour: number;
  /** Undefined where no folder for backups is configured. */
  readonly backupHour: number | undefined;
  readonly deadLettersHour: number;
};

export function nightlyJobs(hours: NightlyHours): readonly Job[] {
  return [
    ...(hours.retentionHour === undefined ? [] : [nightly("retention", hours.retentionHour)]),
    nightly("snapshot", hours.snapshotHour),
    ...(hours.backupHour === undefined ? [] : [nightly("backup", hours.backupHour)]),
    nightly("dead-letters", hours.deadLettersHour),
  ];
}

function nightly(name: DayPeriod["job"], hour: number): Job {
  return {
    name,
    cron: `0 ${hour} * * *`,
    dueAt: (period) => jstInstant(period.until, hour),
    catchUp: "last",
    needsVoices: name === "snapshot",
  };
}
