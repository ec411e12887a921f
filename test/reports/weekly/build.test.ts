import { beforeAll, expect, test } from "vitest";
import { weekOf } from "../../../pipeline/period.ts";
import { figureOf } from "../../../reports/figure.ts";
import { canonicalJson } from "../../../reports/frozen/canonical-json.ts";
import { pasteableSql, rowCondition } from "../../../reports/frozen/pasteable-sql.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { plainText } from "../../../reports/sentence.ts";
import { buildWeekly } from "../../../reports/weekly/build.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { emptyWarehouse, fillWarehouse, insert } from "../../support/report-warehouse.ts";

const SHAPE = { from: "2025-05-05", weeks: 13, voicesPerWeek: 120 };
const INPUT = {
  period: weekOf("2025-08-01"),
  revision: 1,
  taxonomy: "tourism",
  taxonomyVersion: 1,
  epoch: 1,
  asOf: "2025-08-04",
  title: "北陸観光の声",
  expectedSources: [],
  earlier: [],
};

let connection: Awaited<ReturnType<typeof emptyWarehouse>>;
let report: WeeklyReport;
beforeAll(async () => {
  connection = await emptyWarehouse();
  await fillWarehouse(connection, SHAPE);
  report = await buildWeekly(warehouseEffects(connection), INPUT);
});

test("a value read back from its JSON is the same value", () => {
  expect(WeeklyReport.parse(JSON.parse(canonicalJson(report)))).toEqual(report);
});

test("the same content in another warehouse gives the same bytes", async () => {
  const other = await emptyWarehouse();
  await fillWarehouse(other, SHAPE);
  await other.run("set threads = 1");
  expect(canonicalJson(await buildWeekly(warehouseEffects(other), INPUT))).toBe(
    canonicalJson(report),
  );
});

test("each number is the number of voices in its list, and each voice is in the value", () => {
  for (const figure of Object.values(report.figures)) {
    expect(figure.voiceIds).toHaveLength(figure.value);
    expect(new Set(figure.voiceIds).size).toBe(figure.value);
    for (const id of figure.voiceIds) expect(report.voices[id]).toBeDefined();
  }
});

test("a held-back segment is in the count of all voices and in its own, in no polarity's and in no quote", () => {
  const figureIds = (id: string) => figureOf(report.figures, id).voiceIds;
  const held = Object.entries(report.voices).filter(([id, voice]) => {
    return figureIds("all").includes(id) && voice.segments.some((each) => each.sentiment === null);
  });
  expect(held.length).toBeGreaterThan(3);
  expect(held.map(([id]) => id).sort()).toEqual([...figureIds("no_verdict")].sort());
  const nothingElse = held.filter(([, { segments }]) => segments.length === 1).map(([id]) => id);
  expect(figureIds("negative").filter((id) => nothingElse.includes(id))).toEqual([]);
  const quotes = report.priorities.flatMap((priority) => [
    ...priority.quotes,
    ...priority.moreQuotes,
  ]);
  for (const { voiceId, start } of [...quotes, ...report.praise]) {
    const quoted = report.voices[voiceId]?.segments.find((each) => each.start === start);
    expect(quoted?.sentiment).not.toBe(null);
  }
  expect(renderWeekly(report).html).toContain("判定保留の文を含む声</dt><dd><a");
});

test("the lists are newest first", () => {
  for (const { voiceIds } of Object.values(report.figures)) {
    const days = voiceIds.map((id) => report.voices[id]?.receivedOn ?? "");
    expect(days).toEqual([...days].sort().reverse());
  }
});

test("the SQL shown beside a number, pasted into DuckDB, gives that number", async () => {
  for (const id of ["all", "negative-previous", "parking-negative", "source-1", "term-1"]) {
    const figure = figureOf(report.figures, id);
    const [variables = "", statement = ""] = pasteableSql(figure, report.questions).split(/;\n\n/);
    await connection.run(`${variables};`);
    const answer = await connection.runAndReadAll(
      `select voice_count from (${statement.trimEnd().replace(/;$/, "")}) where ${rowCondition(figure)}`,
    );
    expect(answer.getRowsJS(), id).toEqual([[figure.value]]);
  }
});

test("the planted trouble with parking is the first headline and the first priority", () => {
  expect(plainText(report.headlines[0] ?? [])).toContain(
    "話題「駐車場」では、ネガティブな声の割合が前週から増えました。今週24件・声全体の17.9%（前週5件・4.6%、いつも6.8%）です。いつもの水準も上回っています。",
  );
  expect(report.priorities[0]?.topic).toBe("parking");
});

test("a planted word is listed as rising, its fragments are not", () => {
  const terms = report.risingTerms.rows.map(({ term }) => term);
  expect(terms).toContain("駐車場");
  expect(terms).not.toContain("バス");
});

test("quotes of a topic come from different days and places, and no words are quoted twice", () => {
  for (const { quotes, moreQuotes } of report.priorities) {
    const voices = [...quotes, ...moreQuotes].map(({ voiceId }) => report.voices[voiceId]);
    expect(new Set(voices.map((voice) => voice?.receivedOn)).size).toBe(voices.length);
    expect(new Set(voices.map((voice) => voice?.place)).size).toBe(voices.length);
  }
  const texts = [...report.priorities.flatMap((item) => [...item.quotes, ...item.moreQuotes])]
    .concat(report.praise)
    .map(({ voiceId }) => report.voices[voiceId]?.text);
  expect(new Set(texts).size).toBe(texts.length);
});

test("a day without a voice is named, a day that is not over is not", async () => {
  expect(report.completeness.emptyDays).toEqual(["2025-07-30"]);
  const midweek = await buildWeekly(warehouseEffects(connection), { ...INPUT, asOf: "2025-07-30" });
  expect(midweek.completeness.emptyDays).toEqual([]);
});

test.each([
  { asOf: "2025-08-06", provisional: true },
  { asOf: "2025-08-07", provisional: false },
])("on $asOf the week of August 3 being 速報 is $provisional", async ({ asOf, provisional }) => {
  const made = await buildWeekly(warehouseEffects(connection), { ...INPUT, asOf });
  expect(made.provisional).toBe(provisional);
});

test.each([
  {
    why: "all have come: 確定 as soon as the week has ended",
    asOf: "2025-08-04",
    expectedSources: ["hokuriku"],
    provisional: false,
  },
  {
    why: "all have come, but the week has not ended",
    asOf: "2025-08-03",
    expectedSources: ["hokuriku"],
    provisional: true,
  },
  {
    why: "one is late: three days are waited",
    asOf: "2025-08-06",
    expectedSources: ["hokuriku", "letters"],
    provisional: true,
  },
  {
    why: "one is late, and the three days are over",
    asOf: "2025-08-07",
    expectedSources: ["hokuriku", "letters"],
    provisional: false,
  },
])("expected sources, $why", async ({ asOf, expectedSources, provisional }) => {
  const input = { ...INPUT, asOf, expectedSources };
  const made = await buildWeekly(warehouseEffects(connection), input);
  expect(made.provisional).toBe(provisional);
});

test("each expected source is 届いた or まだ, by the voices received in the period", async () => {
  const input = { ...INPUT, expectedSources: ["letters", "hokuriku"] };
  const made = await buildWeekly(warehouseEffects(connection), input);
  expect(made.completeness.expected).toEqual([
    { source: "letters", hasArrived: false },
    { source: "hokuriku", hasArrived: true },
  ]);
  const { html } = renderWeekly(made);
  expect(html).toContain("<p>letters　<b>まだ届いていません</b></p><p>hokuriku　届きました</p>");
  const later = { ...input, period: weekOf("2026-01-10"), asOf: "2026-02-01" };
  const empty = await buildWeekly(warehouseEffects(connection), later);
  expect(empty.completeness.expected.map(({ hasArrived }) => hasArrived)).toEqual([false, false]);
});

test("気づき on an older voice is 追加 until a frozen report has shown it", async () => {
  expect(report.awareness.current.length).toBeGreaterThan(0);
  expect(report.awareness.added).toHaveLength(1);
  const freeze = (period: string, revision: number, text: string) =>
    insert(connection, "frozen_reports", [
      { job: "weekly", period, revision, made_at: "2025-07-28 00:00:00+00", piece: 0, text },
    ]);
  const shown = JSON.stringify({
    awarenessShown: report.awareness.added.map((note) => note.awarenessId),
  });
  await freeze("2025-W30", 1, "{}");
  await freeze("2025-W30", 2, shown);
  const next = await buildWeekly(warehouseEffects(connection), INPUT);
  expect(next.awareness.added).toEqual([]);
  expect(next.awareness.current).toEqual(report.awareness.current);
});

test("a period without a voice gives a report that says so", async () => {
  const empty = await buildWeekly(warehouseEffects(connection), {
    ...INPUT,
    period: weekOf("2026-01-10"),
    asOf: "2026-02-01",
  });
  expect(empty.headlines).toEqual([]);
  expect(empty.topics).toEqual([]);
  expect(figureOf(empty.figures, "all").value).toBe(0);
  expect(empty.completeness.unreadTotal).toBe(3);
});
