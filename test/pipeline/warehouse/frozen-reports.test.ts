import { join } from "node:path";
import { expect, test } from "vitest";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { OLD_VALUE, writeOldWarehouse } from "../../support/old-warehouse.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("a report that an older schema kept whole is the same in short pieces", async () => {
  const path = join(tempFolder(), "warehouse.duckdb");
  await writeOldWarehouse(path);
  const warehouse = await openWarehouse(path);
  const rows = async (sql: string) => (await warehouse.reader.runAndReadAll(sql)).getRowsJS();
  expect(
    await rows(`select job, period, revision, value = ${OLD_VALUE} from reports order by all`),
  ).toEqual([
    ["monthly", "2025-07", 2, false],
    ["weekly", "2025-W31", 1, true],
  ]);
  expect(await rows("select value from reports where job = 'monthly'")).toEqual([["{}"]]);
  const pieces = await rows(
    "select count(*)::integer, max(piece), max(length(text))::integer from frozen_reports where job = 'weekly'",
  );
  expect(pieces).toEqual([[170, 169, 1000]]);
  warehouse.close();
});
