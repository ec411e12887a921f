import { readFileSync } from "node:fs";
import { type DuckDBConnection, type DuckDBValue, JSDuckDBValueConverter } from "@duckdb/node-api";
import type { z } from "zod";
import { asDamage } from "./warehouse-damage.ts";

const SQL_ROOT = new URL("../../sql/", import.meta.url);
const texts = new Map<string, string>();

/** The text of a file under `sql/`, such as "questions/topic_counts.sql". */
export function sqlText(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(file, SQL_ROOT), "utf8");
  texts.set(file, text);
  return text;
}

/** What questions are asked on, for those who ask and know no DuckDB. */
export type Connection = DuckDBConnection;

export type SqlParams = Readonly<Record<string, DuckDBValue>>;

/**
 * Runs one file of `sql/` and parses each row.
 *
 * @returns rows as plain objects with JavaScript values: dates and timestamps must be cast to varchar in
 *   SQL, counts to integer
 */
export async function query<Row extends z.ZodType>(
  connection: Connection,
  file: string,
  params: SqlParams,
  row: Row,
): Promise<z.infer<Row>[]> {
  const result = await connection.run(sqlText(file), { ...params }).catch((cause: unknown) => {
    throw asDamage(cause);
  });
  const names = result.deduplicatedColumnNames();
  const rows: z.infer<Row>[] = [];
  // The answer is there. A reader would fetch it in another thread, behind all other questions of the connection.
  for (let nth = 0; nth < result.chunkCount; nth += 1) {
    for (const values of result.getChunk(nth).convertRows(JSDuckDBValueConverter))
      rows.push(row.parse(Object.fromEntries(names.map((name, column) => [name, values[column]]))));
  }
  return rows;
}

/** Runs one file of `sql/` for its effect. */
export async function execute(
  connection: Connection,
  file: string,
  params: SqlParams = {},
): Promise<void> {
  await connection.run(sqlText(file), { ...params }).catch((cause: unknown) => {
    throw asDamage(cause);
  });
}
