import { existsSync } from "node:fs";
import { z } from "zod";
import type { Home } from "../../pipeline/home.ts";
import { parseReportPeriod, type ReportPeriod } from "../../pipeline/period.ts";
import { query } from "../../pipeline/warehouse/query.ts";
import { newestReport } from "./make-report.ts";
import { readValue, USUAL_FORMS, valuePath, writeReport } from "./write-report.ts";

const MadeRow = z.object({ job: z.string(), period: z.string(), made_at: z.string() });

/**
 * A kill between the record of a report and its files leaves it settled and without them. Only the report of each job
 * that was made last can be so, and the time is known to the minute: a week's lines and its whole may share it. Older
 * ones that are gone were cleared away by somebody.
 */
export async function writeUnfinished(home: Home): Promise<void> {
  const rows = await query(home.warehouse.reader, "questions/reports_made.sql", {}, MadeRow);
  const last = new Map<string, string>();
  for (const { job, made_at } of rows) {
    if (made_at > (last.get(job) ?? "")) last.set(job, made_at);
  }
  for (const { period: name } of rows.filter((row) => row.made_at === last.get(row.job))) {
    const period = parseReportPeriod(name);
    if (period !== undefined) await writeMissing(home, period);
  }
}

/** @returns whether a frozen report's files were gone, whoever took them away, and are written now */
export async function writeMissing(home: Home, period: ReportPeriod): Promise<boolean> {
  if (existsSync(valuePath(home, period))) return false;
  // Read in turn: a value from before a forgetting would bring its words back.
  return await home.reportInTurn(() => writeNewest(home, period));
}

async function writeNewest(home: Home, period: ReportPeriod): Promise<boolean> {
  const frozen = await newestReport(home, period);
  const report = readValue(period, frozen?.value);
  if (frozen === undefined || report === undefined) return false;
  await writeReport(home, period, { report, value: frozen.value }, { forms: USUAL_FORMS });
  return true;
}
