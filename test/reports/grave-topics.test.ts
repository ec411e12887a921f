import { expect, test } from "vitest";
import { weekOf } from "../../pipeline/period.ts";
import { renderPlainText } from "../../reports/formats/render-text.ts";
import { outlineOf } from "../../reports/outline/outline-of.ts";
import { warehouseEffects } from "../../reports/read-warehouse.ts";
import { plainText } from "../../reports/sentence.ts";
import { SURE_GRAVE } from "../../reports/voices/negative-quotes.ts";
import { buildWeekly } from "../../reports/weekly/build.ts";
import { renderWeekly } from "../../reports/weekly/render-html.ts";
import { emptyWarehouse, fillWarehouse, REPORT_INPUT } from "../support/report-warehouse.ts";

/** @param prepare statements that change the invented voices first */
async function build(prepare: readonly string[]) {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 60 });
  for (const statement of prepare) await connection.run(statement);
  return buildWeekly(warehouseEffects(connection), {
    period: weekOf("2025-08-01"),
    ...REPORT_INPUT,
  });
}

/** Nothing about it but so many negative voices of the week, as sure as that, of severity 4. */
const grave = (count: number, confidence: number) => [
  "update topics set severity = 4 where topic = 'accessibility'",
  `delete from segment_topics where topic = 'accessibility' and segment_id not in (select segment_id from segments join segment_topics using (segment_id) where topic = 'accessibility' and sentiment = 'negative' and segments.received_on >= '2025-07-28' order by segment_id limit ${count})`,
  `update segment_topics set confidence = ${confidence} where topic = 'accessibility'`,
];

test.each([
  { why: "a sure tag of a machine", prepare: grave(1, SURE_GRAVE) },
  {
    why: "a person's tag",
    prepare: [
      ...grave(1, 0.3),
      "update segment_topics set decided_by = 'person' where topic = 'accessibility'",
    ],
  },
])("$why of a grave topic comes first and heads the report, be it one", async ({ prepare }) => {
  const report = await build(prepare);
  expect(report.doubtedTopics).toEqual([]);
  expect(report.priorities[0]).toMatchObject({ topic: "accessibility" });
  expect(report.priorities[0]?.quotes).toHaveLength(1);
  expect(report.priorities[0]?.quotes[0]?.topicConfidence).toBeUndefined();
  expect(plainText(report.headlines[0] ?? [])).toContain("「バリアフリー・安全」が1件です。");
});

test.each([1, 3])(
  "%d tags of a grave topic that a machine is not sure of are told apart and head nothing",
  async (count) => {
    const report = await build(grave(count, SURE_GRAVE - 0.01));
    expect(report.doubtedTopics).toEqual(["accessibility"]);
    expect(report.priorities[0]?.topic).not.toBe("accessibility");
    expect(report.priorities.some(({ topic }) => topic === "accessibility")).toBe(count >= 3);
    expect(report.headlines.map(plainText).join()).not.toContain("安全にかかわる話題");
    const { html } = renderWeekly(report);
    const told = "深刻度4の話題かもしれない声（推定・確信度8割未満）：「バリアフリー・安全」";
    expect(html).toContain(
      `${told}<a class="n" href="#v-accessibility-negative">${count}件</a>。確かではないため、先には載せていません。`,
    );
    const text = renderPlainText(outlineOf(report));
    expect(text).toContain(`${told}${count}件。`);
    expect(text.split("かもしれない声")[1]).toMatch(
      new RegExp(`ご確認ください。（番号 [0-9a-f]{8}(、[0-9a-f]{8}){${count - 1}}）`),
    );
  },
);

test.each([
  { why: "two are doubted", count: 2, isBelieved: false },
  { why: "three are believed", count: 3, isBelieved: true },
])(
  "of voices that a machine alone gave a topic of bodily harm $why",
  async ({ count, isBelieved }) => {
    const report = await build([
      ...grave(count, 0.6),
      "update topics set severity = 5 where topic = 'accessibility'",
    ]);
    expect(report.doubtedTopics).toEqual(isBelieved ? [] : ["accessibility"]);
    expect(report.priorities[0]?.topic === "accessibility").toBe(isBelieved);
    expect(plainText(report.headlines[0] ?? []).startsWith("安全")).toBe(isBelieved);
  },
);

test("a voice of a grave topic that nobody calls negative is told beside the priorities", async () => {
  const one =
    "select min(segment_id) from segments join segment_topics using (segment_id) where topic = 'lodging' and received_on >= '2025-07-28'";
  const neutral = `update segments set sentiment = 'neutral' where segment_id = (${one})`;
  const alone = `delete from segment_topics where topic = 'lodging' and segment_id <> (${one})`;
  const told = "深刻度4以上の話題の、ネガティブと判定していない声：";
  const plain = await build([alone, neutral]);
  expect(renderWeekly(plain).html).not.toContain(told);
  const grave = await build([
    alone,
    neutral,
    "update topics set severity = 4 where topic = 'lodging'",
  ]);
  expect(grave.priorities.map(({ topic }) => topic)).not.toContain("lodging");
  const { html } = renderWeekly(grave);
  expect(html).toMatch(
    new RegExp(`${told}「[^」]+」<a class="n" href="#v-lodging-neutral">1件</a>`),
  );
  expect(renderPlainText(outlineOf(grave))).toMatch(new RegExp(`${told}「[^」]+」1件`));
});
