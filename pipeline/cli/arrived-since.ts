import { z } from "zod";
import type { Home } from "../home.ts";
import { query } from "../warehouse/query.ts";

const Row = z.strictObject({ voice_count: z.number().int() });

/** How many voices of its period came after a report was frozen: 0 of a product line's, which nobody asked. */
export async function countArrivedSince(
  { warehouse }: Pick<Home, "warehouse">,
  report: { readonly job: string; readonly period: string },
): Promise<number> {
  const { job, period } = report;
  const params = { job, period };
  const [row] = await query(warehouse.reader, "questions/arrived_since.sql", params, Row);
  return row?.voice_count ?? 0;
}
