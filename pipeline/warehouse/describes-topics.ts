import { isDeepStrictEqual } from "node:util";
import { TopicRow } from "../schema/taxonomy-actions.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { query } from "./query.ts";

/** Whether the table `topics` says what the taxonomy's YAML says, so that SQL shows its labels. */
export async function describesTopics(
  warehouse: Warehouse,
  taxonomy: string,
  rows: readonly TopicRow[],
): Promise<boolean> {
  const stored = await query(warehouse.connection, "load/topics_of.sql", { taxonomy }, TopicRow);
  return isDeepStrictEqual(stored, rows);
}
