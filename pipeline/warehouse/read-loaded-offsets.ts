import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { query } from "./query.ts";

const OffsetRow = z.strictObject({ stream: z.string(), next_offset: z.number() });

/** @returns up to where each stream is loaded, in records, by name */
export async function readLoadedOffsets(
  connection: DuckDBConnection,
): Promise<ReadonlyMap<string, number>> {
  const rows = await query(connection, "questions/loaded_offsets.sql", {}, OffsetRow);
  return new Map(rows.map(({ stream, next_offset }) => [stream, next_offset]));
}
