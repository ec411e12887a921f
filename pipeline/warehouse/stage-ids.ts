import { appendRows, uuid } from "./append-rows.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute } from "./query.ts";

/** Puts voice ids where the files of `sql/load` join them: the temporary table staged_ids. */
export async function stageIds(
  { connection }: Warehouse,
  voiceIds: readonly string[],
): Promise<void> {
  await execute(connection, "load/staged_ids.sql");
  await appendRows(
    connection,
    "staged_ids",
    voiceIds.map((id) => [uuid(id)]),
  );
}
