import {
  BIGINT,
  BLOB,
  BOOLEAN,
  DATE,
  DOUBLE,
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBTimestampTZValue,
  type DuckDBType,
  DuckDBUUIDValue,
  type DuckDBValue,
  FLOAT,
  INTEGER,
  LIST,
  listValue,
  STRUCT,
  structValue,
  TIMESTAMPTZ,
  UUID,
  VARCHAR,
} from "@duckdb/node-api";
import { DAY_MS, JST_OFFSET_MS } from "../period.ts";
import type { EmotionTag } from "../schema/enriched-record.ts";

/** DuckDB's vector size: a chunk holds no more rows. */
const CHUNK_ROWS = 2048;

const words = LIST(VARCHAR);
const emotions = LIST(STRUCT({ emotion: VARCHAR, confidence: FLOAT }));

/** Column types in the order of `sql/schema`; the appender goes by position. */
const COLUMNS = {
  voices: [
    ...[UUID, INTEGER, INTEGER, VARCHAR, VARCHAR, VARCHAR, TIMESTAMPTZ, VARCHAR, DATE, DOUBLE],
    ...[VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR, VARCHAR, INTEGER, VARCHAR, DOUBLE, VARCHAR],
    ...[INTEGER, VARCHAR, BIGINT, BIGINT, INTEGER, BOOLEAN, emotions],
  ],
  voice_revisions: [UUID, INTEGER, VARCHAR, INTEGER, TIMESTAMPTZ, VARCHAR, VARCHAR, BIGINT],
  segments: [
    ...[BIGINT, UUID, INTEGER, INTEGER, INTEGER, VARCHAR, DATE],
    ...[VARCHAR, FLOAT, FLOAT, VARCHAR, FLOAT, words],
    ...[INTEGER, FLOAT, BOOLEAN, FLOAT, emotions],
  ],
  segment_topics: [BIGINT, UUID, VARCHAR, VARCHAR, FLOAT, VARCHAR, words, INTEGER],
  terms: [INTEGER, VARCHAR],
  segment_terms: [BIGINT, INTEGER, INTEGER, INTEGER],
  vectors: [BIGINT, BLOB, VARCHAR],
  dead_letters: [
    ...[VARCHAR, BIGINT, VARCHAR, BIGINT, VARCHAR, VARCHAR, VARCHAR, INTEGER, TIMESTAMPTZ],
    ...[VARCHAR, INTEGER, TIMESTAMPTZ, TIMESTAMPTZ, VARCHAR, VARCHAR],
  ],
  staged_ids: [UUID],
  staged_keys: [BIGINT, BLOB],
  staged_records: [UUID, VARCHAR, VARCHAR, BIGINT, TIMESTAMPTZ, VARCHAR, BLOB, BLOB],
} satisfies Record<string, readonly DuckDBType[]>;

export type AppendTable = keyof typeof COLUMNS;
export type Row = readonly DuckDBValue[];

/**
 * Appends rows inside the open transaction; a row's values stand in the table's column order. Best made as they are asked
 * for: the rows of a whole batch outlive the memory for young objects, and to copy them costs a tenth of a load.
 */
export async function appendRows(
  connection: DuckDBConnection,
  table: AppendTable,
  rows: Iterable<Row>,
): Promise<void> {
  let appender: DuckDBAppender | undefined;
  try {
    for (const some of chunksOf(rows)) {
      appender ??= await connection.createAppender(table);
      const chunk = DuckDBDataChunk.create(COLUMNS[table]);
      chunk.setRows(some);
      appender.appendDataChunk(chunk);
    }
    appender?.flushSync();
  } catch (cause) {
    closeAfter(cause, appender);
  }
  appender?.closeSync();
}

/** To close it writes what it still holds, which the transaction that failed refuses: not the reason that anybody asks for. */
function closeAfter(cause: unknown, appender: DuckDBAppender | undefined): never {
  try {
    appender?.closeSync();
  } catch {}
  throw cause;
}

function* chunksOf(rows: Iterable<Row>): Generator<Row[]> {
  let some: Row[] = [];
  for (const row of rows) {
    if (some.push(row) < CHUNK_ROWS) continue;
    yield some;
    some = [];
  }
  if (some.length > 0) yield some;
}

/** @param tags as a column of emotions takes them */
export function emotionList(tags: readonly EmotionTag[]): DuckDBValue {
  return listValue(tags.map(({ emotion, confidence }) => structValue({ emotion, confidence })));
}

export function uuid(text: string): DuckDBUUIDValue {
  return DuckDBUUIDValue.fromUint128(BigInt(`0x${text.replaceAll("-", "")}`));
}

export function instant(iso: string): DuckDBTimestampTZValue {
  return new DuckDBTimestampTZValue(BigInt(Date.parse(iso)) * 1000n);
}

/** @param date calendar date such as 2025-07-01 */
export function day(date: string): DuckDBDateValue {
  return new DuckDBDateValue(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

/** @returns the calendar date in Asia/Tokyo, as `day` of `jstDate` gives it, without making a text of it */
export function jstDay(iso: string): DuckDBDateValue {
  return new DuckDBDateValue(Math.floor((Date.parse(iso) + JST_OFFSET_MS) / DAY_MS));
}
