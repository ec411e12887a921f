import { expect, test } from "vitest";
import { formatPercent, formatRatio } from "../../../reports/format-japanese.ts";
import { renderMarkdown, renderPlainText } from "../../../reports/formats/render-text.ts";
import { workbookSheets } from "../../../reports/formats/workbook-sheets.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { shareOf } from "../../../reports/statistics/share.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import { frozenWeekly } from "../../support/frozen-reports.ts";

/** Rounds the decimal digits, as a workbook with the format 0.0% does. */
const inWorkbook = new Intl.NumberFormat("en", {
  style: "percent",
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});

const percentsIn = (text: string): Set<string> => new Set(text.match(/\d+\.\d%/g));

test.each([
  { what: "four digits, half way", share: { value: 0.6305, low: 0.5865, high: 0.6635 } },
  { what: "four digits, half way, small", share: { value: 0.0145, low: 0.0005, high: 0.0285 } },
  { what: "314 of 498", share: shareOf(314, 498) },
  { what: "1261 of 2000", share: shareOf(1261, 2000) },
  { what: "1 of 16", share: shareOf(1, 16) },
])("a share of $what is the same on the page, in words and in the workbook", ({ share }) => {
  const report = frozenWeekly();
  const keyFigures = report.keyFigures.map((line) =>
    line.measure === "negative" ? { ...line, share } : line,
  );
  // Of so many voices that tenths of a percent are told.
  const figures = Object.fromEntries(
    Object.entries(report.figures).map(([id, figure]) => [
      id,
      id.startsWith("all") ? { ...figure, value: 2000 } : figure,
    ]),
  );
  const trend = report.trend.map((point) => ({
    ...point,
    voices: point.voices * 9,
    negative: point.negative * 7,
  }));
  const told = { ...report, keyFigures, figures, trend };
  const outline = outlineOf(told);
  const cells = workbookSheets(told, outline).flatMap(({ columns, rows }) =>
    rows.flatMap((row) => row.filter((_, index) => columns[index]?.kind === "share")),
  );
  const shown = cells.flatMap((cell) =>
    typeof cell === "number" ? [inWorkbook.format(cell)] : [],
  );
  const { value, low, high } = share ?? { value: 0, low: 0, high: 0 };
  const expected = [value, low, high].map((each) => inWorkbook.format(each));
  expect(shown).toEqual(expect.arrayContaining(expected));
  const page = percentsIn(renderWeekly(told).html);
  expect(expected.filter((percent) => !page.has(percent))).toEqual([]);
  const inTrend = workbookSheets(told, outline)
    .find(({ name }) => name === "推移")
    ?.rows.map((row) => row[4]);
  expect(inTrend?.length).toBeGreaterThan(10);
  for (const cell of inTrend ?? [])
    if (typeof cell === "number") expect(page).toContain(inWorkbook.format(cell));
  for (const words of [renderMarkdown(outline), renderPlainText(outline)]) {
    expect(percentsIn(words)).toContain(inWorkbook.format(value));
  }
});

test("every share of up to 400 voices and every share of four digits is rounded as a workbook rounds it", () => {
  const shares = Array.from({ length: 400 }, (_, whole) =>
    Array.from({ length: whole + 2 }, (_, part) => part / (whole + 1)),
  ).flat();
  const digits = Array.from({ length: 10_001 }, (_, part) => part / 10_000);
  const other = [...shares, ...digits].filter(
    (share) => formatPercent(share) !== inWorkbook.format(share),
  );
  expect(other).toEqual([]);
});

test("a change of a half goes up, too", () => {
  expect([1.15, 1.45, 2.35, 8.25].map(formatRatio)).toEqual(["1.2", "1.5", "2.4", "8.3"]);
});
