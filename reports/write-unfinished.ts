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
 * that was made last can be so: older ones that are gone were cleared away by somebody. The time of making is known to
 * the minute, in which a whole and its lines may all be made: each of them is looked for.
 */
export async function writeUnfinished(home: Home): Promise<void> {
  const rows = await query(home.warehouse.reader, "questions/reports_made.sql", {}, MadeRow);
  const last = new Map<string, string>();
  for (const { job, made_at } of rows) {
    if (made_at > (last.get(job) ?? "")) last.set(job, made_at);
  }
  for (const { job, period, made_at } of rows) {
    if (made_at === last.get(job)) await writeIfMissing(home, period);
  }
}

async function writeIfMissing(home: Home, name: string): Promise<void> {
  const period = parseReportPeriod(name);
  if (period === undefined || existsSync(valuePath(home, period))) return;
  const frozen = await newestReport(home, period);
  if (frozen === undefined || readValue(period, frozen.value) === undefined) return;
  await home.reportInTurn(() => writeReport(home, period, frozen.value, USUAL_FORMS));
}
