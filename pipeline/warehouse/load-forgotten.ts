import { type DuckDBConnection, listValue } from "@duckdb/node-api";
import { z } from "zod";
import { cutText } from "../cut-text.ts";
import { ForgetMode, type VoicesForgotten } from "../schema/record-actions.ts";
import { FORGOTTEN_TEXT } from "../vault/forget-words.ts";
import { redactReport } from "../vault/redact-report.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { withMachineTags } from "./person-tags.ts";
import { execute, query } from "./query.ts";
import { stageIds } from "./stage-ids.ts";

const ForgottenRow = z.strictObject({ voice_id: z.string(), mode: ForgetMode });

/** @returns those of the voices that are forgotten, and how */
export async function forgottenAmong(
  connection: DuckDBConnection,
  voiceIds: readonly string[],
): Promise<ReadonlyMap<string, ForgetMode>> {
  // In most homes nobody is: a batch's ids need not be listed then.
  if ((await countForgotten(connection)) === 0) return new Map();
  const params = { ids: JSON.stringify(voiceIds) };
  const rows = await query(connection, "load/forgotten_among.sql", params, ForgottenRow);
  return new Map(rows.map(({ voice_id, mode }) => [voice_id, mode]));
}

/**
 * @param marksOf the marks of each voice at hand; asked only where there are marks at all
 * @returns of each voice whether one of its marks is a forgotten voice's; nothing where there are none
 */
export async function marksAmong(
  connection: DuckDBConnection,
  marksOf: () => readonly (readonly string[])[],
): Promise<boolean[]> {
  const Any = z.strictObject({ has_marks: z.boolean() });
  const [any] = await query(connection, "load/has_marks.sql", {}, Any);
  if (!any?.has_marks) return [];
  const voices = marksOf();
  const params = { marks: JSON.stringify(voices.flat()) };
  const Row = z.strictObject({ mark: z.string() });
  const rows = await query(connection, "load/marks_among.sql", params, Row);
  const found = new Set(rows.map(({ mark }) => mark));
  return voices.map((marks) => marks.some((mark) => found.has(mark)));
}

/** @returns those of the voices that the warehouse has, and that were not forgotten */
export async function livingAmong(
  connection: DuckDBConnection,
  voiceIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (voiceIds.length === 0) return new Set();
  const Row = z.strictObject({ voice_id: z.string() });
  const params = { ids: JSON.stringify(voiceIds) };
  const rows = await query(connection, "load/living_among.sql", params, Row);
  return new Set(rows.map(({ voice_id }) => voice_id));
}

/** Loads the action inside the open transaction. Ids of terms must be read anew behind it. */
export async function loadForgotten(
  warehouse: Warehouse,
  { voiceIds, marks = [], mode, author, reason, at }: VoicesForgotten,
): Promise<void> {
  const { connection } = warehouse;
  await stageIds(warehouse, voiceIds);
  const params = { mode, author, reason, forgotten_at: at };
  await execute(connection, "load/add_forgotten.sql", params);
  await execute(connection, "load/add_forgotten_marks.sql", { marks: JSON.stringify(marks) });
  await redactReports(connection, new Set(voiceIds));
  // The machine's word comes back first: what people said of the words goes with them.
  await withMachineTags(
    warehouse,
    () => voiceIds,
    async () => forgetRows(warehouse, await forgottenAmong(connection, voiceIds)),
  );
  await execute(connection, "load/delete_unused_terms.sql");
}

/** Leaves of each voice what its mode says, and of no voice its words. */
export async function forgetRows(
  warehouse: Warehouse,
  forgotten: ReadonlyMap<string, ForgetMode>,
): Promise<void> {
  const { connection } = warehouse;
  const notice = { notice: FORGOTTEN_TEXT };
  await stageIds(warehouse, [...forgotten.keys()]);
  const tables = [
    "segment_terms",
    "product_mentions",
    "vectors",
    "awareness",
    "awareness_followups",
    "awareness_withdrawals",
    "person_tags",
    "judged_tags",
  ];
  for (const table of tables) {
    await execute(connection, `load/delete_${table}.sql`);
  }
  await execute(connection, "load/forget_voices.sql", notice);
  await execute(connection, "load/forget_segments.sql", notice);
  await execute(connection, "load/forget_segment_topics.sql");
  await execute(connection, "load/forget_revisions.sql", notice);
  const deleted = [...forgotten].filter(([, mode]) => mode === "delete").map(([id]) => id);
  if (deleted.length === 0) return;
  await stageIds(warehouse, deleted);
  for (const table of ["segment_topics", "segments", "voices"]) {
    await execute(connection, `load/delete_${table}.sql`);
  }
}

const ReportRow = z.strictObject({
  job: z.string(),
  period: z.string(),
  revision: z.number().int(),
  pieces: z.number().int(),
});
const ValueRow = z.strictObject({ value: z.string() });
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** One by one: the values of years do not fit in memory. */
async function redactReports(
  connection: DuckDBConnection,
  voiceIds: ReadonlySet<string>,
): Promise<void> {
  const reports = await query(connection, "load/report_pieces.sql", {}, ReportRow);
  for (const { pieces, ...report } of reports) {
    const [found] = await query(connection, "questions/report_value.sql", report, ValueRow);
    const value = found?.value ?? "";
    if (!namesOne(value, voiceIds)) continue;
    const redacted = redactReport(value, voiceIds);
    const cut = listValue(cutInto(redacted, pieces));
    await execute(connection, "load/set_report_pieces.sql", { ...report, pieces: cut });
  }
}

/** Wherever in the value. */
function namesOne(value: string, voiceIds: ReadonlySet<string>): boolean {
  for (const [id] of value.matchAll(UUID)) if (voiceIds.has(id)) return true;
  return false;
}

/** @returns as many pieces as that; the last may be empty */
function cutInto(text: string, count: number): string[] {
  const pieces = cutText(text, Math.ceil(text.length / count) + 1);
  return [...pieces, ...Array<string>(count - pieces.length).fill("")];
}

const Listed = z.looseObject({ voices: z.record(z.string(), z.unknown()) });

/** A report that was built before a voice was forgotten may be loaded behind it. */
export async function withoutForgotten(
  connection: DuckDBConnection,
  value: string,
): Promise<string> {
  if ((await countForgotten(connection)) === 0) return value;
  const listed = Listed.safeParse(JSON.parse(value));
  const ids = listed.success ? Object.keys(listed.data.voices) : [];
  const forgotten = await forgottenAmong(connection, ids);
  return forgotten.size === 0 ? value : redactReport(value, new Set(forgotten.keys()));
}

export async function countForgotten(connection: DuckDBConnection): Promise<number> {
  const Row = z.strictObject({ voices: z.number().int() });
  const [row] = await query(connection, "load/forgotten_count.sql", {}, Row);
  return row?.voices ?? 0;
}

export async function allForgotten(connection: DuckDBConnection): Promise<string[]> {
  const Row = z.strictObject({ voice_id: z.string() });
  const rows = await query(connection, "load/all_forgotten.sql", {}, Row);
  return rows.map(({ voice_id }) => voice_id);
}
