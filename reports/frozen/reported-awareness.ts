import { z } from "zod";
import { type Period, parsePeriod } from "../../pipeline/period.ts";
import { type Connection, query } from "../../pipeline/warehouse/query.ts";

type NamedPeriod = { readonly job: Period["job"]; readonly period: string };

/** What is known of a report that is built and not frozen yet. */
export type UnfrozenReport = NamedPeriod & {
  readonly revision: number;
  readonly awarenessShown: readonly string[];
};

const Before = z.strictObject({ period: z.string(), revision: z.number().int() });
const Shown = z.strictObject({ awareness_id: z.string() });

/**
 * One by one: the values of two years, four megabytes each at a million voices, would have to fit in memory.
 *
 * @param unfrozen count as if they were frozen
 * @returns ids of the 気づき that the newest reports of earlier periods have shown, of the same job and product line
 */
export async function reportedAwarenessIds(
  connection: Connection,
  { job, period }: NamedPeriod,
  unfrozen: readonly UnfrozenReport[],
): Promise<string[]> {
  const params = { job, period };
  const before = await query(connection, "questions/reports_before.sql", params, Before);
  const revisions = new Map(before.map((row) => [row.period, row.revision]));
  const shown: string[] = [];
  for (const each of unfrozen.filter((other) => isBefore(other, { job, period }))) {
    // Frozen meanwhile, it may have been made anew since.
    if (each.revision > (revisions.get(each.period) ?? 0)) {
      revisions.delete(each.period);
      shown.push(...each.awarenessShown);
    }
  }
  for (const [earlier, revision] of revisions) {
    const asked = { job, period: earlier, revision: String(revision) };
    const rows = await query(connection, "questions/awareness_in_frozen_report.sql", asked, Shown);
    shown.push(...rows.map(({ awareness_id }) => awareness_id));
  }
  return shown;
}

function isBefore(unfrozen: UnfrozenReport, { job, period }: NamedPeriod): boolean {
  const lineOf = (name: string) => parsePeriod(job, name)?.line;
  return (
    unfrozen.job === job && unfrozen.period < period && lineOf(unfrozen.period) === lineOf(period)
  );
}
