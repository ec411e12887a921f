import { describe, expect, test } from "vitest";
import { neverStops } from "../../../pipeline/stop.ts";
import { Form } from "../../../reports/formats/form.ts";
import { printPdf } from "../../../reports/formats/print-pdf.ts";
import { renderForm } from "../../../reports/formats/render-form.ts";
import { renderMonthly } from "../../../reports/monthly/render-html.ts";
import type { AnyReport } from "../../../reports/outline/outline-of.ts";
import { plainText } from "../../../reports/sentence.ts";
import { frozenMonthly, frozenWeekly, withPraise } from "../../support/frozen-reports.ts";
import { findPython, ReadDeck, ReadPdf, ReadWorkbook, readWith } from "../../support/readers.ts";

const python = await findPython();

async function open<Name extends "xlsx" | "pptx" | "pdf">(form: Name, report: AnyReport) {
  const [file] = await renderForm(form, {
    report,
    value: "",
    chromium: undefined,
    giveUp: neverStops.now,
  });
  if (file === undefined || typeof file.contents === "string") throw new Error("no bytes");
  return { ending: form, contents: file.contents };
}

const workbook = async (report: AnyReport) =>
  await readWith(python ?? "", await open("xlsx", report), ReadWorkbook);
const deck = async (report: AnyReport) =>
  await readWith(python ?? "", await open("pptx", report), ReadDeck);
const pdf = async (report: AnyReport) =>
  await readWith(python ?? "", await open("pdf", report), ReadPdf);

describe.skipIf(python === undefined)("opened again by openpyxl, python-pptx and pypdf", () => {
  test("a workbook's numbers are numbers, its days are days, its words are text", async () => {
    const { sheets, formulas } = await workbook(frozenWeekly());
    const rowsOf = (name: string) => sheets.find((sheet) => sheet.name === name)?.rows ?? [];
    const [, all] = rowsOf("主な数字");
    expect(all?.slice(0, 2)).toEqual([
      { value: "声", type: "s", format: "@" },
      { value: 27, type: "n", format: "#,##0" },
    ]);
    const [, voice] = rowsOf("すべての声");
    expect(voice?.[1]).toEqual({ value: "2025-08-03", type: "d", format: "yyyy/mm/dd" });
    const shares = rowsOf("推移").map((row) => row[4]);
    expect(shares.at(-1)).toMatchObject({ type: "n", format: "0%" });
    expect(formulas).toBe(0);
  });

  test("every sheet has its heading frozen and on every printed page, a filter and columns wide enough for their headings", async () => {
    const { sheets } = await workbook(frozenWeekly());
    for (const { name, frozen, filter, printTitles, rows, widths } of sheets) {
      expect(frozen, name).toBe("A2");
      expect(printTitles, name).toBe("$1:$1");
      expect(filter, name).toMatch(new RegExp(`^A1:[A-Z]+${rows.length}$`));
      expect(Math.min(...widths), name).toBeGreaterThanOrEqual(8);
    }
    expect(sheets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["報告", "話題と感情", "定義", "すべての声", "文"]),
    );
  });

  test("what is too wide for one page to be read goes on over others, each with the first column", async () => {
    const { sheets } = await workbook(frozenWeekly());
    const widthOf = (widths: number[]) => widths.reduce((sum, width) => sum + width, 0);
    for (const { name, widths, pagesAcross, printColumns } of sheets) {
      expect(widthOf(widths) / pagesAcross, name).toBeLessThan(200);
      expect(printColumns, name).toBe(pagesAcross > 1 ? "$A:$A" : null);
    }
    const wide = sheets.filter(({ pagesAcross }) => pagesAcross > 1).map(({ name }) => name);
    expect(wide).toEqual(expect.arrayContaining(["主な数字", "話題と感情"]));
    expect(wide).not.toContain("定義");
  });

  test("the first sheet says what the others are, and how long", async () => {
    const [first, ...others] = (await workbook(frozenWeekly())).sheets;
    const contents = first?.rows.find(([head]) => head?.value === "ほかのシート");
    expect(contents?.[1]?.value).toBe(
      others
        .map(({ name, rows, printArea }) => {
          const note = printArea === null ? "" : "（印刷範囲は、はじめの30行）";
          return `「${name}」${rows.length - 1}行${note}`;
        })
        .join("、"),
    );
  });

  test("of the lists of all voices and sentences paper has the first thirty, of all else everything", async () => {
    const { sheets } = await workbook(frozenWeekly());
    const areas = sheets.flatMap(({ name, printArea }) =>
      printArea === null ? [] : [[name, printArea]],
    );
    expect(areas).toEqual([
      ["すべての声", "'すべての声'!$A$1:$K$31"],
      ["文", "'文'!$A$1:$H$31"],
    ]);
  });

  test("of the file of voices paper has the first ten of each number of the period, in two columns", async () => {
    const { voicesHtml } = renderMonthly(frozenMonthly());
    const contents = await printPdf(voicesHtml, { chromium: undefined, giveUp: neverStops.now });
    const { pages } = await readWith(python ?? "", { ending: "pdf", contents }, ReadPdf);
    const text = pages.map((page) => page.text).join("");
    expect(voicesHtml.split('<li class="voice">').length - 1).toBeGreaterThan(300);
    expect(text.split("番号 ").length - 1).toBeLessThan(250);
    expect(pages.length).toBeLessThan(12);
    expect(text).not.toContain("前月の");
    expect(text).not.toContain("集計の");
  });

  test("sheets of a company's own whose names Excel takes for one have numbers", async () => {
    const own = (id: string, title: string) => ({
      ...{
        id,
        title,
        after: "figures",
        sql: "",
        columns: [{ title: "店舗", kind: "text" as const }],
      },
      ...{ rows: [["本店"]], isTable: true, lines: [] },
    });
    const theme = {
      ...{ company: null, logo: null, accent: "#164a7c", products: [], hide: [] },
      words: { weekly: "週次", monthly: "月次" },
      sections: [own("one", "Web"), own("two", "web"), own("three", "ＷＥＢ")],
    };
    const { sheets } = await workbook({ ...frozenWeekly(), theme });
    expect(sheets.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["Web", "web 2", "ＷＥＢ 3"]),
    );
  });

  test("a workbook holds every voice of the value and every sentence", async () => {
    const report = frozenMonthly();
    const { sheets } = await workbook(report);
    const voices = Object.values(report.voices);
    const rows = (name: string) =>
      (sheets.find((sheet) => sheet.name === name)?.rows.length ?? 0) - 1;
    expect(rows("すべての声")).toBe(voices.length);
    expect(rows("文")).toBe(voices.reduce((sum, { segments }) => sum + segments.length, 0));
  });

  test.each([
    { text: '=HYPERLINK("http://example.com","見る")' },
    { text: "+1+1" },
    { text: "-2+3" },
    { text: "@SUM(1)" },
    { text: "\t=1+1", shown: "=1+1" },
    { text: "\r=1+1", shown: "=1+1" },
    { text: "＝1+1" },
    { text: "＋1" },
    { text: "－1" },
    { text: "＠SUM(1)" },
    { text: "<b>&amp;\"']]>\u0007\u202e 😀", shown: "<b>&amp;\"']]> 😀" },
  ])("$text stays a text in the workbook and in the deck", async ({ text, shown = text }) => {
    const report = withPraise(frozenWeekly(), text);
    const { sheets, formulas } = await workbook(report);
    expect(formulas).toBe(0);
    const cells = sheets.flatMap(({ rows }) => rows.flat());
    const found = cells.filter(({ value }) => String(value).trim() === shown);
    expect(found.length).toBeGreaterThanOrEqual(2);
    for (const cell of found) expect(cell).toMatchObject({ type: "s", format: "@" });
    const { slides } = await deck(report);
    expect(slides.flatMap(({ texts }) => texts).join("\n")).toContain(shown);
  });

  test("a deck's charts are native, with the workbook that PowerPoint edits them in", async () => {
    const report = frozenWeekly();
    const { slides } = await deck(report);
    const [negative, positive, voices, share] = slides.flatMap(({ charts }) => charts);
    expect(negative?.type).toContain("BAR");
    expect(negative?.series.map(({ name }) => name)).toEqual(["ネガティブ"]);
    expect(positive?.series.map(({ name }) => name)).toEqual(["ポジティブ"]);
    expect(negative?.categories.at(-1)).toBe("駐車場");
    expect(positive?.categories).toEqual(negative?.categories);
    expect(negative?.series[0]?.values.at(-1)).toBe(4);
    expect(negative?.workbook).toBeGreaterThan(1000);
    const spoken = report.trend.filter((point) => point.voices > 0);
    expect(voices?.series[0]?.values).toEqual(spoken.map((point) => point.voices));
    expect(share?.type).toContain("LINE");
    expect(share?.series[0]?.values.at(-1)).toBeCloseTo(16 / 27);
  });

  test.each([
    { why: "short names are of the full size", name: "駐車場", points: 14 },
    {
      why: "a long name is small enough for its line",
      name: "包装・表示／開けにくい・注ぎにくい",
      points: 12,
    },
    { why: "no name is smaller than two lines need", name: "接客・対応／".repeat(8), points: 10 },
  ])("each bar of a deck has its name: $why", async ({ name, points }) => {
    const report = frozenWeekly();
    const topics = report.topics.map((line) => ({ ...line, label: name }));
    const { slides } = await deck({ ...report, topics });
    expect(slides.flatMap(({ charts }) => charts)[0]?.names).toBe(points);
  });

  test("a week without voices is a gap in the share, and what came before the first voice is not drawn", async () => {
    const report = frozenWeekly();
    const trend = report.trend.map((point, index) =>
      index < 2 || index === 8 ? { ...point, voices: 0, negative: 0 } : point,
    );
    const { slides } = await deck({ ...report, trend });
    const [, , voices, share] = slides.flatMap(({ charts }) => charts);
    const first = trend.findIndex((point) => point.voices > 0);
    expect(first).toBeGreaterThanOrEqual(2);
    expect(voices?.categories[0]).toBe(trend[first]?.name.replace("2025-W", "第").concat("週"));
    expect(voices?.series[0]?.values[8 - first]).toBe(0);
    expect(share?.series[0]?.values[8 - first]).toBeNull();
  });

  test("a weekly deck is one that a meeting can run on: six to ten slides, each heading a sentence of its own", async () => {
    const report = frozenWeekly();
    const { slides } = await deck(report);
    const headings = slides.slice(1).map(({ texts }) => texts[1]);
    // The definitions at the end go on over slides that nobody speaks to.
    const spoken = slides.filter(({ texts }) => !texts[1]?.endsWith("（続き）"));
    expect(spoken.length).toBeGreaterThanOrEqual(6);
    expect(spoken.length).toBeLessThanOrEqual(10);
    expect(new Set(spoken.map(({ texts }) => texts[1])).size).toBe(spoken.length);
    expect(headings[0]).toBe(plainText(report.headlines[0] ?? []));
    expect(headings[1]).toContain("まず話し合いたい話題は「");
  });

  test("what happened is marked on the periods of the trend and told below it", async () => {
    const report = frozenWeekly();
    const about = { product: null, topic: "parking" };
    const launch = { from: "2025-07-30", to: "2025-07-30", label: "臨時駐車場", ...about };
    const { slides } = await deck({ ...report, annotations: [launch] });
    const [, , voices] = slides.flatMap(({ charts }) => charts);
    expect(voices?.categories.at(-1)).toBe("第31週①");
    expect(slides.flatMap(({ texts }) => texts).join("\n")).toContain(
      "① 7月30日（水） 臨時駐車場 話題：駐車場",
    );
  });

  test.each([
    ["weekly", frozenWeekly],
    ["monthly", frozenMonthly],
  ])("a %s deck speaks one Japanese font and nothing leaves its slides", async (_, report) => {
    const { slides } = await deck(report());
    expect(slides.length).toBeGreaterThan(4);
    for (const { fonts, bottom } of slides) {
      expect(fonts).toEqual(["Yu Gothic"]);
      expect(bottom).toBeLessThanOrEqual(7.5);
    }
  });

  test("a PDF is A4 with page numbers, its words can be searched, no link names a folder", async () => {
    const { pages, links, title } = await pdf(frozenWeekly());
    for (const [index, page] of pages.entries()) {
      expect(Math.round(page.width)).toBe(595);
      expect(Math.round(page.height)).toBe(842);
      expect(page.text).toContain(`${index + 1} / ${pages.length}`);
    }
    expect(pages.map(({ text }) => text).join("")).toContain("優先事項");
    expect(links).toEqual([]);
    expect(title).toContain("第31週");
  });

  test("the monthly report is printed on one A4 page, and a second one of definitions", async () => {
    const { pages } = await pdf(frozenMonthly());
    expect(pages).toHaveLength(2);
    expect(pages[0]?.text).toContain("わかったこと");
    expect(pages[0]?.text).toContain("気づき");
    expect(pages[1]?.text).toContain("判定保留");
  });

  test("a sheet has no column that says nothing, and headings that fit what is below", async () => {
    const { sheets } = await workbook(frozenWeekly());
    const heads = (name: string) =>
      sheets.find((sheet) => sheet.name === name)?.rows[0]?.map(({ value }) => value);
    expect(heads("お褒め")).toEqual(["声", "受付日・場所・番号"]);
    expect(heads("読めなかったもの")).toEqual(["項目", "内容"]);
    expect(heads("定義")).toEqual(["ことば", "意味"]);
  });
});

test("every form that can be asked for is rendered from the value alone", async () => {
  const report = frozenMonthly();
  const input = { report, value: "{}", chromium: undefined, giveUp: neverStops.now };
  for (const form of Form.options) {
    const files = await renderForm(form, input);
    expect(files.map(({ ending }) => ending)).toContain(form);
  }
});
