import type { DailyPeriod } from "../../pipeline/period.ts";
import type { Figures } from "../figure.ts";
import type { ReportEffects } from "../report-effects.ts";
import {
  ALARM_BUDGET,
  cellKey,
  DAYS_A_WEEK,
  findCells,
  readCells,
  readWeeksUntil,
  type SignalInput,
  type Signals,
  SPANS_WEEKS,
  signalsOf,
} from "../weekly/signals.ts";

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
  const tested = { taxonomy, budget: DAILY_BUDGET };
  const weeksBefore = await readWeeksUntil(effects, period.from, tested);
  const before = findCells(await readCells(effects, weeksBefore), weeksBefore);
  const weeks = await readWeeksUntil(effects, period.until, tested);
  return signalsOf(figures, await readCells(effects, weeks), {
    ...input,
    ...weeks,
    spanWords: { 1: "この7日間", 2: "この14日間" },
    known: new Set(before.found.map(({ row }) => cellKey(row))),
  });
}
