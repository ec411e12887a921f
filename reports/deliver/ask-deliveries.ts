import { randomUUID } from "node:crypto";
import { act } from "../../pipeline/act.ts";
import type { Home } from "../../pipeline/home.ts";
import { jstDate, type Period, periodOf, previousPeriod } from "../../pipeline/period.ts";
import type { DeliveriesAsked } from "../../pipeline/schema/action.ts";
import { readDeliveries } from "./deliveries.ts";

/** Names of those who get this kind of report, in the order of the config. */
export function recipientsOf({ config }: Pick<Home, "config">, job: Period["job"]): string[] {
  return (config.deliver?.recipients ?? [])
    .filter(({ reports }) => reports.includes(job))
    .map(({ name }) => name);
}

/**
 * To whom the timetable has a report sent: only the period that has just ended. What is made up for, after a first
 * import or a long silence, is no news, and nobody asked for it.
 */
export function timetableRecipients(
  home: Pick<Home, "config" | "clock">,
  period: Period,
): string[] {
  const newest = previousPeriod(periodOf(period.job, jstDate(home.clock())));
  return period.name === newest.name ? recipientsOf(home, period.job) : [];
}

/** Has a frozen revision sent to those who were not asked for before; `again`: to all that are named. */
export async function askDeliveries(
  home: Home,
  { job, name }: Pick<Period, "job" | "name">,
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
