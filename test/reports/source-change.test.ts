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
import { sourceChangeOf, sourceNote } from "../../reports/source-change.ts";
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
  { why: "without voices before there is nothing to miss", before: {}, now: { 電話: 9 }, note: "" },
])("$why", ({ before, now, note }) => {
  const change = sourceChangeOf(origins(before), origins(now), new Set(Object.keys(now)));
  expect(sourceNote(change, WORDS)).toBe(note);
});

test("a source that brought other lines' voices is there", () => {
  const arrived = new Set(["電話", "メール"]);
  expect(sourceChangeOf(origins({ 電話: 9, メール: 9 }), origins({ 電話: 9 }), arrived)).toBe(null);
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
