import { z } from "zod";
import { type Period, periodOf, previousPeriod } from "../pipeline/period.ts";
import type { ReportEffects } from "./report-effects.ts";

/** Voices of one period, and those of them with something negative. */
export const TrendPoint = z.strictObject({
  name: z.string(),
  from: z.string(),
  voices: z.number().int(),
  negative: z.number().int(),
});
export type TrendPoint = z.infer<typeof TrendPoint>;

/** The period and those before it, oldest first; a period without a voice is there with zeros. */
export async function readTrendPoints(
  effects: ReportEffects,
  period: Period,
  length: number,
): Promise<TrendPoint[]> {
  const periods: Period[] = [period];
  while (periods.length < length) periods.unshift(previousPeriod(periods[0] ?? period));
  const { rows } = await effects.readTrend(
    { from: periods[0]?.from ?? period.from, until: period.until },
    period.job === "weekly" ? "week" : "month",
  );
  const byName = new Map(rows.map((row) => [periodOf(period.job, row.starts_on).name, row]));
  return periods.map(({ name, from }) => {
    const row = byName.get(name);
    return { name, from, voices: row?.voice_count ?? 0, negative: row?.negative_count ?? 0 };
  });
}
