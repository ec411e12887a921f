import { beforeAll, expect, test } from "vitest";
import { weekOf } from "../../../pipeline/period.ts";
import { figureOf } from "../../../reports/figure.ts";
import { renderMarkdown } from "../../../reports/formats/render-text.ts";
import { workbookSheets } from "../../../reports/formats/workbook-sheets.ts";
import { type ChangesSince, Correction, correctionOf } from "../../../reports/frozen/correction.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { correctionSentence } from "../../../reports/page/correction-section.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import { buildWeekly } from "../../../reports/weekly/build.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import type { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { emptyWarehouse, fillWarehouse } from "../../support/report-warehouse.ts";

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
const SECOND = { ...INPUT, revision: 2, asOf: "2025-08-10" };

let effects: ReturnType<typeof warehouseEffects>;
let first: WeeklyReport;
beforeAll(async () => {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 60 });
  effects = warehouseEffects(connection);
  first = await buildWeekly(effects, INPUT);
  await connection.run("delete from segment_topics where topic = 'parking' and segment_id % 2 = 0");
});

test("a second revision names the figures that changed, before and after, and the day of the first", async () => {
  const second = await buildWeekly(effects, { ...SECOND, earlier: [first] });
  const count = (report: WeeklyReport, id: string) => report.figures[id]?.value;
  expect(second.correction).toMatchObject({ revision: 1, asOf: "2025-08-04", omitted: 0 });
  expect(second.correction?.lines).toContainEqual({
    label: "「駐車場」のネガティブな声",
    before: { count: count(first, "parking-negative"), share: null },
    after: { count: count(second, "parking-negative"), share: null },
    reasons: [[expect.objectContaining({ causes: ["unknown"], added: 0 })]],
  });
  expect(second.correction?.lines.map(({ label }) => label)).toEqual([
    "話題の付かなかった声",
    "「駐車場」のネガティブな声",
  ]);
  const { html } = renderWeekly(second);
  expect(html).toContain("2025年 第31週 第2版");
  expect(html).toContain("<h2>訂正</h2>");
  expect(html).toContain("第1版（2025年8月4日（月）作成）から変わった数字です。");
});

test("a first revision is not called one and corrects nothing", () => {
  const { html } = renderWeekly(first);
  expect(html).not.toContain("第1版");
  expect(html).not.toContain("訂正");
});

test("a second revision says so where the first cannot be read", async () => {
  const { html } = renderWeekly(await buildWeekly(effects, SECOND));
  expect(html).toContain("前の版は古い形式で保存されているため、この版との違いを示せません。");
});

test("a topic without any voice in the second revision is corrected to zero", () => {
  const [line] = first.topics;
  const correction = correctionOf([first], { ...first, topics: first.topics.slice(1) });
  expect(correction?.lines).toMatchObject([
    {
      label: `「${line?.label}」のネガティブな声`,
      before: { count: first.figures[line?.negative ?? ""]?.value, share: null },
      after: { count: 0, share: null },
    },
  ]);
});

test("of each revision that somebody may hold it is said what came since, and whether it counts the same", () => {
  const said = { tags: { fixed: 1, confirmed: 0, undone: 0 } };
  const older = { ...first, revision: 1, topics: [] };
  const before = { ...first, revision: 2 };
  const textOf = (changes: ChangesSince[], after: WeeklyReport = first) => {
    const correction = correctionOf([older, before], after, changes);
    return renderMarkdown(outlineOf({ ...after, revision: 3, correction }));
  };
  const since = (revisions: string) => `${revisions}のあとに、人がタグを直した文が1件あります。`;
  expect(textOf([said, {}])).toContain(
    `第1版をお持ちの方へ。${since("第1版")}第2版をお持ちの方へ。比べた数字は、すべて同じです。`,
  );
  const changed = { ...first, topics: first.topics.slice(1) };
  expect(textOf([said, said], changed)).toContain(since("第1版・第2版"));
  expect(textOf([said, said], changed)).not.toContain("すべて同じ");
});

test("an older value says what came since of the oldest revision that it compares", () => {
  const { since: _since, ...said } = correctionOf([first, { ...first, revision: 2 }], first) ?? {};
  const correction = Correction.parse({ ...said, readAnew: true, withdrawn: 2 });
  const { html } = renderWeekly({ ...first, revision: 3, correction });
  expect(html).toContain("第1版のあとに、声を読み取る仕組みが新しくなりました。");
  expect(html).toContain("第1版のあとに、気づき2件が取り下げられました。");
});

test("praise that changed is listed as well", () => {
  const [line] = first.topics.filter(({ positive }) => figureOf(first.figures, positive).value > 0);
  const figure = figureOf(first.figures, line?.positive ?? "");
  const figures = { ...first.figures, [figure.id]: { ...figure, value: figure.value + 1 } };
  expect(correctionOf([first], { ...first, figures })?.lines).toMatchObject([
    {
      label: `「${line?.label}」のポジティブな声`,
      before: { count: figure.value, share: null },
      after: { count: figure.value + 1, share: null },
    },
  ]);
});

test("topics of two taxonomies are not compared", () => {
  const previous = { ...first, taxonomy: "food-maker", topics: [] };
  expect(correctionOf([previous], first)?.lines).toEqual([]);
});

test("a correction has all that changed: the page opens twelve lines, the sentence names three, the workbook lists them", () => {
  const topics = Array.from({ length: 20 }, (_, index) =>
    first.topics.slice(0, 1).map((line) => ({ ...line, topic: `t${index}` })),
  ).flat();
  const correction = correctionOf([{ ...first, topics }], { ...first, topics: [] });
  expect(correction?.lines).toHaveLength(20);
  expect(correction?.omitted).toBe(0);
  const second = { ...first, revision: 2, correction };
  const { html } = renderWeekly(second);
  expect(html).toContain("から変わった数字です（全20項目、紙にはそのうち12項目）。");
  expect(html.split("<summary>ほかに8項目</summary>")).toHaveLength(2);
  const section = outlineOf(second).sections.find(({ id }) => id === "correction");
  expect(section?.sheet?.rows).toHaveLength(20);
  expect(JSON.stringify(section?.blocks)).toContain(
    "ほかの8項目は、画面の報告書と Excel の「訂正」に",
  );
  expect(correctionSentence(second)).toContain("、ほか17項目（画面の報告書と Excel の「訂正」に");
  const sheet = workbookSheets(second, outlineOf(second)).find(({ name }) => name === "訂正");
  expect(sheet?.columns.map(({ title }) => title)).toEqual([
    ...["数字", "第1版の件数", "第1版の割合", "第2版の件数", "第2版の割合", "わけ"],
  ]);
});

test("a second revision says that confidence was calibrated between the two, and only then", async () => {
  const calibration = [{ head: "kind", offset: -1, judged: 100, on: "2025-08-05" }];
  const second = await buildWeekly(effects, { ...SECOND, calibration, earlier: [first] });
  expect(renderWeekly(second).html).toContain("機械の確信度の校正が変わりました。");
  const third = { ...SECOND, revision: 3, calibration, earlier: [second] };
  expect(renderWeekly(await buildWeekly(effects, third)).html).not.toContain("校正が変わりました");
});

test("a second revision says that the voices were read anew between the two, and only then", () => {
  const htmlOf = (after: WeeklyReport) =>
    renderWeekly({ ...after, revision: 2, correction: correctionOf([first], after) }).html;
  const told = "第1版のあとに、声を読み取る仕組みが新しくなりました。";
  expect(htmlOf({ ...first, epoch: first.epoch + 1 })).toContain(told);
  expect(htmlOf(first)).not.toContain("仕組みが新しく");
});

test("voices that came since are told by file, and those that went", async () => {
  const [source] = first.completeness.sources;
  const { figure: id = "" } = source ?? {};
  const figure = first.figures[id];
  if (figure === undefined) throw new Error("no source");
  const other = (late: readonly string[], gone = 0): WeeklyReport => {
    const voiceIds = [...late, ...figure.voiceIds.slice(gone)];
    const value = figure.value + late.length - gone;
    return { ...first, figures: { ...first.figures, [id]: { ...figure, value, voiceIds } } };
  };
  const html = (after: WeeklyReport) => {
    const correction = correctionOf([first], after);
    return renderWeekly({ ...after, revision: 2, correction }).html;
  };
  const late = "第1版のあとに届いた声";
  expect(html(other(["a", "b", "c"]))).toContain(`${late}（${source?.file} 3件）を加えました。`);
  const gone = `第1版にあった声（${source?.file} 3件）は、消去されたか、日付が`;
  expect(html(other([], 3))).toContain(gone);
  const both = html(other(["a", "b"], 3));
  expect(both).toContain(`${late}（${source?.file} 2件）`);
  expect(both).toContain(gone);
  expect(html(first)).not.toContain("第1版のあとに");
});

test("a figure whose count is the same is said to differ in its share only", async () => {
  const keyFigures = first.keyFigures.map((line) =>
    line.share === null ? line : { ...line, share: { ...line.share, value: line.share.value / 2 } },
  );
  const after = { ...first, keyFigures };
  const correction = correctionOf([first], after);
  const { html } = renderWeekly({ ...after, revision: 2, correction });
  expect(html).toContain("割合だけの違い");
});

test("a topic of an older revision with another taxonomy is not compared", () => {
  const [line] = first.topics;
  const older = { ...first, revision: 1, taxonomy: "food-maker" };
  const before = { ...first, revision: 2 };
  const after = { ...first, topics: first.topics.slice(1) };
  expect(correctionOf([older, before], after)?.lines).toMatchObject([
    { label: `「${line?.label}」のネガティブな声`, older: [null], after: { count: 0 } },
  ]);
});

test("voices of bodily harm stand first, and an older pipeline that did not look is not said to have found none", () => {
  const harm = { ...figureOf(first.figures, "all"), id: "harm", value: 2 };
  const second = { ...first, figures: { ...first.figures, harm }, topics: [] };
  const [line] = correctionOf([first], second)?.lines ?? [];
  expect(line).toMatchObject({
    label: "お体への害を伝える声",
    before: { count: 0, share: null },
    after: { count: 2, share: null },
  });
  const older = correctionOf([{ ...first, epoch: 0 }], second)?.lines ?? [];
  expect(older.map(({ label }) => label)).not.toContain("お体への害を伝える声");
});
