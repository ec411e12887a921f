import { readFileSync } from "node:fs";
import type { DuckDBConnection, DuckDBValue } from "@duckdb/node-api";
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
  const reader = await connection
    .runAndReadAll(sqlText(file), { ...params })
    .catch((cause: unknown) => {
      throw asDamage(cause);
    });
  return reader.getRowObjectsJS().map((value) => row.parse(value));
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
