import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { execute, query } from "./query.ts";

const OffsetRow = z.strictObject({ stream: z.string(), next_offset: z.number() });

/** @returns up to where each stream is loaded, in records, by name */
export async function readLoadedOffsets(
  connection: DuckDBConnection,
): Promise<ReadonlyMap<string, number>> {
  const rows = await query(connection, "questions/loaded_offsets.sql", {}, OffsetRow);
  return new Map(rows.map(({ stream, next_offset }) => [stream, next_offset]));
}

/**
 * Raises the offsets of streams inside the open transaction. One statement for all: with a dozen of partitions, one for
 * each was most of what a small transaction cost.
 */
export async function setLoadedOffsets(
  connection: DuckDBConnection,
  offsets: Iterable<readonly [stream: string, next: number]>,
): Promise<void> {
  const rows = [...offsets].map(([stream, next_offset]) => ({ stream, next_offset }));
  await execute(connection, "load/set_offsets.sql", { offsets: JSON.stringify(rows) });
}
