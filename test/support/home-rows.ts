import { join } from "node:path";
import { openWarehouse, type Warehouse } from "../../pipeline/warehouse/open-warehouse.ts";

/** Everything that must be the same however often an import was killed; ids that the loader gives are left out. */
const TABLES = {
  voices: "select * from voices order by voice_id",
  voice_revisions: "select * from voice_revisions order by voice_id, revision",
  segments: "select * exclude (segment_id) from segments order by voice_id, position",
  segment_topics:
    "select s.position, g.* exclude (segment_id) from segment_topics g join segments s using (segment_id) order by g.voice_id, s.position, taxonomy, topic",
  segment_terms:
    "select s.voice_id, s.position, t.term, x.span_start, x.span_end from segment_terms x join segments s using (segment_id) join terms t using (term_id) order by all",
  vectors:
    "select s.voice_id, s.position, x.vector, x.encoder from vectors x join segments s using (segment_id) order by s.voice_id, s.position",
  terms: "select term from terms order by term",
  dead_letters:
    "select * exclude (dead_at, last_tried_at) from dead_letters order by origin_stream, origin_offset",
  retried_records: "select * from retried_records order by all",
  awareness: "select * from awareness order by all",
  awareness_followups: "select * from awareness_followups order by all",
  awareness_withdrawals: "select * from awareness_withdrawals order by all",
  judged_tags: "select * from judged_tags order by all",
  person_tags: "select * from person_tags order by all",
  confirmed_segments:
    "select s.position, c.* exclude (segment_id) from confirmed_segments c join segments s using (segment_id) order by c.voice_id, s.position",
  confirmed_voices: "select * from confirmed_voices order by all",
  forgotten_voices: "select * from forgotten_voices order by all",
  forgotten_marks: "select * from forgotten_marks order by all",
  vault_reads: "select * from vault_reads order by all",
  reports: "select * from reports order by all",
  ledger: "select * from ledger order by all",
  topics: "select * from topics order by all",
  schema_versions: "select * from schema_versions order by all",
  origins: "select * from origins order by origin_stream",
  loaded_records: "select origin_stream, chunk, hex(bits) from loaded_records order by all",
  offsets: "select * from offsets order by stream",
  pulls: "select name, watermark from pulls order by name",
};

/** A hash of each table of a home that no process has open. */
export async function rowsOfHome(home: string): Promise<Record<string, string>> {
  return await hashesOf(home, TABLES);
}

/** The same with the moments at which records were refused, which differ from import to import. */
export async function exactRowsOfHome(home: string): Promise<Record<string, string>> {
  return await hashesOf(home, { ...TABLES, dead_letters: "select * from dead_letters" });
}

async function hashesOf(
  home: string,
  tables: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  try {
    const rows: Record<string, string> = {};
    for (const [table, sql] of Object.entries(tables)) rows[table] = await hashOf(warehouse, sql);
    return rows;
  } finally {
    warehouse.close();
  }
}

async function hashOf({ reader }: Warehouse, sql: string): Promise<string> {
  const found = await reader.runAndReadAll(
    `select count(*)::varchar || ' ' || coalesce(md5(string_agg(r::varchar, chr(10) order by r::varchar)), '') from (${sql}) as r`,
  );
  return String(found.getRowsJS()[0]?.[0]);
}
