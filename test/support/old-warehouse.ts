import { DuckDBInstance } from "@duckdb/node-api";
import { sqlText } from "../../pipeline/warehouse/query.ts";
import { uuidOf } from "./enriched-voice.ts";

/** SQL of a report's value that was kept in one piece. */
export const OLD_VALUE =
  "(select string_agg('声' || md5(i::varchar) || '😀', '') from range(5000) as r (i))";

/** Writes a warehouse as epoch 1 left it: schema 1 alone, with one voice of one segment and two reports. */
export async function writeOldWarehouse(path: string): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  const voice = `'${uuidOf("old")}'::uuid`;
  for (const statement of [
    sqlText("schema/000_versions.sql"),
    sqlText("schema/001_voices.sql"),
    "insert into schema_versions values ('001_voices.sql')",
    `insert into voices by name select ${voice} as voice_id, 1 as revision, 1 as epoch, 'test' as source,
      'survey' as channel, now() as received_at, 'date' as received_precision, date '2025-07-30' as received_on,
      '{}' as attributes, '遠い' as text, 0 as mask_count, 1 as segment_count, 'a' as origin_stream,
      0 as origin_offset, 2 as origin_row, 'negative' as sentiment, -0.5 as polarity, 'complaint' as kind`,
    `insert into segments values (0, ${voice}, 0, 0, 2, '遠い', date '2025-07-30', 'negative', 0.9, -0.5,
      'complaint', 0.8, [])`,
    "insert into vectors values (0, '\\x01\\x02'::blob)",
    `insert into reports select 'weekly', '2025-W31', 1, now(), ${OLD_VALUE}`,
    "insert into reports values ('monthly', '2025-07', 2, now(), '{}')",
  ]) {
    await connection.run(statement);
  }
  connection.closeSync();
  instance.closeSync();
}
