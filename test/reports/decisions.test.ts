import { expect, test } from "vitest";
import { previousPeriod, weekOf } from "../../pipeline/period.ts";
import { readDecisions } from "../../reports/decisions.ts";
import { warehouseEffects } from "../../reports/read-warehouse.ts";
import { emptyWarehouse, fillWarehouse } from "../support/report-warehouse.ts";

test("a voice of which something was decided stands in the report under the company's name of its place", async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 60 });
  for (const statement of [
    "insert into master_data by name select 'store' as kind, 's1' as code, '会社の呼び名' as name, [] as aliases",
    "insert into written_names by name select distinct 'store' as kind, place as written, 's1' as code from voices where place is not null",
  ]) {
    await connection.run(statement);
  }
  const period = weekOf("2025-08-01");
  const span = { period, previous: previousPeriod(period), taxonomy: "tourism" };
  const { voices, recent } = await readDecisions(warehouseEffects(connection), span);
  expect(recent.length).toBeGreaterThan(0);
  const places = Object.values(voices).flatMap(({ place }) => place ?? []);
  expect(new Set(places)).toEqual(new Set(["会社の呼び名"]));
});
