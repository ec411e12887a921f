import { expect, test } from "vitest";
import { neverStops } from "../../../pipeline/stop.ts";
import { WEEK_WORDS } from "../../../reports/common-report.ts";
import { renderForm } from "../../../reports/formats/render-form.ts";
import { renderMarkdown, renderPlainText } from "../../../reports/formats/render-text.ts";
import { headlines } from "../../../reports/headlines.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { renderWeekly } from "../../../reports/weekly/render-html.ts";
import type { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { frozenWeekly } from "../../support/frozen-reports.ts";
import { findPython, ReadDeck, ReadWorkbook, readWith } from "../../support/readers.ts";

const python = await findPython();

/** A week of 498 voices after one of 541: its first topic is above the usual level, and no change from the week before can be told. */
function report(): WeeklyReport {
  const frozen = frozenWeekly();
  const [first, second, ...others] = frozen.topics;
  if (first === undefined || second === undefined) throw new Error("no topics on file");
  const values: Record<string, number> = {
    ...{ all: 498, "all-previous": 541, [first.negative]: 44, [first.previousNegative]: 30 },
    ...{ [second.negative]: 17, [second.previousNegative]: 29 },
  };
  const figures = Object.fromEntries(
    Object.entries(frozen.figures).map(([id, figure]) => [
      id,
      { ...figure, value: values[id] ?? figure.value },
    ]),
  );
  const unclear = { word: "unclear" as const, ratio: 1.5933, low: 0.6226, high: 4.3021 };
  const increased = { word: "increased" as const, ratio: 2.422, low: 1.1768, high: 4.4944 };
  const many = { ...unclear, ratio: 0.62, low: 0.21, high: null, because: "many" as const };
  const topics = [
    {
      ...{ ...first, change: unclear },
      usual: { level: 0.0365, low: 0.0232, high: 0.0462, change: increased },
    },
    {
      ...{ ...second, change: many },
      usual: { level: 0.0561, low: 0.0378, high: 0.0727, change: unclear },
      lastYear: { level: 0.04, low: 0.04, high: 0.04, change: unclear },
    },
    ...others,
  ];
  const said = { ...frozen, figures, topics };
  const lines = headlines({ ...said, harm: null }, WEEK_WORDS);
  return { ...said, headlines: lines.map(({ sentence }) => sentence) };
}

const HEADLINE =
  "話題「駐車場」では、ネガティブな声の割合がいつもの水準を上回っています。今週44件・声全体の8.8%（前週30件・5.5%、いつも3.7%）です。前週からは変化とは言えません。";
const SAID = ["前週からは変化とは言えない", "いつもの水準を上回る"];

const wordsOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, "")
    .replace(/[ \n]+/g, " ")
    .trim();

/** The cells of a topic's row of the page, by its name. */
function pageRow(html: string, label: string): string {
  const row = html.split("<tr>").find((each) => each.startsWith(`<th scope="row">${label}</th>`));
  return wordsOf(row ?? "");
}

test("page, mail and Markdown say of a topic against what it has changed, with the same numbers", () => {
  const value = report();
  const { html } = renderWeekly(value);
  const outline = outlineOf(value);
  expect(wordsOf(html)).toContain(HEADLINE);
  expect(pageRow(html, "駐車場")).toBe(
    "駐車場448.8%01前週 30件・5.5%前週からは変化とは言えない1.6倍（0.62〜4.3倍）いつも 3.7%（2.3%〜4.6%）▲ いつもの水準を上回る2.4倍（1.2〜4.5倍）",
  );
  for (const text of [renderMarkdown(outline), renderPlainText(outline)]) {
    expect(text).toContain(HEADLINE);
  }
  const rows = renderMarkdown(outline)
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  expect(rows.find((cells) => cells[1] === "駐車場")?.slice(1, -1)).toEqual([
    ...["駐車場", "44", "0", "1", "8.8%", "30", "5.5%", SAID[0], "1.6（0.62〜4.3）"],
    ...["3.7%（2.3%〜4.6%）", SAID[1], "2.4（1.2〜4.5）", "", "", "", "2"],
  ]);
  const line = renderPlainText(outline)
    .split("\n")
    .find((each) => each.startsWith("駐車場 "));
  expect(line?.split(/ {2,}/)).toEqual([
    "駐車場",
    "44",
    "0",
    "1",
    "8.8%",
    "30",
    SAID[0],
    "3.7%",
    SAID[1],
  ]);
  expect(html).not.toMatch(/>変化とは言えない/);
});

test("the reason for no change stands beside the comparison it is about, in the table and among the priorities", () => {
  const value = report();
  const { html } = renderWeekly(value);
  const markdown = renderMarkdown(outlineOf(value));
  const told = "前週からは変化とは言えない（多くの項目を見比べると、偶然でも出る差です）";
  expect(pageRow(html, "食事・グルメ")).toContain(`前週 29件・5.4%${told}0.62倍（0.21倍以上）`);
  expect(pageRow(html, "食事・グルメ")).toContain("前年 4.0%前年からは変化とは言えない");
  const counts = "ネガティブ：今週17件・声全体の3.4%（前週29件・5.4%、いつも5.6%）";
  expect(wordsOf(html)).toContain(`${counts}　${told}　割合は前週の0.62倍（0.21倍以上）`);
  expect(markdown).toContain(`${counts}　${told}　割合は前週の0.62倍（0.21倍以上）`);
});

test("of fewer than thirty voices no form has a tenth of a percent, or a ratio", () => {
  const few = frozenWeekly();
  const outline = outlineOf(few);
  const texts = [
    wordsOf(renderWeekly(few).html),
    renderMarkdown(outline),
    renderPlainText(outline),
  ];
  for (const text of texts) {
    expect(text).toMatch(/\d%/);
    expect(text.match(/\d\.\d%|\d倍（\d[^）]*倍/g) ?? []).toEqual([]);
  }
});

test.skipIf(python === undefined)(
  "the workbook has the same as numbers, the deck as words, read by openpyxl and python-pptx",
  async () => {
    const value = report();
    const open = async (form: "xlsx" | "pptx") => {
      const input = { report: value, value: "", chromium: undefined, giveUp: neverStops.now };
      const [file] = await renderForm(form, input);
      if (file === undefined || typeof file.contents === "string") throw new Error("no bytes");
      return { ending: form, contents: file.contents };
    };
    const { sheets } = await readWith(python ?? "", await open("xlsx"), ReadWorkbook);
    const [heads = [], first = []] = sheets.find(({ name }) => name === "話題と感情")?.rows ?? [];
    const cells = Object.fromEntries(heads.map(({ value: head }, at) => [head, first[at]]));
    expect(cells).toMatchObject({
      話題: { value: "駐車場" },
      ネガティブ: { value: 44, format: "#,##0" },
      ネガティブの割合: { value: 44 / 498, type: "n", format: "0.0%" },
      前週のネガティブ: { value: 30 },
      前週の割合: { value: 30 / 541, type: "n", format: "0.0%" },
      "変化（対前週）": { value: SAID[0] },
      "倍率（対前週）": { value: 1.5933, format: "0.00" },
      いつもの割合: { value: 0.0365, type: "n", format: "0.0%" },
      いつもの割合の最小: { value: 0.0232, format: "0.0%" },
      "変化（対いつも）": { value: SAID[1] },
      "倍率（対いつも）": { value: 2.422 },
      "倍率（対いつも）の上限": { value: 4.4944 },
    });
    expect(sheets[0]?.rows.map((row) => row[1]?.value)).toContain(HEADLINE);
    const figures = sheets.find(({ name }) => name === "主な数字")?.rows ?? [];
    expect(figures[1]?.at(-1)?.value).toBe("曜日・休日をならした件数の比");
    const { slides } = await readWith(python ?? "", await open("pptx"), ReadDeck);
    const rows = slides.flatMap(({ tables }) => tables.flat());
    expect(rows).toContainEqual(["駐車場", "44", "8.8%", "30", SAID[0], "3.7%", SAID[1]]);
    expect(slides.flatMap(({ texts }) => texts)).toContain(HEADLINE);
  },
);
