import { addDays, type Period, periodOf } from "../../pipeline/period.ts";
import { weekdayOf } from "../format-japanese.ts";
import type { ReportEffects, Span } from "../report-effects.ts";
import type { MeasureOverTimeRow } from "../report-rows.ts";
import { type DayKind, dayKind, daysOf } from "./calendar.ts";

/**
 * What one week or month counted; zeros where it has no voice. What its voices said is known only where something is
 * compared with it, see `COMPARED`.
 */
export type PastPeriod = {
  readonly period: Period;
  readonly voices: number;
  readonly negative: number;
  readonly complaint: number;
  readonly praise: number;
  /** Voices with something negative about a topic, by topic. */
  readonly topics: ReadonlyMap<string, number>;
  /** How many voices its days let expect, in days of mean voices: weekdays, Saturdays and days off differ. */
  readonly days: number;
  /** The same of all its days, be some left out of `days` or not. */
  readonly calendarDays: number;
  /** The day of the first voice of all, where this period has it and more than a few working days before it: what came earlier is not known. */
  readonly beginsOn?: string;
  /** Days without a voice that are left out of `days`: so many come on others like them that they are more likely missing. */
  readonly leftOut?: readonly string[];
};

/** The period itself is the last, those before it stand in order. */
export type History = readonly PastPeriod[];

/**
 * The newest and the oldest of each run of periods that another is compared with, counted back from it: a year, and three
 * earlier seasons, each with two weeks (one month) to either side. What the weeks between them said is the costliest
 * question of a report, and no answer to it is used.
 */
export const COMPARED = {
  weekly: [
    { newest: 0, oldest: 54 },
    { newest: 102, oldest: 106 },
    { newest: 154, oldest: 158 },
  ],
  monthly: [{ newest: 0, oldest: 37 }],
} as const;
/** The days from which the weights of weekdays, Saturdays and days off are taken. */
const WEIGHED_DAYS = 364;
/** Of a period's working days before the first voice of all: with fewer, such as two of a month, it counts as whole. */
const FEWEST_MISSING = 0.1;
/** From so many voices a day of its kind on, a day with none is no chance, however restless the days. Printed in the report's definitions. */
export const NEVER_SILENT = 10;

export async function readHistory(
  effects: Pick<ReportEffects, "readVoicesByDay" | "readMeasuresOverTime" | "readTopicsOverTime">,
  input: { readonly period: Period; readonly taxonomy: string; readonly asOf: string },
): Promise<History> {
  const { period, taxonomy, asOf } = input;
  const periods = periodsUntil(period);
  const span = { from: periods[0]?.from ?? period.from, until: period.until };
  const compared = COMPARED[period.job].map(({ newest, oldest }) => ({
    from: periods.at(-1 - oldest)?.from ?? span.from,
    until: periods.at(-1 - newest)?.until ?? span.until,
  }));
  const unit = period.job === "weekly" ? "week" : "month";
  const [days, measures, negatives] = await Promise.all([
    effects.readVoicesByDay(span),
    Promise.all(compared.map((each) => effects.readMeasuresOverTime(each, unit))),
    Promise.all(compared.map((each) => effects.readTopicsOverTime(each, unit, taxonomy))),
  ]);
  const voices = new Map(days.rows.map((row) => [row.received_on, row.voice_count]));
  const year = daysBefore(voices, period.from);
  const means = dayMeans(voices, year);
  const silentWeekdays = usuallySilent(voices, year);
  const first = days.rows[0]?.received_on ?? span.from;
  const byStart = new Map<string, MeasureOverTimeRow>(
    measures.flatMap(({ rows }) => rows).map((row) => [row.starts_on, row]),
  );
  const topics = new Map<string, Map<string, number>>();
  for (const row of negatives.flatMap(({ rows }) => rows)) {
    const counts = topics.get(row.starts_on) ?? new Map<string, number>();
    topics.set(row.starts_on, counts.set(row.topic, row.negative_count));
  }
  return periods.map((past) => {
    const row = byStart.get(past.from);
    const over = daysOf(past).filter((day) => day >= first && day < asOf);
    const isMissing = (day: string) =>
      !voices.has(day) &&
      means[dayKind(day)] >= NEVER_SILENT &&
      !silentWeekdays.has(weekdayOf(day));
    const leftOut = over.some((day) => voices.has(day)) ? over.filter(isMissing) : [];
    const counted = over.filter((day) => !leftOut.includes(day));
    const isBegun =
      first < past.until &&
      workingDays({ from: past.from, until: first }) > FEWEST_MISSING * workingDays(past);
    return {
      period: past,
      voices: daysOf(past).reduce((sum, day) => sum + (voices.get(day) ?? 0), 0),
      negative: row?.negative_count ?? 0,
      complaint: row?.complaint_count ?? 0,
      praise: row?.praise_count ?? 0,
      topics: topics.get(past.from) ?? new Map(),
      days: weightOf(means, counted),
      calendarDays: weightOf(means, over),
      ...(isBegun ? { beginsOn: first } : {}),
      ...(leftOut.length > 0 && { leftOut }),
    };
  });
}

/** Weeks and months of the calendar: a line's own name is its report's alone. */
function periodsUntil(period: Period): Period[] {
  const own = periodOf(period.job, period.from);
  const periods = [own];
  const oldest = Math.max(...COMPARED[period.job].map((run) => run.oldest));
  for (let first = own; periods.length <= oldest; ) {
    first = periodOf(period.job, addDays(first.from, -1));
    periods.unshift(first);
  }
  return periods;
}

function workingDays(span: Span): number {
  return daysOf(span).filter((day) => dayKind(day) === "weekday").length;
}

type DayMeans = Readonly<Record<DayKind | "any", number>>;

/** The year before, or what of it lies behind the first voice. */
function daysBefore(counts: ReadonlyMap<string, number>, until: string): readonly string[] {
  const year = daysOf({ from: addDays(until, -WEIGHED_DAYS), until });
  const first = year.findIndex((day) => counts.has(day));
  return first === -1 ? [] : year.slice(first);
}

/** Days of the week that mostly have no voice, such as those between two weekly files: their silence is no loss. */
function usuallySilent(
  counts: ReadonlyMap<string, number>,
  days: readonly string[],
): ReadonlySet<string> {
  const surplus = new Map<string, number>();
  for (const day of days) {
    const weekday = weekdayOf(day);
    surplus.set(weekday, (surplus.get(weekday) ?? 0) + (counts.has(day) ? -1 : 1));
  }
  return new Set([...surplus].filter(([, more]) => more > 0).map(([weekday]) => weekday));
}

/** Mean voices of each kind of day and of any; 0 where there is nothing to go by. */
function dayMeans(counts: ReadonlyMap<string, number>, days: readonly string[]): DayMeans {
  const meanOf = (of: readonly string[]) =>
    of.reduce((sum, day) => sum + (counts.get(day) ?? 0), 0) / Math.max(1, of.length);
  const ofKind = (kind: DayKind) => meanOf(days.filter((day) => dayKind(day) === kind));
  return {
    any: meanOf(days),
    weekday: ofKind("weekday"),
    saturday: ofKind("saturday"),
    holiday: ofKind("holiday"),
  };
}

/** In days of mean voices; 1 each where there is nothing to go by. */
function weightOf(means: DayMeans, days: readonly string[]): number {
  const weights = days.map((day) => {
    const mean = means[dayKind(day)];
    return mean > 0 ? mean / means.any : 1;
  });
  return weights.reduce((sum, weight) => sum + weight, 0);
}
