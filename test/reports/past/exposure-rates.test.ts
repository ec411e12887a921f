import { expect, test } from "vitest";
import { weekOf } from "../../../pipeline/period.ts";
import { figureOf } from "../../../reports/figure.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { buildWeekly } from "../../../reports/weekly/build.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import { emptyWarehouse, fillWarehouse, REPORT_INPUT } from "../../support/report-warehouse.ts";

const WEEK = weekOf("2025-08-01");
const BEFORE = weekOf("2025-07-25");

type Line = { readonly from: string; readonly until: string; readonly units: number };

async function build(lines: readonly Line[]) {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 200 });
  await connection.run("update voices set place = '兼六園' where place <> '東尋坊'");
  return buildWeekly(warehouseEffects(connection), {
    period: WEEK,
    ...REPORT_INPUT,
    exposure: {
      kind: "place",
      unit: "人",
      lines: lines.map((line) => ({ ...line, subject: "兼六園" })),
    },
  });
}

test("voices are told by million visitors, and a place without visitors is named", async () => {
  const { figures, exposure } = await build([
    { from: BEFORE.from, until: WEEK.until, units: 200_000 },
  ]);
  const [row] = exposure?.rows ?? [];
  const count = figureOf(figures, row?.figure ?? "").value;
  expect(row?.rate.units).toBe(100_000);
  expect(row?.rate.value).toBeCloseTo(count * 10, 4);
  expect(row?.rate.low).toBeLessThan(count * 10);
  expect(row?.rate.high).toBeGreaterThan(count * 10);
  expect(exposure?.missing).toEqual(["東尋坊"]);
});

test("as many voices of four times the visitors are fewer, by rate", async () => {
  const report = await build([
    { ...BEFORE, units: 100_000 },
    { ...WEEK, units: 400_000 },
  ]);
  expect(report.exposure?.rows[0]?.change.word).toBe("decreased");
  expect(renderWeekly(report).html).toContain("100万人あたり");
});

test("a table that ends before the week does gives no rate, and the report says so", async () => {
  const report = await build([{ from: BEFORE.from, until: "2025-08-02", units: 100_000 }]);
  expect(report.exposure).toMatchObject({ rows: [], missing: ["兼六園", "東尋坊"] });
  expect(renderWeekly(report).html).toContain("割合を出していない場所：兼六園、東尋坊");
});

test("without visitors of the week before nothing is said about a change", async () => {
  const { exposure } = await build([{ ...WEEK, units: 100_000 }]);
  expect(exposure?.rows[0]).toMatchObject({
    previousRate: null,
    change: { word: "nothing-before" },
  });
});
