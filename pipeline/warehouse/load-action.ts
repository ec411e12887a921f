import type { Action } from "../schema/action.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute } from "./query.ts";

/** Loads one record of `voc.actions` inside the open transaction. Loading it twice changes nothing. */
export async function loadAction({ connection }: Warehouse, action: Action): Promise<void> {
  const { at } = action;
  switch (action.type) {
    case "awareness-added": {
      const { actionId, voiceId, author, reason } = action;
      const params = { awareness_id: actionId, voice_id: voiceId, author, reason, added_at: at };
      return await execute(connection, "load/add_awareness.sql", params);
    }
    case "report-made": {
      const { job, period, revision, value, askedBy } = action;
      const params = { job, period, revision, made_at: at, value };
      await execute(connection, "load/add_report.sql", params);
      if (askedBy === "timetable") await settle(connection, action);
      return;
    }
    case "period-settled":
      return await settle(connection, action);
    case "dead-letter-discarded": {
      const { stream, offset, author, reason } = action;
      const params = { stream, offset, author, reason, at };
      return await execute(connection, "load/discard_dead_letter.sql", params);
    }
    case "taxonomy-described": {
      const { taxonomy, topics } = action;
      await execute(connection, "load/clear_topics.sql", { taxonomy });
      for (const row of topics) await execute(connection, "load/add_topic.sql", row);
    }
  }
}

async function settle(
  connection: Warehouse["connection"],
  { job, period, at }: Extract<Action, { type: "report-made" | "period-settled" }>,
): Promise<void> {
  const params = { job, period, state: "done", claimed_at: at };
  await execute(connection, "load/settle_ledger.sql", params);
}
