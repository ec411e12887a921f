import { randomUUID } from "node:crypto";
import { act } from "../../pipeline/act.ts";
import type { Home } from "../../pipeline/home.ts";
import { WHOLE } from "../../pipeline/lines-config.ts";
import { jstDate, periodOf, previousPeriod, type ReportPeriod } from "../../pipeline/period.ts";
import type { DeliveriesAsked } from "../../pipeline/schema/report-actions.ts";
import { readDeliveries } from "./deliveries.ts";

/** Names of those who get this kind of report, of this product line, in the order of the config. */
export function recipientsOf({ config }: Pick<Home, "config">, period: ReportPeriod): string[] {
  return (config.deliver?.recipients ?? [])
    .filter(({ reports, lines }) => {
      if (!reports.includes(period.job)) return false;
      return period.job !== "weekly" || lines.includes(period.line ?? WHOLE);
    })
    .map(({ name }) => name);
}

/**
 * To whom the timetable has a report sent: only the period that has just ended. What is made up for, after a first
 * import or a long silence, is no news, and nobody asked for it.
 */
export function timetableRecipients(
  home: Pick<Home, "config" | "clock">,
  period: ReportPeriod,
): string[] {
  const newest = previousPeriod(periodOf(period.job, jstDate(home.clock())));
  return period.from === newest.from ? recipientsOf(home, period) : [];
}

/** Has a frozen revision sent to those who were not asked for before; `again`: to all that are named. */
export async function askDeliveries(
  home: Home,
  { job, name }: Pick<ReportPeriod, "job" | "name">,
  ask: {
    readonly revision: number;
    readonly recipients: readonly string[];
    readonly again: boolean;
  },
): Promise<void> {
  const { revision, again } = ask;
  const known = new Set(
    (await readDeliveries(home, name))
      .filter((row) => row.job === job && row.revision === revision)
      .map(({ recipient }) => recipient),
  );
  const recipients = ask.recipients.filter((recipient) => again || !known.has(recipient));
  if (recipients.length === 0) return;
  const action: DeliveriesAsked = {
    type: "deliveries-asked",
    actionId: randomUUID(),
    at: home.clock().toISOString(),
    job,
    period: name,
    revision,
    recipients,
    again,
  };
  await act(home, action);
}
