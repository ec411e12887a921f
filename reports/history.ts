import { addDays, type Period, periodOf } from "../pipeline/period.ts";
import { type DayKind, dayKind, daysOf } from "./calendar.ts";
import type { ReportEffects } from "./report-effects.ts";
import type { MeasureOverTimeRow } from "./report-rows.ts";

/** What one week or month counted; zeros where it has no voice. */
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
};

/** The period itself is the last, those before it stand in order. */
export type History = readonly PastPeriod[];

/** Three earlier seasons, each with two weeks (one month) to either side. */
const LENGTHS = { weekly: 3 * 52 + 3, monthly: 3 * 12 + 2 } as const;
/** The days from which the weights of weekdays, Saturdays and days off are taken. */
const WEIGHED_DAYS = 364;

export async function readHistory(
  effects: ReportEffects,
  input: { readonly period: Period; readonly taxonomy: string; readonly asOf: string },
): Promise<History> {
  const { period, taxonomy, asOf } = input;
  const periods = periodsUntil(period);
  const span = { from: periods[0]?.from ?? period.from, until: period.until };
  const unit = period.job === "weekly" ? "week" : "month";
  const [measures, negatives, weights] = await Promise.all([
    effects.readMeasuresOverTime(span, unit),
    effects.readTopicsOverTime(span, unit, taxonomy),
    dayWeights(effects, period.from),
  ]);
  const byStart = new Map<string, MeasureOverTimeRow>(
    measures.rows.map((row) => [row.starts_on, row]),
  );
  const topics = new Map<string, Map<string, number>>();
  for (const row of negatives.rows) {
    const counts = topics.get(row.starts_on) ?? new Map<string, number>();
    topics.set(row.starts_on, counts.set(row.topic, row.negative_count));
  }
  return periods.map((past) => {
    const row = byStart.get(past.from);
    const over = daysOf(past).filter((day) => day < asOf);
    return {
      period: past,
      voices: row?.voice_count ?? 0,
      negative: row?.negative_count ?? 0,
      complaint: row?.complaint_count ?? 0,
      praise: row?.praise_count ?? 0,
      topics: topics.get(past.from) ?? new Map(),
      days: over.reduce((sum, day) => sum + weights[dayKind(day)], 0),
    };
  });
}

/** Weeks and months of the calendar: a line's own name is its report's alone. */
function periodsUntil(period: Period): Period[] {
  const own = periodOf(period.job, period.from);
  const periods = [own];
  for (let first = own; periods.length < LENGTHS[period.job]; ) {
    first = periodOf(period.job, addDays(first.from, -1));
    periods.unshift(first);
  }
  return periods;
}

/** Mean voices of a kind of day by those of any day, in the year before; 1 where there is nothing to go by. */
async function dayWeights(effects: ReportEffects, until: string): Promise<Record<DayKind, number>> {
  const { rows } = await effects.readVoicesByDay({ from: addDays(until, -WEIGHED_DAYS), until });
  const counts = new Map(rows.map((row) => [row.received_on, row.voice_count]));
  const days = rows[0] === undefined ? [] : daysOf({ from: rows[0].received_on, until });
  const meanOf = (of: readonly string[]) =>
    of.reduce((sum, day) => sum + (counts.get(day) ?? 0), 0) / of.length;
  const weightOf = (kind: DayKind) => {
    const ofKind = days.filter((day) => dayKind(day) === kind);
    const mean = meanOf(ofKind);
    return mean > 0 ? mean / meanOf(days) : 1;
  };
  return {
    weekday: weightOf("weekday"),
    saturday: weightOf("saturday"),
    holiday: weightOf("holiday"),
  };
}
