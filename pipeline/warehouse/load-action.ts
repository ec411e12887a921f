import { z } from "zod";
import { cutText } from "../cut-text.ts";
import { StorageError } from "../errors.ts";
import type { Action } from "../schema/action.ts";
import type { DeliveriesAsked, ReportMade } from "../schema/report-actions.ts";
import type { SegmentTagged } from "../schema/tag-actions.ts";
import { loadForgotten, withoutForgotten } from "./load-forgotten.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { loadPersonTags } from "./person-tags.ts";
import { execute, query } from "./query.ts";

/** Of a report's value in one row. Rows of a checkpoint lie in memory together, 2,048 of them. */
const PIECE_CHARACTERS = 1000;

/**
 * Loads a batch of `voc.actions` inside the open transaction. Loading it twice changes nothing. What people said of tags
 * is read together: a year of it costs as many looks at all segments as there are batches.
 */
export async function loadActions(warehouse: Warehouse, actions: readonly Action[]): Promise<void> {
  for (const action of actions) {
    if (action.type !== "segment-tagged") await loadAction(warehouse, action);
  }
  const tags = actions.filter((action) => action.type === "segment-tagged");
  if (tags.length > 0) await loadPersonTags(warehouse, tags);
}

async function loadAction(
  warehouse: Warehouse,
  action: Exclude<Action, SegmentTagged>,
): Promise<void> {
  const { connection } = warehouse;
  const { at } = action;
  switch (action.type) {
    case "awareness-added": {
      const { actionId, voiceId, author, reason } = action;
      const params = { awareness_id: actionId, voice_id: voiceId, author, reason, added_at: at };
      return await execute(connection, "load/add_awareness.sql", params);
    }
    case "awareness-followed": {
      const { actionId, awarenessId, voiceId, step, author, text } = action;
      return await execute(connection, "load/add_awareness_followup.sql", {
        ...{ followup_id: actionId, awareness_id: awarenessId, voice_id: voiceId },
        ...{ step, author, text, added_at: at },
      });
    }
    case "awareness-withdrawn": {
      const { actionId, awarenessId, voiceId, author, reason } = action;
      return await execute(connection, "load/add_awareness_withdrawal.sql", {
        ...{ withdrawal_id: actionId, awareness_id: awarenessId, voice_id: voiceId },
        ...{ author, reason, withdrawn_at: at },
      });
    }
    case "tag-judged": {
      const { actionId, voiceId, revision, isRight, confidence, author } = action;
      const tag = {
        ...{ voice_id: voiceId, revision_hash: revision, head: action.head, label: action.label },
        ...{ span_start: action.start, span_end: action.end, head_version: action.headVersion },
      };
      await execute(connection, "load/clear_judged_tag.sql", tag);
      if (isRight === null) return;
      return await execute(connection, "load/add_judged_tag.sql", {
        ...{ ...tag, judgement_id: actionId, is_right: isRight, confidence },
        ...{ author, judged_at: at },
      });
    }
    case "report-part": {
      const { reportId, part, text } = action;
      const params = { report_id: reportId, part, text };
      return await execute(connection, "load/add_report_part.sql", params);
    }
    case "report-made": {
      const { actionId, job, period, revision, askedBy } = action;
      const value = await withoutForgotten(connection, await reportValue(warehouse, action));
      // As one text: DuckDB copies a list of thousands several times before it runs.
      const pieces = cutText(value, PIECE_CHARACTERS).join("\u001e");
      const params = { job, period, revision, made_at: at, pieces };
      await execute(connection, "load/add_report.sql", params);
      await execute(connection, "load/clear_report_parts.sql", { report_id: actionId });
      await askDeliveries(connection, action, {
        recipients: action.recipients ?? [],
        again: false,
      });
      if (askedBy === "timetable") await settle(connection, action);
      return;
    }
    case "deliveries-asked":
      return await askDeliveries(connection, action, action);
    case "delivery-tried": {
      const { job, period, revision, recipient, round, tries, state, reason } = action;
      return await execute(connection, "load/note_delivery.sql", {
        ...{ job, period, revision, recipient, round, tries, state, reason, at },
        answers_lost: action.answersLost,
        not_before: action.notBefore,
        message: action.message ?? null,
      });
    }
    case "period-settled":
      return await settle(connection, action);
    case "dead-letter-discarded": {
      const { stream, offset, author, reason } = action;
      const params = { stream, offset, author, reason, at };
      return await execute(connection, "load/discard_dead_letter.sql", params);
    }
    case "source-pulled": {
      const { name, watermark } = action;
      return await execute(connection, "load/set_pull.sql", { name, watermark, pulled_at: at });
    }
    case "taxonomy-described": {
      const { taxonomy, topics } = action;
      await execute(connection, "load/clear_topics.sql", { taxonomy });
      for (const row of topics) await execute(connection, "load/add_topic.sql", row);
      return;
    }
    case "vault-read": {
      const { actionId, record, author, reason } = action;
      const params = { read_id: actionId, record, author, reason, read_at: at };
      return await execute(connection, "load/add_vault_read.sql", params);
    }
    case "voices-forgotten":
      return await loadForgotten(warehouse, action);
  }
}

async function askDeliveries(
  connection: Warehouse["connection"],
  { actionId, at, job, period, revision }: ReportMade | DeliveriesAsked,
  { recipients, again }: Pick<DeliveriesAsked, "recipients" | "again">,
): Promise<void> {
  for (const recipient of recipients) {
    const params = { job, period, revision, recipient, asked_by: actionId, at, again };
    await execute(connection, "load/ask_delivery.sql", params);
  }
}

async function settle(
  connection: Warehouse["connection"],
  { job, period, at }: Extract<Action, { type: "report-made" | "period-settled" }>,
): Promise<void> {
  const params = { job, period, state: "done", claimed_at: at };
  await execute(connection, "load/settle_ledger.sql", params);
}

const Parts = z.strictObject({ parts: z.number().int(), value: z.string() });

/** @throws StorageError where a part is missing: they all come before the action, in its partition */
async function reportValue(warehouse: Warehouse, action: ReportMade): Promise<string> {
  if (action.parts === undefined) return action.value;
  const params = { report_id: action.actionId };
  const [found] = await query(warehouse.connection, "load/report_parts.sql", params, Parts);
  if (found?.parts === action.parts) return found.value;
  throw new StorageError(
    `${action.period} の報告書の値が voc.actions で欠けています。読んだもの: ${found?.parts ?? 0} 部分、期待: ${action.parts} 部分。`,
  );
}
