import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { query } from "./query.ts";

const CountRow = z.strictObject({
  voices: z.number().int(),
  segments: z.number().int(),
  dead_letters: z.number().int(),
  awareness: z.number().int(),
  reports: z.number().int(),
  first_on: z.string().nullable(),
  last_on: z.string().nullable(),
});
export type Counts = z.infer<typeof CountRow>;

/** How much the warehouse holds, and from which day to which, in JST. */
export async function readCounts(connection: DuckDBConnection): Promise<Counts> {
  const [counts] = await query(connection, "questions/counts.sql", {}, CountRow);
  if (counts === undefined) throw new Error("counts.sql gave no row");
  return counts;
}
