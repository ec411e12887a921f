import { expect, test } from "vitest";
import { weekOf } from "../../../pipeline/period.ts";
import { harmSureness, SURE_HARM } from "../../../reports/bodily-harm.ts";
import { figureOf } from "../../../reports/figure.ts";
import { renderPlainText } from "../../../reports/formats/render-text.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { plainText } from "../../../reports/sentence.ts";
import { buildWeekly } from "../../../reports/weekly/build.ts";
import { OPEN_WEIGHT } from "../../../reports/weekly/priorities.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import { emptyWarehouse, fillWarehouse, REPORT_INPUT } from "../../support/report-warehouse.ts";

const WEEK = weekOf("2025-08-01");

/** @param prepare statements that change the invented voices first */
async function build(prepare: readonly string[]) {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 60 });
  for (const statement of prepare) await connection.run(statement);
  return buildWeekly(warehouseEffects(connection), {
    period: WEEK,
    ...REPORT_INPUT,
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

/** Of one segment about lodging in the week: as the rule or a sure head flags it, or a head that is not sure. */
const flagged = (confidence: number) =>
  `update segments set harm = true, harm_confidence = ${confidence} where segment_id = (select min(segment_id) from segments join segment_topics using (segment_id) where topic = 'lodging' and segments.received_on >= '2025-07-28')`;

test("a voice that tells of bodily harm lifts its topic above all others, be it one", async () => {
  const { priorities: before } = await build([]);
  const report = await build([flagged(SURE_HARM)]);
  expect(before[0]?.topic).not.toBe("lodging");
  expect(report.priorities[0]).toMatchObject({ topic: "lodging", harm: { confirmed: 0 } });
  expect(figureOf(report.figures, report.harm?.figure ?? "").value).toBe(1);
  expect(report.suspectedHarm).toBeNull();
  expect(plainText(report.headlines[0] ?? [])).toBe(
    "お体への害を伝える声が1件あります（推定）。まず内容をご確認ください。",
  );
  expect(renderWeekly(report).html).toContain("あります（推定）。");
});

test("a flag that no words of harm bear out is shown apart, and neither lifts nor heads anything", async () => {
  const before = await build([]);
  const report = await build([flagged(SURE_HARM - 0.01)]);
  expect(report.harm).toBeNull();
  expect(report.headlines).toEqual(before.headlines);
  expect(report.priorities).toEqual(before.priorities);
  expect(figureOf(report.figures, report.suspectedHarm ?? "").value).toBe(1);
  const { html } = renderWeekly(report);
  expect(html).toMatch(
    /お体への害が疑われる声 <a class="n" href="#v-harm-suspected">1<\/a>件（推定）/,
  );
  expect(html).toContain("その声も付いた話題の件数には入ります");
  expect(renderPlainText(outlineOf(report))).toContain(
    "お体への害が疑われる声が1件あります（推定）：番号 ",
  );
});

test("a segment's flag lifts one of its topics only, the one that it is most surely about", async () => {
  const { priorities, harm, figures } = await build([
    flagged(SURE_HARM),
    "insert into segment_topics select segment_id, voice_id, taxonomy, 'hours', confidence / 2, decided_by, why, epoch from segment_topics semi join (from segments where harm) using (segment_id) where topic = 'lodging'",
  ]);
  expect(figureOf(figures, harm?.figure ?? "").value).toBe(1);
  expect(priorities.flatMap(({ topic, harm: own }) => (own === null ? [] : [topic]))).toEqual([
    "lodging",
  ]);
});

test("a topic of bodily harm that only the machine gave to one voice is a suspicion, not a priority", async () => {
  const grave = "update topics set severity = 5 where topic = 'accessibility'";
  const one =
    "delete from segment_topics where topic = 'accessibility' and segment_id not in (select min(segment_id) from segments join segment_topics using (segment_id) where topic = 'accessibility' and sentiment = 'negative' and segments.received_on >= '2025-07-28')";
  const doubted = await build([grave, one]);
  expect(figureOf(doubted.figures, doubted.suspectedHarm ?? "").value).toBe(1);
  expect(doubted.priorities.map(({ topic }) => topic)).not.toContain("accessibility");
  const confirmed = await build([
    grave,
    one,
    "update segment_topics set decided_by = 'person' where topic = 'accessibility'",
  ]);
  expect(confirmed.suspectedHarm).toBeNull();
  expect(confirmed.priorities[0]).toMatchObject({ topic: "accessibility", harm: { confirmed: 1 } });
});

test("bodily harm is said to be confirmed where a person gave the sentence a topic of it", async () => {
  const { harm, figures } = await build([
    "update topics set severity = 5 where topic = 'lodging'",
    "update segment_topics set decided_by = 'person' where topic = 'lodging'",
  ]);
  if (harm === null) throw new Error("no harm");
  expect(harmSureness(figures, harm)).toBe("確認済");
});

test("harm without any topic is told above the priorities", async () => {
  const report = await build([
    `update segments set harm = true, harm_confidence = ${SURE_HARM} where segment_id = (select min(segment_id) from segments anti join segment_topics using (segment_id) where received_on >= '2025-07-28')`,
  ]);
  expect(report.harm).not.toBeNull();
  expect(report.priorities.every(({ harm }) => harm === null)).toBe(true);
  expect(renderWeekly(report).html).toContain("話題にかかわらず、まず内容をご確認ください。");
});

test("among grave topics the graver comes first, whatever the numbers", async () => {
  const { priorities } = await build([
    "update topics set severity = 4 where topic = 'parking'",
    "update topics set severity = 5 where topic = 'accessibility'",
  ]);
  const [first, second] = priorities.map(({ topic }) => topic);
  expect([first, second]).toEqual(["accessibility", "parking"]);
});

test("what was decided last time stands beside its topic and weighs until it has come to something", async () => {
  const open = await build([]);
  const closed = await build([
    "insert into awareness_followups select gen_random_uuid(), awareness_id, voice_id, 'outcome', '高橋', '点検を終えました。', '2025-08-02 10:00:00+09' from awareness_followups where text like '同じ造りの手すり%'",
  ]);
  const of = (report: typeof open) =>
    report.priorities.find(({ topic }) => topic === "accessibility");
  expect(of(open)?.decided?.decision.text).toBe("同じ造りの手すりを、八月中にまとめて点検する。");
  expect(of(open)?.score).toBeCloseTo((of(closed)?.score ?? 0) * OPEN_WEIGHT);
  expect(renderWeekly(open).html).toContain("前回決めたことの結果がまだ記録されていません。");
  expect(renderWeekly(closed).html).toContain("結果：点検を終えました。（高橋　8月2日（土））");
});

test("what a person wrote on an earlier voice about the topic stands beside it", async () => {
  const { priorities } = await build([]);
  const accessibility = priorities.find(({ topic }) => topic === "accessibility");
  expect(accessibility?.earlier).toMatchObject({ author: "高橋" });
});

test("harm told in a neutral tone is quoted first where it lifts its topic, however long, and the topic is not folded", async () => {
  const told = "select voice_id from segments where harm";
  const report = await build([
    "update segments set sentiment = 'neutral' where segment_id in (select segment_id from segment_topics where topic = 'lodging')",
    flagged(SURE_HARM),
    `update voices set text = text || repeat('長い手紙の続きです。', 60) where voice_id in (${told})`,
  ]);
  const [first] = report.priorities;
  expect(first?.topic).toBe("lodging");
  const [harmed] = figureOf(report.figures, first?.harm?.figure ?? "").voiceIds;
  expect(first?.quotes[0]?.voiceId).toBe(harmed);
  const { html } = renderWeekly(report);
  const block = html.split('class="priorities"')[1]?.split("</li>")[0] ?? "";
  expect(block).toContain(`番号 ${harmed?.slice(0, 8)}`);
  expect(block.length).toBeLessThan(3000);
  const [, folded = ""] = html.split('<details class="quiet">');
  const label = report.topics.find(({ topic }) => topic === "lodging")?.label ?? "";
  expect(folded.split("</details>")[0]).not.toContain(`>${label}<`);
  expect(renderPlainText(outlineOf(report)).split("## 話題")[0]).toContain(
    `番号 ${harmed?.slice(0, 8)}`,
  );
});

test("a topic that rests on the very same voices as one above goes with it, and is told there", async () => {
  const report = await build([
    "delete from segment_topics where topic = 'hours'",
    "insert into segment_topics select * replace ('hours' as topic) from segment_topics where topic = 'parking'",
  ]);
  const [told, ...others] = report.priorities.filter(({ topic, folded }) =>
    [topic, ...folded].some((each) => each === "hours" || each === "parking"),
  );
  expect(others).toEqual([]);
  expect([told?.topic, ...(told?.folded ?? [])].sort()).toEqual(["hours", "parking"]);
  expect(renderWeekly(report).html).toContain("も同じ声によるもので、ここにまとめました。");
});

test("a voice that is hardly about the topic is quoted only where there is no surer one, and says how sure it is", async () => {
  const unsure =
    "update segment_topics set confidence = 0.42, decided_by = 'head' where topic = 'parking'";
  const quotesOf = ({ priorities }: Awaited<ReturnType<typeof build>>) => {
    const parking = priorities.find(({ topic }) => topic === "parking");
    return [...(parking?.quotes ?? []), ...(parking?.moreQuotes ?? [])];
  };
  const doubted = await build([unsure]);
  const [quoted] = quotesOf(doubted);
  expect(quoted?.topicConfidence).toBeCloseTo(0.42);
  expect(renderWeekly(doubted).html).toContain("話題は推定、確信度42%");
  expect(renderPlainText(outlineOf(doubted))).toContain("話題は推定、確信度42%");
  const one = `${ABOUT_PARKING} and segments.received_on >= '2025-07-28' and voice_id != '${quoted?.voiceId}' order by voice_id limit 1`;
  const sureOne = `update segment_topics set confidence = 0.5 where topic = 'parking' and voice_id = (${one})`;
  const mixed = await build([unsure, sureOne]);
  expect(quotesOf(mixed)).toHaveLength(1);
  expect(quotesOf(mixed)[0]?.voiceId).not.toBe(quoted?.voiceId);
  expect(quotesOf(mixed)[0]?.topicConfidence).toBeUndefined();
});

test("what severity 4 is, the rule says in the words of the report's own taxonomy", async () => {
  const report = await build([]);
  const ruleOf = (graveTopics: string[]) => renderWeekly({ ...report, graveTopics }).html;
  expect(ruleOf([])).toContain("お体への害を伝える声のある話題は、1件でも");
  expect(ruleOf(["異物混入", "カビ・腐敗"])).toContain(
    "お体への害を伝える声のある話題と、深刻度4以上の話題（異物混入、カビ・腐敗）は、確かな声が1件でもあれば先に",
  );
  expect(report.graveTopics).toEqual(["食の安全"]);
});
