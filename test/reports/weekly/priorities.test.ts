import { expect, test } from "vitest";
import { weekOf } from "../../../pipeline/period.ts";
import { figureOf } from "../../../reports/figure.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { buildWeekly } from "../../../reports/weekly/build.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import { emptyWarehouse, fillWarehouse } from "../../support/report-warehouse.ts";

const WEEK = weekOf("2025-08-01");

/** @param prepare statements that change the invented voices first */
async function build(prepare: readonly string[]) {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 60 });
  for (const statement of prepare) await connection.run(statement);
  return buildWeekly(warehouseEffects(connection), {
    period: WEEK,
    revision: 1,
    taxonomy: "tourism",
    taxonomyVersion: 1,
    epoch: 1,
    asOf: "2025-08-07",
    title: "北陸観光の声",
    expectedSources: [],
  });
}

const ABOUT_PARKING =
  "select voice_id from segment_topics join segments using (segment_id, voice_id) where topic = 'parking' and sentiment = 'negative'";

test("a customer who spoke ill of a topic before counts twice, and is told", async () => {
  const once = await build([]);
  const again = await build([
    `update voices set customer_key = 'a' where voice_id in (${ABOUT_PARKING} and received_on = '2025-07-26')`,
    `update voices set customer_key = 'a' where voice_id in (${ABOUT_PARKING} and received_on >= '2025-08-01')`,
  ]);
  const parking = (report: typeof once) =>
    report.priorities.find(({ topic }) => topic === "parking");
  expect(parking(once)?.repeats).toBeNull();
  const { repeats, score } = parking(again) ?? {};
  expect(repeats?.customers).toBe(1);
  expect(figureOf(again.figures, repeats?.figure ?? "").value).toBeGreaterThan(1);
  expect(score).toBeGreaterThan(parking(once)?.score ?? 0);
  expect(renderWeekly(again).html).toContain("以前にも指摘されたお客様1名の声が");
});

test("a customer who speaks of it for the first time is no repeater", async () => {
  const first = "2025-08-02";
  const report = await build([
    `update voices set customer_key = 'a' where voice_id = (${ABOUT_PARKING} and received_on = '${first}' limit 1)`,
  ]);
  expect(report.priorities.every(({ repeats }) => repeats === null)).toBe(true);
});

test("what a person wrote on an earlier voice about the topic stands beside it", async () => {
  const { priorities } = await build([]);
  const accessibility = priorities.find(({ topic }) => topic === "accessibility");
  expect(accessibility?.earlier).toMatchObject({ author: "高橋" });
});
