import { expect, test } from "vitest";
import { addDays } from "../../../pipeline/period.ts";
import { sharedHistory } from "../../../reports/frozen/shared-history.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import type { Span } from "../../../reports/report-effects.ts";
import { emptyWarehouse, fillWarehouse } from "../../support/report-warehouse.ts";

const SPANS: readonly Span[] = [
  { from: "2025-06-02", until: "2025-07-14" },
  { from: "2025-06-09", until: "2025-07-21" },
  { from: "2025-05-26", until: "2025-06-16" },
  { from: "2025-07-28", until: "2025-08-11" },
];

test("what the report before said of its own week is not asked again, and the answer is the plain one", async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 24 });
  const plain = warehouseEffects(connection);
  const asked: string[] = [];
  const counted = {
    ...plain,
    readMeasures: (...args: Parameters<typeof plain.readMeasures>) => {
      asked.push(args[0].previousFrom);
      return plain.readMeasures(...args);
    },
  };
  const shared = await sharedHistory().through(connection, counted);
  const weeks = ["2025-07-07", "2025-07-14", "2025-07-28", "2025-07-21"].map((from) => ({
    previousFrom: addDays(from, -7),
    from,
    until: addDays(from, 7),
  }));
  // At once and in this order, as the reports of a backfill do.
  const answers = await Promise.all(
    weeks.map(
      async (week) =>
        [
          week,
          ...(await Promise.all([
            shared.readMeasures(week, "tourism"),
            shared.readTopicSentiment(week, "tourism"),
          ])),
        ] as const,
    ),
  );
  for (const [week, measures, sentiments] of answers) {
    expect(measures).toEqual(await plain.readMeasures(week, "tourism"));
    expect(measures.rows.some(({ period }) => period === "previous")).toBe(true);
    expect(sentiments).toEqual(await plain.readTopicSentiment(week, "tourism"));
  }
  expect(asked).toEqual(["2025-06-30", "2025-07-14", "2025-07-21", "2025-07-14"]);
  connection.closeSync();
});

test("words that the report before lists are not asked for again, and the answer is the plain one", async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 24 });
  const plain = warehouseEffects(connection);
  const asked: number[] = [];
  const listed: number[] = [];
  const counted = {
    ...plain,
    readWords: (...args: Parameters<typeof plain.readWords>) => {
      asked.push(args[0].length);
      return plain.readWords(...args);
    },
  };
  const shared = await sharedHistory().through(connection, counted);
  const rows = (await connection.runAndReadAll("select voice_id::varchar from voices")).getRows();
  const ids = rows.map(([id]) => String(id));
  for (const from of ["2025-07-07", "2025-07-14", "2025-07-28"]) {
    const span = { from: addDays(from, -7), until: addDays(from, 7) };
    const words = await plain.readWords(ids, span, "tourism");
    listed.push(Object.keys(words).length);
    expect(await shared.readWords(ids, span, "tourism")).toEqual(words);
  }
  expect(listed.every((count) => count > 40)).toBe(true);
  // What the last one lists, and no more, is known; of that only what lies in the span is there.
  expect(asked).toEqual([0, ...listed.slice(0, -1)].map((known) => ids.length - known));
  connection.closeSync();
});

test("a week of early signals' past is asked for once, and the answer is the plain one", async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 200 });
  await connection.run(
    "update voices set product = 'ようかん', lot = 'L' || hash(voice_id) % 3 where hash(voice_id) % 2 = 0",
  );
  const plain = warehouseEffects(connection);
  const asked: Span[] = [];
  const counted = {
    ...plain,
    readSignalWeeks: (...args: Parameters<typeof plain.readSignalWeeks>) => {
      asked.push(args[0]);
      return plain.readSignalWeeks(...args);
    },
  };
  const shared = await sharedHistory().through(connection, counted);
  for (const from of ["2025-07-14", "2025-07-21", "2025-07-28"]) {
    const spans = {
      ...{ referenceFrom: addDays(from, -35), referenceUntil: addDays(from, -14) },
      ...{ previousFrom: addDays(from, -7), from, until: addDays(from, 7), taxonomy: "tourism" },
    };
    const answer = await plain.readSignalCells(spans);
    expect(await shared.readSignalCells(spans)).toEqual(answer);
    expect(answer.rows.some((row) => row.lot !== "" && row.before_count > 0)).toBe(true);
    expect(answer.rows.some((row) => row.subject_kind === "place")).toBe(true);
  }
  expect(asked).toEqual([
    { from: "2025-06-09", until: "2025-06-30" },
    { from: "2025-06-30", until: "2025-07-07" },
    { from: "2025-07-07", until: "2025-07-14" },
  ]);
  connection.closeSync();
});

test("a week is asked for once, and every answer is the plain one; other voices are counted anew", async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 24 });
  const plain = warehouseEffects(connection);
  const asked: Span[] = [];
  const counted = {
    ...plain,
    readMeasuresOverTime: (...args: Parameters<typeof plain.readMeasuresOverTime>) => {
      asked.push(args[0]);
      return plain.readMeasuresOverTime(...args);
    },
  };
  const history = sharedHistory();
  const compare = async () => {
    for (const span of SPANS) {
      const shared = await history.through(connection, counted);
      const measures = await plain.readMeasuresOverTime(span, "week");
      expect(await shared.readMeasuresOverTime(span, "week")).toEqual(measures);
      expect(measures.rows.length).toBeGreaterThan(0);
      const topics = await plain.readTopicsOverTime(span, "week", "tourism");
      expect(await shared.readTopicsOverTime(span, "week", "tourism")).toEqual(topics);
    }
  };
  await compare();
  expect(asked).toEqual([
    SPANS[0],
    { from: "2025-07-14", until: "2025-07-21" },
    { from: "2025-05-26", until: "2025-06-02" },
    SPANS[3],
  ]);
  await compare();
  expect(asked).toHaveLength(4);
  await connection.run("delete from segments where received_on = date '2025-07-01'");
  await connection.run("insert into offsets values ('voc.enriched', 7)");
  await compare();
  expect(asked).toHaveLength(8);
  const month = await (await history.through(connection, plain)).readTopicsOverTime(
    { from: "2025-06-01", until: "2025-08-01" },
    "month",
    "tourism",
  );
  expect(month).toEqual(
    await plain.readTopicsOverTime({ from: "2025-06-01", until: "2025-08-01" }, "month", "tourism"),
  );
  connection.closeSync();
});
