import { expect, test } from "vitest";
import { figureOf } from "../../../reports/figure.ts";
import { renderPlainText } from "../../../reports/formats/render-text.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import { frozenMonthly, frozenWeekly } from "../../support/frozen-reports.ts";

const report = frozenWeekly();
const all = figureOf(report.figures, "all");

test("of topics that are spoken of without praise or blame no chart is drawn, and none is called the most frequent", () => {
  const neutral = {
    ...report,
    figures: { ...report.figures, none: { ...all, value: 0, voiceIds: [] } },
    topics: report.topics.map((line) => ({ ...line, negative: "none", positive: "none" })),
  };
  const { html } = renderWeekly(neutral);
  expect(html).toContain("話題の付いた声は、どれも中立です。");
  expect(html).not.toContain("話題ごとの声の件数</b>");
  const topics = outlineOf(neutral).sections.find(({ id }) => id === "topics");
  expect(topics?.message).toBe("話題の付いた声は、どれも中立です");
});

test("where one sentiment only was heard, the heading names its topic alone", () => {
  const blamed = {
    ...report,
    figures: { ...report.figures, none: { ...all, value: 0, voiceIds: [] } },
    topics: report.topics.map((line) => ({ ...line, positive: "none" })),
  };
  const topics = outlineOf(blamed).sections.find(({ id }) => id === "topics");
  expect(topics?.message).toMatch(
    /^最も多い話題は、ネガティブが「[^」]+」（\d+件(、[^）]+も同数)?）です$/,
  );
});

test("of nine voices the page gives numbers, of ten shares", () => {
  const of = (value: number) =>
    renderWeekly({ ...report, figures: { ...report.figures, all: { ...all, value } } }).html;
  expect(of(9)).toContain("声9件のうち");
  expect(of(9)).not.toContain("偶然でぶれる幅 ");
  expect(of(10)).toContain("偶然でぶれる幅 ");
});

test.each([
  { job: "weekly", whole: report },
  { job: "monthly", whole: frozenMonthly() },
])("of nine voices no other form of a $job report gives shares either", ({ whole }) => {
  const told = (value: number) => {
    const counted = { ...all, value };
    const figures = { ...whole.figures, all: counted, "all-previous": counted };
    const trend = whole.trend.map((point) => ({ ...point, voices: value }));
    const { sections, ...head } = outlineOf({ ...whole, figures, trend });
    // The lines were written when the value was made.
    const made = new Set(["headlines", "definitions", "priorities"]);
    const text = renderPlainText({ ...head, sections: sections.filter(({ id }) => !made.has(id)) });
    return text.match(/[\d.]+%/g) ?? [];
  };
  expect(told(9)).toEqual([]);
  expect(told(10).length).toBeGreaterThan(3);
});
