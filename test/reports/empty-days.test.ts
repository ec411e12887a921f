import { expect, test } from "vitest";
import { emptyDaysText } from "../../reports/empty-days.ts";
import { deckSlides } from "../../reports/formats/deck-slides.ts";
import { renderMarkdown } from "../../reports/formats/render-text.ts";
import { renderMonthly } from "../../reports/monthly/render-html.ts";
import { outlineOf } from "../../reports/outline/outline-of.ts";
import { renderWeekly } from "../../reports/weekly/render-html.ts";
import { frozenMonthly, frozenWeekly } from "../support/frozen-reports.ts";

function without<Report extends ReturnType<typeof frozenWeekly | typeof frozenMonthly>>(
  report: Report,
  emptyDays: string[],
): Report {
  return { ...report, completeness: { ...report.completeness, emptyDays } };
}

test.each([
  { days: [], text: "" },
  { days: ["2026-01-05"], text: "1月5日は声がありません。" },
  {
    days: ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-01-09"],
    text: "1月1日〜4日、1月9日は声がありません。",
  },
  { days: ["2025-12-31", "2026-01-01"], text: "12月31日〜1月1日は声がありません。" },
  {
    days: ["2026-01-01", "2026-01-03", "2026-01-05", "2026-01-07"],
    text: "声のない日が4日あります。",
  },
])("of $days.length days: $text", ({ days, text }) => {
  expect(emptyDaysText(without(frozenWeekly(), days))).toBe(text);
});

test("where the number of voices is said to have shrunk, voices may only not have arrived", () => {
  const report = without(frozenWeekly(), ["2025-07-28"]);
  const change = { word: "decreased", ratio: 0.5, low: 0.4, high: 0.6 } as const;
  const keyFigures = report.keyFigures.map((line) =>
    line.measure === "all" ? { ...line, change } : line,
  );
  expect(emptyDaysText({ ...report, keyFigures })).toBe(
    "7月28日は声がありません。届いていない声があれば、減り方はこれより小さくなります。",
  );
  expect(emptyDaysText({ ...leavingOut(report, ["2025-07-28"]), keyFigures })).toBe(
    `7月28日は声がありません。${LEFT_OUT}`,
  );
});

const LEFT_OUT = "増減は、その日を除いて比べました。";

function leavingOut(report: ReturnType<typeof frozenWeekly>, leftOut: string[]) {
  const { pastSpans } = report;
  return { ...report, pastSpans: pastSpans === null ? null : { ...pastSpans, leftOut } };
}

test("days of the week before that are not compared are named too", () => {
  const report = leavingOut(without(frozenWeekly(), []), ["2025-07-21", "2025-07-22"]);
  expect(emptyDaysText(report)).toBe(`前週の7月21日〜22日は声がありません。${LEFT_OUT}`);
});

const DAYS = ["2025-07-28", "2025-07-29"];
const SAID = "7月28日〜29日は声がありません。";

test.each([
  { job: "weekly", html: renderWeekly(without(frozenWeekly(), DAYS)).html },
  { job: "monthly", html: renderMonthly(without(frozenMonthly(), DAYS)).html },
])("the $job page says it in the card of the number of voices", ({ html }) => {
  const [, card = ""] = html.split('<div class="card">');
  expect(card).toContain(`<p class="small">${SAID}</p>`);
});

test("text and slides say it below the numbers", () => {
  const outline = outlineOf(without(frozenWeekly(), DAYS));
  expect(renderMarkdown(outline)).toMatch(new RegExp(`## 主な数字[^#]*${SAID}`));
  expect(JSON.stringify(deckSlides(outline)[0]?.placed)).toContain(SAID);
});
