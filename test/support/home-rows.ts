import { join } from "node:path";
import { openWarehouse } from "../../pipeline/warehouse/open-warehouse.ts";

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
    "select s.voice_id, s.position, x.vector from vectors x join segments s using (segment_id) order by s.voice_id, s.position",
  terms: "select term from terms order by term",
  dead_letters:
    "select * exclude (dead_at) from dead_letters order by origin_stream, origin_offset",
  origins: "select * from origins order by origin_stream",
  offsets: "select * from offsets order by stream",
};

/** A hash of each table of a home that no process has open. */
export async function rowsOfHome(home: string): Promise<Record<string, string>> {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  try {
    const rows: Record<string, string> = {};
    for (const [table, sql] of Object.entries(TABLES)) {
      const reader = await warehouse.reader.runAndReadAll(
        `select count(*)::varchar || ' ' || coalesce(md5(string_agg(r::varchar, chr(10) order by r::varchar)), '') from (${sql}) as r`,
      );
      rows[table] = String(reader.getRowsJS()[0]?.[0]);
    }
    return rows;
  } finally {
    warehouse.close();
  }
}
