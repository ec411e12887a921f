import { expect, test } from "vitest";
import { monthOf, weekOf } from "../../pipeline/period.ts";
import { webhookLines } from "../../reports/deliver/webhook-body.ts";
import { deckSlides } from "../../reports/formats/deck-slides.ts";
import { renderMarkdown } from "../../reports/formats/render-text.ts";
import { workbookSheets } from "../../reports/formats/workbook-sheets.ts";
import { buildMonthly } from "../../reports/monthly/build.ts";
import { renderMonthly } from "../../reports/monthly/render-html.ts";
import { outlineOf } from "../../reports/outline/outline-of.ts";
import { warehouseEffects } from "../../reports/read-warehouse.ts";
import { sourceChangeOf, sourceNote, usualSourceChangeOf } from "../../reports/source-change.ts";
import { buildWeekly } from "../../reports/weekly/build.ts";
import { renderWeekly } from "../../reports/weekly/render-html.ts";
import { emptyWarehouse, fillWarehouse, REPORT_INPUT } from "../support/report-warehouse.ts";

const WORDS = { this: "今月", previous: "前月" };

function origins(counts: Readonly<Record<string, number>>) {
  return Object.entries(counts).map(([source, voice_count]) => ({ source, voice_count }));
}

test.each([
  {
    why: "sources with a tenth of the voices each are missed",
    before: { 店頭アンケート: 120, メール: 46, 電話: 30 },
    now: { 電話: 31 },
    note: "前月にあった「店頭アンケート」「メール」の声（166件）が今月はありません。前月と比べた数字は、その影響を受けます。",
  },
  {
    why: "a source that was not there before is told",
    before: { 電話: 31 },
    now: { 電話: 30, メール: 12 },
    note: "前月になかった「メール」の声（12件）が今月はあります。前月と比べた数字は、その影響を受けます。",
  },
  {
    why: "one for another is one sentence",
    before: { 電話: 31, メール: 12 },
    now: { 電話: 30, チャット: 8 },
    note: "前月にあった「メール」の声（12件）が今月はなく、前月になかった「チャット」の声（8件）があります。前月と比べた数字は、その影響を受けます。",
  },
  {
    why: "less than a tenth moves no share by much",
    before: { 電話: 100, メール: 11 },
    now: { 電話: 100 },
    note: "",
  },
  {
    why: "a handful may be absent by chance",
    before: { 電話: 8, メール: 4 },
    now: { 電話: 9 },
    note: "",
  },
  {
    why: "a source that nobody described is called as its files are",
    before: { 電話: 31 },
    now: { 電話: 30, "メール-1a2b3c4d": 12 },
    note: "前月になかった「メール」の声（12件）が今月はあります。前月と比べた数字は、その影響を受けます。",
  },
  { why: "without voices before there is nothing to miss", before: {}, now: { 電話: 9 }, note: "" },
])("$why", ({ before, now, note }) => {
  const change = sourceChangeOf(origins(before), origins(now), new Set(Object.keys(now)));
  expect(sourceNote({ sourceChange: change }, WORDS)).toBe(note);
});

test("a source that brought other lines' voices is there", () => {
  const arrived = new Set(["電話", "メール"]);
  expect(sourceChangeOf(origins({ 電話: 9, メール: 9 }), origins({ 電話: 9 }), arrived)).toBe(null);
});

test.each([
  {
    why: "a source that began a few weeks ago is not of what is usual",
    usual: [
      ["電話", 300, 12],
      ["アプリ", 60, 4],
    ],
    now: { 電話: 30, アプリ: 15 },
    note: "今月の「アプリ」の声（15件）は、いつもの水準のもとになる期間の多くにはありません。いつもと比べた数字は、その影響を受けます。",
  },
  {
    why: "a source that ended a few weeks ago still is of what is usual",
    usual: [
      ["電話", 300, 12],
      ["店頭", 60, 8],
    ],
    now: { 電話: 30 },
    note: "いつもの水準に入っている「店頭」の声（60件）は今月ありません。いつもと比べた数字は、その影響を受けます。",
  },
  {
    why: "both are told",
    usual: [
      ["電話", 300, 12],
      ["店頭", 60, 8],
    ],
    now: { 電話: 30, アプリ: 15 },
    note: "いつもの水準に入っている「店頭」の声（60件）は今月ありません。今月の「アプリ」の声（15件）は、いつもの水準のもとになる期間の多くにはありません。いつもと比べた数字は、その影響を受けます。",
  },
  {
    why: "one that spoke in half of them is",
    usual: [
      ["電話", 300, 12],
      ["アプリ", 60, 6],
    ],
    now: { 電話: 30, アプリ: 15 },
    note: "",
  },
  {
    why: "less than a tenth moves no share by much",
    usual: [
      ["電話", 600, 12],
      ["店頭", 60, 8],
    ],
    now: { 電話: 95, アプリ: 10 },
    note: "",
  },
  { why: "where nothing is usual nothing is missed", usual: [], now: { 電話: 30 }, note: "" },
] as const)("against the usual level, $why", ({ usual, now, note }) => {
  const rows = usual.map(([source, voice_count, period_count]) => ({
    ...{ source, voice_count, period_count },
  }));
  const change = usualSourceChangeOf(rows, 12, {
    now: origins(now),
    arrived: new Set(Object.keys(now)),
  });
  expect(sourceNote({ sourceChange: null, usualSourceChange: change }, WORDS)).toBe(note);
});

test("a change since the period before is told rather than one against the usual level", () => {
  const arrived = new Set(["電話"]);
  const sourceChange = sourceChangeOf(origins({ 電話: 9, 店頭: 9 }), origins({ 電話: 9 }), arrived);
  const rows = [{ source: "店頭", voice_count: 90, period_count: 12 }];
  const usualSourceChange = usualSourceChangeOf(rows, 12, { now: origins({ 電話: 9 }), arrived });
  expect(usualSourceChange).toBeDefined();
  expect(sourceNote({ sourceChange, usualSourceChange }, WORDS)).toMatch(/^前月にあった「店頭」/);
});

/** Half the voices from before a day get a source of their own, which sent nothing from that day on. */
async function endSurvey(connection: Warehouse, day: string): Promise<void> {
  await connection.run(
    `update voices set source = '店頭アンケート' where received_on < '${day}' and hash(voice_id) % 2 = 0`,
  );
}

async function filledWarehouse() {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-05-05", weeks: 13, voicesPerWeek: 120 });
  return connection;
}
type Warehouse = Awaited<ReturnType<typeof filledWarehouse>>;

const MOVED = /増えました|減りました|(上|下)回っています/;

test("where a source is missing the week's headlines tell no change, and every form says why", async () => {
  const connection = await filledWarehouse();
  const effects = warehouseEffects(connection);
  const input = { ...REPORT_INPUT, period: weekOf("2025-08-01") };
  const told = outlineOf(await buildWeekly(effects, input)).sections[0];
  expect(told?.message).toMatch(MOVED);
  await endSurvey(connection, input.period.from);
  const report = await buildWeekly(effects, input);
  const note =
    /前週にあった「店頭アンケート」の声（\d+件）が今週はありません。前週と比べた数字は、その影響を受けます。/;
  const outline = outlineOf(report);
  const lines = webhookLines(outline).lines.slice(1);
  expect(lines[0]).toMatch(note);
  expect(lines.slice(1).join()).not.toMatch(MOVED);
  expect(lines.length).toBeGreaterThan(2);
  expect(outline.sections.find(({ id }) => id === "trend")?.message).toContain("判断できません");
  const { html } = renderWeekly(report);
  expect(html.slice(0, html.indexOf("<ol>"))).toMatch(note);
  expect(renderMarkdown(outline)).toMatch(note);
  expect(JSON.stringify(deckSlides(outline)[0]?.placed)).toMatch(note);
  expect(JSON.stringify(workbookSheets(report, outline)[0])).toMatch(note);
});

test("where a source ended three weeks ago nothing is told against the usual level, and every form says why", async () => {
  const connection = await filledWarehouse();
  const effects = warehouseEffects(connection);
  const input = { ...REPORT_INPUT, period: weekOf("2025-08-01") };
  expect((await buildWeekly(effects, input)).usualSourceChange).toBeUndefined();
  await endSurvey(connection, "2025-07-14");
  const report = await buildWeekly(effects, input);
  expect(report.sourceChange).toBeNull();
  const usual = report.pastSpans?.usual?.periods ?? [];
  const [{ n } = { n: 0 }] = (
    await connection.runAndReadAll(
      `select count(*)::integer as n from voices where source = '店頭アンケート' and strftime(received_on, '%G-W%V') in (${usual.map((name) => `'${name}'`).join()})`,
    )
  ).getRowObjectsJS() as { n: number }[];
  const note = `いつもの水準に入っている「店頭アンケート」の声（${n}件）は今週ありません。いつもと比べた数字は、その影響を受けます。`;
  const outline = outlineOf(report);
  const lines = webhookLines(outline).lines.slice(1);
  expect(lines[0]).toContain(note);
  expect(lines.slice(1).join()).not.toMatch(/いつもの水準を(上|下)回/);
  const { html } = renderWeekly(report);
  expect(html.slice(0, html.indexOf("<ol>"))).toContain(note);
  expect(renderMarkdown(outline)).toContain(note);
});

test("where last year had other sources, the latest weeks are what is usual", async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2024-06-03", weeks: 61, voicesPerWeek: 40 });
  const effects = warehouseEffects(connection);
  const input = { ...REPORT_INPUT, period: weekOf("2025-08-01") };
  expect((await buildWeekly(effects, input)).pastSpans?.usual?.basis).toBe("seasons");
  await endSurvey(connection, "2025-01-06");
  const report = await buildWeekly(effects, input);
  expect(report.pastSpans?.usual?.basis).toBe("recent");
  expect(report.usualSourceChange).toBeUndefined();
});

test("a month whose source is missing says so above what was found", async () => {
  const connection = await filledWarehouse();
  const input = { ...REPORT_INPUT, period: monthOf("2025-07-01") };
  await endSurvey(connection, input.period.from);
  const report = await buildMonthly(warehouseEffects(connection), input);
  const { html } = renderMonthly(report);
  expect(html.slice(0, html.indexOf("<ol>"))).toMatch(
    /今月わかったこと.*前月にあった「店頭アンケート」の声/s,
  );
  expect(webhookLines(outlineOf(report)).lines.slice(2).join()).not.toMatch(MOVED);
});
