import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { query } from "./query.ts";

const SourceRow = z.strictObject({ source: z.string() });

/** @returns the names of all sources that records came from */
export async function readSources(connection: DuckDBConnection): Promise<string[]> {
  const rows = await query(connection, "questions/sources.sql", {}, SourceRow);
  return rows.map(({ source }) => source);
}
