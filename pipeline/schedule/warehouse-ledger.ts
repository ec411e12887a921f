import { z } from "zod";
import type { Home } from "../home.ts";
import type { JobPeriod } from "../period.ts";
import { execute, query } from "../warehouse/query.ts";
import type { ScheduleEffects } from "./reconcile.ts";

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
  return {
    async readDone(job) {
      const Row = z.strictObject({ period: z.string(), state: z.string() });
      const rows = await query(warehouse.reader, "load/ledger.sql", { job }, Row);
      return rows.filter((row) => row.state === "done").map((row) => row.period);
    },
    async hasVoicesBefore(until) {
      const Row = z.strictObject({ received_on: z.string().nullable() });
      const rows = await query(warehouse.reader, "questions/newest_voice.sql", { until }, Row);
      return rows.some((row) => row.received_on !== null);
    },
    claim: (period) =>
      warehouse.transaction(async () => {
        const Row = z.strictObject({ period: z.string() });
        const params = rowOf(period);
        const rows = await query(warehouse.connection, "load/claim.sql", params, Row);
        return rows.length === 1;
      }),
    release: (period) =>
      warehouse.transaction(() =>
        execute(warehouse.connection, "load/release_claim.sql", keyOf(period)),
      ),
    async make(period) {
      await make(period);
      // The loader marks what is made now; this marks what a person had made before.
      await warehouse.transaction(() =>
        execute(warehouse.connection, "load/settle_ledger.sql", {
          ...rowOf(period),
          state: "done",
        }),
      );
    },
    isStopping: () => home.stop.soon.aborted,
  };
}

function keyOf(period: JobPeriod): { job: string; period: string } {
  return { job: period.job, period: period.name };
}
