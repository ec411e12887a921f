import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Warehouse } from "./open-warehouse.ts";
import { execute, query } from "./query.ts";

const TopicRow = z.strictObject({
  taxonomy: z.string(),
  topic: z.string(),
  label: z.string(),
  parent: z.string(),
  parent_label: z.string(),
  severity: z.number().int(),
  position: z.number().int(),
  description: z.string(),
});
export type TopicRow = z.infer<typeof TopicRow>;

/** Makes the table `topics` say what the taxonomy's YAML says, so that SQL can show labels. */
export async function storeTopics(
  warehouse: Warehouse,
  taxonomy: string,
  rows: readonly TopicRow[],
): Promise<void> {
  const stored = await query(warehouse.connection, "load/topics_of.sql", { taxonomy }, TopicRow);
  if (isDeepStrictEqual(stored, rows)) return;
  await warehouse.transaction(async () => {
    await execute(warehouse.connection, "load/clear_topics.sql", { taxonomy });
    for (const row of rows) await execute(warehouse.connection, "load/add_topic.sql", row);
  });
}
