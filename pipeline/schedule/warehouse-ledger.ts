import { v5 } from "uuid";
import { z } from "zod";
import { act } from "../act.ts";
import type { Home } from "../home.ts";
import type { JobPeriod } from "../period.ts";
import type { PeriodSettled } from "../schema/report-actions.ts";
import { newestVoiceOn } from "../warehouse/newest-voice.ts";
import { execute, query } from "../warehouse/query.ts";
import type { ScheduleEffects } from "./reconcile.ts";

const PeriodRow = z.strictObject({ period: z.string() });

/** Claims of a process that died are nobody's: only one process lives at a time. Called once at start. */
export async function forgetClaims(home: Home): Promise<void> {
  await home.warehouse.transaction(() =>
    execute(home.warehouse.connection, "load/forget_claims.sql"),
  );
}

/** The scheduler's effects on the ledger in the warehouse; `make`, which does a job, is the caller's. */
export function ledgerEffects(
  home: Home,
  make: (period: JobPeriod) => Promise<void>,
): ScheduleEffects {
  const { warehouse } = home;
  const rowOf = (period: JobPeriod) => ({
    ...keyOf(period),
    claimed_at: home.clock().toISOString(),
  });
  const readDone = async (job: string): Promise<string[]> => {
    const rows = await query(warehouse.reader, "load/done_periods.sql", { job }, PeriodRow);
    return rows.map(({ period }) => period);
  };
  return {
    readDone,
    hasVoicesBefore: async (until) => (await newestVoiceOn(warehouse.reader, until)) !== undefined,
    claim: (period) =>
      warehouse.transaction(async () => {
        const params = rowOf(period);
        const rows = await query(warehouse.connection, "load/claim.sql", params, PeriodRow);
        return rows.length === 1;
      }),
    release: (period) =>
      warehouse.transaction(() =>
        execute(warehouse.connection, "load/release_claim.sql", keyOf(period)),
      ),
    async make(period) {
      await make(period);
      // A report that is made now the loader marks by its own action; this marks the nights' jobs, and what a person had made.
      if ((await readDone(period.job)).includes(period.name)) return;
      const settled: PeriodSettled = {
        type: "period-settled",
        actionId: v5(JSON.stringify([period.job, period.name]), SETTLED_NAMESPACE),
        at: home.clock().toISOString(),
        ...keyOf(period),
      };
      await act(home, settled);
    },
    isStopping: () => home.stop.soon.aborted,
  };
}

/** The namespace of settled periods: a period is settled once. */
const SETTLED_NAMESPACE = "0c8d1f52-6a0f-4b0e-9a77-31d1f7f7c0a4";

function keyOf(period: JobPeriod): { job: string; period: string } {
  return { job: period.job, period: period.name };
}
