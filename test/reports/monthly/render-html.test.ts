import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { monthOf } from "../../../pipeline/period.ts";
import { canonicalJson } from "../../../reports/canonical-json.ts";
import { buildMonthly } from "../../../reports/monthly/build.ts";
import { MonthlyReport } from "../../../reports/monthly/monthly-report.ts";
import { renderMonthly } from "../../../reports/monthly/render-html.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { emptyWarehouse, fillWarehouse } from "../../support/report-warehouse.ts";

const FIXTURES = fileURLToPath(new URL("../../fixtures/reports/", import.meta.url));
const INPUT = { taxonomy: "tourism", epoch: 1, asOf: "2025-08-05", title: "北陸観光の声" };

async function smallWarehouse() {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 12 });
  return connection;
}

test("the monthly report of a small warehouse is the one on file", async () => {
  const report = await buildMonthly(warehouseEffects(await smallWarehouse()), {
    ...INPUT,
    period: monthOf("2025-07-01"),
  });
  const { html, voicesHtml } = renderMonthly(report);
  await expect(`${canonicalJson(report)}\n`).toMatchFileSnapshot(`${FIXTURES}monthly.json`);
  await expect(html).toMatchFileSnapshot(`${FIXTURES}monthly.html`);
  await expect(voicesHtml).toMatchFileSnapshot(`${FIXTURES}monthly.voices.html`);
  expect(MonthlyReport.parse(JSON.parse(canonicalJson(report)))).toEqual(report);
});

test("a quiet month has its three findings, and says that nothing certain changed", async () => {
  const report = await buildMonthly(warehouseEffects(await smallWarehouse()), {
    ...INPUT,
    period: monthOf("2025-07-01"),
  });
  expect(report.findings).toHaveLength(3);
  expect(report.trend).toHaveLength(12);
  expect(report.trend.at(-1)).toMatchObject({ name: "2025-07" });
});

test("a month before all voices still gives a page", async () => {
  const report = await buildMonthly(warehouseEffects(await smallWarehouse()), {
    ...INPUT,
    period: monthOf("2024-01-01"),
  });
  expect(renderMonthly(report).html).toContain("2024年1月");
});
