import { z } from "zod";

/** A half-open span of JST calendar dates [from, until), with the name that reports and files carry. */
export type Period = {
  readonly job: "weekly" | "monthly";
  /** 2025-W31 (ISO week, from Monday) or 2025-07; of a product line 2025-W31.スナック. */
  readonly name: string;
  /** First day, such as 2025-07-28. */
  readonly from: string;
  /** The day after the last. */
  readonly until: string;
  /** The product line that its report is cut to; undefined for the whole. */
  readonly line?: string | undefined;
};

/** The JST calendar day of a daily digest. */
export type DailyPeriod = {
  readonly job: "daily";
  /** 2026-02-03. */
  readonly name: string;
  readonly from: string;
  readonly until: string;
};

/** What a report is made of. */
export type ReportPeriod = Period | DailyPeriod;

/** A JST calendar day, or several of them where a nightly job makes up for nights that were missed. */
export type DayPeriod = {
  readonly job: "retention" | "snapshot" | "backup" | "dead-letters";
  /** The last day, such as 2026-01-05. */
  readonly name: string;
  readonly from: string;
  readonly until: string;
};

/** What the ledger of the timetable has a row for. */
export type JobPeriod = ReportPeriod | DayPeriod;

/** Whether the period is one that a report is made of. */
export function isReportPeriod(period: JobPeriod): period is ReportPeriod {
  return period.job === "weekly" || period.job === "monthly" || period.job === "daily";
}

/** No name of a period has it in itself, and no name of a line may. */
const BEFORE_LINE = ".";

/** The period of a product line's own report; it is the whole's where there is no line. */
export function periodOfLine(period: Period, line: string | undefined): Period {
  if (line === undefined) return period;
  return { ...period, name: `${period.name}${BEFORE_LINE}${line}`, line };
}

const WeekName = z.string().regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/);
const MonthName = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

export const DAY_MS = 86_400_000;
export const JST_OFFSET_MS = 9 * 3_600_000;

/** The JST calendar date of an instant. */
export function jstDate(instant: Date): string {
  return jstDateTime(instant).slice(0, 10);
}

/** The same to the minute, such as 2026-01-05 08:00. */
export function jstMinute(instant: Date): string {
  return jstDateTime(instant).slice(0, 16).replace("T", " ");
}

/** Date and time of day in Asia/Tokyo, such as 2026-01-05T08:00:00.000. */
export function jstDateTime(instant: Date): string {
  return new Date(instant.getTime() + JST_OFFSET_MS).toISOString().slice(0, -1);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The same day some months before, or the month's last where it has no such day. */
export function monthsBefore(date: string, months: number): string {
  const first = new Date(`${date.slice(0, 7)}-01T00:00:00Z`);
  first.setUTCMonth(first.getUTCMonth() - months);
  const { from, until } = monthOf(first.toISOString().slice(0, 10));
  const same = addDays(from, Number(date.slice(8)) - 1);
  return same < until ? same : addDays(until, -1);
}

/** The instant of `hour` o'clock JST on a date. */
export function jstInstant(date: string, hour: number): Date {
  return new Date(Date.parse(`${date}T00:00:00+09:00`) + hour * 3_600_000);
}

/** The ISO week (Monday to Sunday) that a date is in. */
export function weekOf(date: string): Period {
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const from = addDays(date, -weekday);
  const thursday = addDays(from, 3);
  const year = thursday.slice(0, 4);
  const dayOfYear =
    (Date.parse(`${thursday}T00:00:00Z`) - Date.parse(`${year}-01-01T00:00:00Z`)) / DAY_MS;
  const week = String(Math.floor(dayOfYear / 7) + 1).padStart(2, "0");
  return { job: "weekly", name: `${year}-W${week}`, from, until: addDays(from, 7) };
}

export function monthOf(date: string): Period {
  const from = `${date.slice(0, 7)}-01`;
  const until = `${addDays(from, 31).slice(0, 7)}-01`;
  return { job: "monthly", name: date.slice(0, 7), from, until };
}

export function previousPeriod(period: Period): Period;
export function previousPeriod(period: ReportPeriod): ReportPeriod;
export function previousPeriod(period: JobPeriod): JobPeriod;
export function previousPeriod(period: JobPeriod): JobPeriod {
  return periodOf(period.job, addDays(period.from, -1));
}

export function nextPeriod(period: Period): Period;
export function nextPeriod(period: JobPeriod): JobPeriod;
export function nextPeriod(period: JobPeriod): JobPeriod {
  return periodOf(period.job, period.until);
}

/** The period of a job that a date is in. */
export function periodOf(job: Period["job"], date: string): Period;
export function periodOf(job: ReportPeriod["job"], date: string): ReportPeriod;
export function periodOf(job: JobPeriod["job"], date: string): JobPeriod;
export function periodOf(job: JobPeriod["job"], date: string): JobPeriod {
  if (job === "weekly") return weekOf(date);
  if (job === "monthly") return monthOf(date);
  return { job, name: date, from: date, until: addDays(date, 1) };
}

/** Reads 2025-W31, 2025-W31.スナック, 2025-07 or 2025-07-28; undefined where there is no such period, as with 2025-W53. */
export function parsePeriod(job: Period["job"], name: string): Period | undefined;
export function parsePeriod(job: ReportPeriod["job"], name: string): ReportPeriod | undefined;
export function parsePeriod(job: ReportPeriod["job"], name: string): ReportPeriod | undefined {
  if (job === "daily")
    return z.iso.date().safeParse(name).success ? periodOf(job, name) : undefined;
  if (job === "monthly")
    return MonthName.safeParse(name).success ? monthOf(`${name}-01`) : undefined;
  const [whole = "", ...line] = name.split(BEFORE_LINE);
  if (!WeekName.safeParse(whole).success || line.length > 1 || line[0] === "") return undefined;
  const firstWeek = weekOf(`${whole.slice(0, 4)}-01-04`);
  const week = weekOf(addDays(firstWeek.from, (Number(whole.slice(6)) - 1) * 7));
  return week.name === whole ? periodOfLine(week, line[0]) : undefined;
}

/** Reads the name of a report's period of whatever kind. */
export function parseReportPeriod(name: string): ReportPeriod | undefined {
  return parsePeriod("weekly", name) ?? parsePeriod("monthly", name) ?? parsePeriod("daily", name);
}
