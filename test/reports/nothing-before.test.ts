import { beforeAll, expect, test } from "vitest";
import { monthOf, weekOf } from "../../pipeline/period.ts";
import { deckSlides } from "../../reports/formats/deck-slides.ts";
import { renderMarkdown, renderPlainText } from "../../reports/formats/render-text.ts";
import { buildMonthly } from "../../reports/monthly/build.ts";
import { renderMonthly } from "../../reports/monthly/render-html.ts";
import { outlineOf } from "../../reports/outline/outline-of.ts";
import { warehouseEffects } from "../../reports/read-warehouse.ts";
import { buildWeekly } from "../../reports/weekly/build.ts";
import { renderWeekly } from "../../reports/weekly/render-html.ts";
import { emptyWarehouse, fillWarehouse } from "../support/report-warehouse.ts";

const INPUT = {
  revision: 1,
  taxonomy: "tourism",
  taxonomyVersion: 1,
  epoch: 1,
  asOf: "2025-08-20",
  title: "北陸観光の声",
  expectedSources: [],
  earlier: [],
  exposure: {
    kind: "place" as const,
    unit: "人",
    sha256: "0".repeat(64),
    lines: [{ subject: "兼六園", from: "2025-05-01", until: "2025-08-01", units: 900_000 }],
  },
};

let effects: ReturnType<typeof warehouseEffects>;
/** Voices from the second of June to the third of August. */
beforeAll(async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 60 });
  effects = warehouseEffects(connection);
});

const COMPARED = /前[月週] |増えた\s|▲|\d件（前|変化とは言えない/;

test("a first month is compared with nothing, in no form", async () => {
  const report = await buildMonthly(effects, { ...INPUT, period: monthOf("2025-06-01") });
  expect(report.keyFigures[0]?.change).toMatchObject({ word: "nothing-before", low: null });
  expect(report.exposure?.rows[0]).toMatchObject({
    previousRate: null,
    change: { word: "nothing-before" },
  });
  const outline = outlineOf(report);
  expect(renderPlainText(outline)).toMatch(/\n声 +\d+ +比べる期間に声がない\n/);
  for (const text of [renderMonthly(report).html, renderMarkdown(outline)]) {
    expect(text).not.toMatch(COMPARED);
  }
  const [figures, topics] = ["figures", "topics"].map((id) =>
    outline.sections.find((section) => section.id === id),
  );
  for (const section of [figures, topics]) {
    const [table] = section?.blocks ?? [];
    if (table?.type !== "table") throw new Error("no table");
    const column = table.columns.findIndex(({ title }) => title.startsWith("前月の"));
    expect(new Set(table.rows.map((cells) => cells[column]))).toEqual(new Set([null]));
  }
});

test("a first week is compared with nothing, in no form", async () => {
  const report = await buildWeekly(effects, { ...INPUT, period: weekOf("2025-06-04") });
  expect(report.priorities.length).toBeGreaterThan(0);
  for (const text of [renderWeekly(report).html, renderMarkdown(outlineOf(report))]) {
    expect(text).not.toMatch(COMPARED);
  }
});

test("the second week is compared with the first", async () => {
  const report = await buildWeekly(effects, { ...INPUT, period: weekOf("2025-06-11") });
  expect(report.keyFigures[0]?.change?.word).toBe("unclear");
  expect(renderWeekly(report).html).toMatch(/<p class="small">前週 <a[^>]*>\d+<\/a>件/);
});

test("where the data begins within the period before, no change is claimed, and every form says why", async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 60 });
  await connection.run(
    "create temp table early as select voice_id from voices where received_on < '2025-06-19'; delete from segments where voice_id in (from early); delete from voices where voice_id in (from early)",
  );
  const begun = warehouseEffects(connection);
  const month = await buildMonthly(begun, { ...INPUT, period: monthOf("2025-07-01") });
  expect(month.keyFigures[0]?.change).toMatchObject({ word: "begun-before", ratio: null });
  expect(month.exposure?.rows[0]).toMatchObject({ change: { word: "begun-before" } });
  const week = await buildWeekly(begun, { ...INPUT, period: weekOf("2025-06-25") });
  const said: [text: string, note: string][] = [
    [renderMonthly(month).html, "前月は6月19日（木）からのデータですので"],
    [renderMarkdown(outlineOf(month)), "前月は6月19日（木）からのデータですので"],
    [renderWeekly(week).html, "前週は6月19日（木）からのデータですので"],
    [renderMarkdown(outlineOf(week)), "前週は6月19日（木）からのデータですので"],
  ];
  for (const [text, note] of said) {
    expect(/前.は[^。]*からのデータですので/.exec(text)?.[0]).toBe(note);
    expect(/.{0,30}(増えた\s|▲|▼|変化とは言えない[^」]).{0,30}/.exec(text)?.[0]).toBeUndefined();
  }
  const next = await buildWeekly(begun, { ...INPUT, period: weekOf("2025-07-02") });
  expect(next.keyFigures[0]?.change?.word).toBe("unclear");
});

test("a week without voices has the voices of a usual week, and no share of nothing", async () => {
  const report = await buildWeekly(effects, { ...INPUT, period: weekOf("2025-08-06") });
  expect(report.keyFigures[1]).toMatchObject({ share: null, usual: { high: expect.any(Number) } });
  const [, key = ""] = renderWeekly(report).html.split('<section class="key"');
  const [cards = ""] = key.split("</section>");
  expect(cards.match(/いつも \d+件/g)).toHaveLength(1);
  expect(cards.split("<h2>")[1]).toMatch(/いつも \d\d件/);
  expect(cards).not.toContain("比べる期間に声がない");
  const markdown = renderMarkdown(outlineOf(report));
  expect(markdown).not.toContain("比べる期間に声がない");
  expect(markdown).not.toMatch(/^## [^\n]*\s+(## |(?![\s\S]))/m);
  expect(markdown).not.toContain("## 見出し");
});

test("where past weeks are too few to look for early signals, no slide speaks of them", async () => {
  const report = await buildWeekly(effects, { ...INPUT, period: weekOf("2025-06-11") });
  expect(report.signals).toMatchObject({ isTested: false, rows: [] });
  const words = (each: typeof report) => JSON.stringify(deckSlides(outlineOf(each)));
  expect(words(report)).not.toContain("早期の兆し");
  expect(words(report)).not.toContain("まだ調べていません");
  const signals = report.signals === null ? null : { ...report.signals, isTested: true };
  expect(words({ ...report, signals })).toMatch(/載せるものがなかった項目：[^"]*早期の兆し/);
});
