import { expect, test } from "vitest";
import { addDays, weekOf } from "../../../pipeline/period.ts";
import { figureOf } from "../../../reports/figure.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { buildWeekly } from "../../../reports/weekly/build.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import {
  emptyWarehouse,
  fillWarehouse,
  insert,
  REPORT_INPUT,
} from "../../support/report-warehouse.ts";
import { uuidOf } from "../invented-voices.ts";

const WEEK = weekOf("2025-08-01");

type Planted = {
  readonly product?: string;
  readonly place?: string;
  readonly lot?: string;
  readonly customers: readonly (string | null)[];
  readonly from?: string;
};

/** Voices of the tested week with something negative about accessibility. */
async function build(planted: readonly Planted[], weeks = 20, period = WEEK) {
  const connection = await emptyWarehouse();
  const from = addDays(WEEK.until, -7 * weeks);
  await fillWarehouse(connection, { from, weeks, voicesPerWeek: 60 });
  const voices = planted.flatMap(({ customers, from: day = WEEK.from, ...where }) =>
    customers.map((customer) => ({ ...where, customer_key: customer, received_on: day })),
  );
  const rows = voices.map((voice, index) => ({
    ...voice,
    voice_id: uuidOf(`planted ${index}`),
    index,
  }));
  const text = "段差の前に表示がなく、車いすの父が転びそうになりました";
  await insert(
    connection,
    "voices",
    rows.map(({ index, ...voice }) => ({
      ...voice,
      revision: 1,
      epoch: 1,
      source: "desk",
      channel: "phone",
      received_at: `${voice.received_on} 12:00:00+09`,
      received_precision: "instant",
      attributes: "{}",
      text,
      mask_count: 0,
      sentiment: "negative",
      polarity: -0.9,
      kind: "complaint",
      segment_count: 1,
      origin_stream: "file:aa",
      origin_offset: 90_000 + index,
      origin_row: 90_000 + index,
    })),
  );
  await insert(
    connection,
    "segments",
    rows.map(({ voice_id, received_on, index }) => ({
      segment_id: 90_000 + index,
      voice_id,
      position: 0,
      span_start: 0,
      span_end: text.length,
      text,
      received_on,
      sentiment: "negative",
      sentiment_confidence: 0.9,
      polarity: -0.9,
      kind: "complaint",
      kind_confidence: 0.9,
      why: [],
    })),
  );
  await insert(
    connection,
    "segment_topics",
    rows.map(({ voice_id, index }) => ({
      segment_id: 90_000 + index,
      voice_id,
      taxonomy: "tourism",
      topic: "accessibility",
      confidence: 0.9,
      decided_by: "head",
      why: [],
      epoch: 1,
    })),
  );
  return buildWeekly(warehouseEffects(connection), {
    period,
    ...REPORT_INPUT,
  });
}

const FIVE = ["a", "b", "c", "d", "e"];

test("five customers of a product that nobody had spoken of are a signal, with their voices", async () => {
  const report = await build([{ product: "手すり棒", customers: FIVE }]);
  const [signal] = report.signals?.rows ?? [];
  expect(signal).toMatchObject({
    subject: "手すり棒",
    topic: "accessibility",
    lot: null,
    weeks: 1,
    customers: 5,
    before: 0,
  });
  expect(figureOf(report.figures, signal?.figure ?? "").value).toBe(5);
  expect(signal?.quotes.length).toBeGreaterThan(0);
  expect(renderWeekly(report).html).toContain("<h3>手すり棒　バリアフリー・安全</h3>");
});

test("where no source names its customers, each voice is a customer's own", async () => {
  const customers = [null, null, null, null, null];
  const report = await build([{ product: "手すり棒", customers }]);
  expect(report.signals?.rows[0]).toMatchObject({ subject: "手すり棒", customers: 5 });
});

test("the second week of silence has no signals, and its report is made all the same", async () => {
  const report = await build([], 20, weekOf("2025-08-12"));
  expect(report.signals).toMatchObject({ isTested: true, rows: [] });
});

test("where all voices are about one lot, the lot is named", async () => {
  const report = await build([{ product: "手すり棒", lot: "L7", customers: FIVE }]);
  const signals = report.signals?.rows ?? [];
  expect(signals.map(({ subject, lot }) => [subject, lot])).toContainEqual(["手すり棒", "L7"]);
  expect(signals.filter(({ subject }) => subject === "手すり棒")).toHaveLength(1);
});

test("one customer who speaks five times is one customer, and no signal", async () => {
  const report = await build([{ product: "手すり棒", customers: ["a", "a", "a", "a", "a"] }]);
  expect(report.signals?.rows.map(({ subject }) => subject)).not.toContain("手すり棒");
});

test("what comes slowly is a signal of two weeks", async () => {
  const report = await build([
    { product: "手すり棒", customers: ["a", "b", "c"], from: addDays(WEEK.from, -3) },
    { product: "手すり棒", customers: ["d"] },
  ]);
  const signal = report.signals?.rows.find(({ subject }) => subject === "手すり棒");
  expect(signal).toMatchObject({ weeks: 2, customers: 4 });
});

test("with less than eight weeks of reference nothing is tested, and the report says so", async () => {
  const report = await build([{ product: "手すり棒", customers: FIVE }], 9);
  expect(report.signals).toMatchObject({ isTested: false, rows: [] });
  expect(renderWeekly(report).html).toContain("まだ調べていません");
});
