import { existsSync } from "node:fs";
import { z } from "zod";
import type { Home } from "../pipeline/home.ts";
import { parseReportPeriod } from "../pipeline/period.ts";
import { query } from "../pipeline/warehouse/query.ts";
import { newestReport } from "./make-report.ts";
import { readValue, USUAL_FORMS, valuePath, writeReport } from "./write-report.ts";

const MadeRow = z.object({ job: z.string(), period: z.string(), made_at: z.string() });

/**
 * A kill between the record of a report and its files leaves it settled and without them. Only the report of each job
 * that was made last can be so: older ones that are gone were cleared away by somebody.
 */
export async function writeUnfinished(home: Home): Promise<void> {
  const rows = await query(home.warehouse.reader, "questions/reports_made.sql", {}, MadeRow);
  const last = new Map<string, (typeof rows)[number]>();
  for (const row of rows) {
    if (row.made_at >= (last.get(row.job)?.made_at ?? "")) last.set(row.job, row);
  }
  for (const { period: name } of last.values()) {
    const period = parseReportPeriod(name);
    if (period === undefined || existsSync(valuePath(home, period))) continue;
    const frozen = await newestReport(home, period);
    if (frozen === undefined || readValue(period, frozen.value) === undefined) continue;
    await home.reportInTurn(() => writeReport(home, period, frozen.value, USUAL_FORMS));
  }
}
