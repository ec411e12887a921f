import { readFileSync } from "node:fs";
import { MonthlyReport } from "../../reports/monthly/monthly-report.ts";
import { WeeklyReport } from "../../reports/weekly/weekly-report.ts";

function fixture(name: string): unknown {
  return JSON.parse(
    readFileSync(new URL(`../fixtures/reports/${name}.json`, import.meta.url), "utf8"),
  );
}

/** The values on file. */
export const frozenWeekly = (): WeeklyReport => WeeklyReport.parse(fixture("weekly"));
export const frozenMonthly = (): MonthlyReport => MonthlyReport.parse(fixture("monthly"));

/** A report whose quoted praise says something else. */
export function withPraise(report: WeeklyReport, text: string): WeeklyReport {
  const [quote] = report.praise;
  const voice = report.voices[quote?.voiceId ?? ""];
  if (quote === undefined || voice === undefined) throw new Error("no praise on file");
  const voices = { ...report.voices, [quote.voiceId]: { ...voice, text, segments: [] } };
  return { ...report, voices };
}
