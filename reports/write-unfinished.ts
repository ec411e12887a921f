import { existsSync } from "node:fs";
import { z } from "zod";
import type { Home } from "../pipeline/home.ts";
import { parseReportPeriod, type ReportPeriod } from "../pipeline/period.ts";
import { query } from "../pipeline/warehouse/query.ts";
import { newestReport } from "./make-report.ts";
import { readValue, USUAL_FORMS, valuePath, writeReport } from "./write-report.ts";

const MadeRow = z.object({ period: z.string(), made_at: z.string() });

/**
 * A kill between the record of a report and its files leaves it settled and without them. Only the report of each job
 * that was made last can be so: older ones that are gone were cleared away by somebody, and those of a product line
 * are written before the whole's.
 */
export async function writeUnfinished(home: Home): Promise<void> {
  const rows = await query(home.warehouse.reader, "questions/reports_made.sql", {}, MadeRow);
  const last = new Map<string, { period: ReportPeriod; madeAt: string }>();
  for (const { period: name, made_at: madeAt } of rows) {
    const period = parseReportPeriod(name);
    if (period === undefined || isOfLine(period)) continue;
    if (madeAt >= (last.get(period.job)?.madeAt ?? "")) last.set(period.job, { period, madeAt });
  }
  for (const { period } of last.values()) await writeIfMissing(home, period);
}

async function writeIfMissing(home: Home, period: ReportPeriod): Promise<void> {
  if (existsSync(valuePath(home, period))) return;
  const frozen = await newestReport(home, period);
  if (frozen === undefined || readValue(period, frozen.value) === undefined) return;
  await home.reportInTurn(() => writeReport(home, period, frozen.value, USUAL_FORMS));
}

function isOfLine(period: ReportPeriod): boolean {
  return period.job !== "daily" && period.line !== undefined;
}
