import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { query } from "./query.ts";

const Row = z.strictObject({ received_on: z.string().nullable() });

/** @returns the JST date of the newest voice that was received before another; undefined without one */
export async function newestVoiceOn(
  connection: DuckDBConnection,
  until: string,
): Promise<string | undefined> {
  const [row] = await query(connection, "questions/newest_voice.sql", { until }, Row);
  return row?.received_on ?? undefined;
}
