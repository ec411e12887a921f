import { addDays, type DailyPeriod } from "../../pipeline/period.ts";
import type { Figures } from "../figure.ts";
import type { ReportEffects } from "../report-effects.ts";
import {
  ALARM_BUDGET,
  cellKey,
  findCells,
  GAP_WEEKS,
  REFERENCE_WEEKS,
  readCells,
  type SignalInput,
  type Signals,
  type SignalWeeks,
  SPANS_WEEKS,
  signalsOf,
} from "../weekly/signals.ts";

const DAYS_A_WEEK = 7;
/** The voices of a signal are of so many days, the digest's own being the last. */
export const DAYS_TOLD = DAYS_A_WEEK * Math.max(...SPANS_WEEKS);
/** Seven digests a week have the budget of one weekly report. */
const DAILY_BUDGET = ALARM_BUDGET / DAYS_A_WEEK;

export type DailySignalInput = Omit<
  SignalInput,
  "period" | "history" | "budget" | "spanWords" | "known"
> & { readonly period: DailyPeriod };

/**
 * The weekly report's test of the seven days (and fourteen) that end with this one: alarms of which somebody spoke on
 * this day, and which the same test did not raise a day before.
 */
export async function readDailySignals(
  effects: ReportEffects,
  figures: Figures,
  input: DailySignalInput,
): Promise<Signals> {
  const { taxonomy, period } = input;
  const weeksBefore = await weeksUntil(effects, taxonomy, period.from);
  const before = findCells(await readCells(effects, weeksBefore), weeksBefore);
  const weeks = await weeksUntil(effects, taxonomy, period.until);
  return signalsOf(figures, await readCells(effects, weeks), {
    ...input,
    ...weeks,
    spanWords: { 1: "この7日間", 2: "この14日間" },
    known: new Set(before.found.map(({ row }) => cellKey(row))),
  });
}

async function weeksUntil(
  effects: ReportEffects,
  taxonomy: string,
  until: string,
): Promise<SignalWeeks> {
  const from = addDays(until, -DAYS_A_WEEK);
  const weeksBack = GAP_WEEKS + REFERENCE_WEEKS;
  const span = { from: addDays(from, -DAYS_A_WEEK * weeksBack), until: from };
  const { rows } = await effects.readVoicesByDay(span);
  const history = Array.from({ length: weeksBack }, (_, index) => {
    const first = addDays(span.from, DAYS_A_WEEK * index);
    const next = addDays(first, DAYS_A_WEEK);
    const voices = rows
      .filter(({ received_on }) => received_on >= first && received_on < next)
      .reduce((sum, { voice_count }) => sum + voice_count, 0);
    return { period: { from: first }, voices };
  });
  return { period: { from, until }, taxonomy, history, budget: DAILY_BUDGET };
}
