import library from "pptxgenjs";
import type { Column, Outline, Section, Table } from "../outline/outline.ts";
import { COLOURS } from "../style.ts";
import { paleOf, type Theme } from "../theme/theme.ts";
import { cellText } from "./cell-text.ts";
import { cleanText } from "./clean-text.ts";
import { BODY, CHART_ROWS, type Piece, ROW_HEIGHT, slidesOf } from "./deck-flow.ts";

/** On every Windows and Mac that has Office; others take their own Japanese font. */
const FONT = "Yu Gothic";
const WIDE = { width: 13.33, height: 7.5 } as const;

/** Its types describe the CommonJS build, where the class lies one level deeper than in the one that Node imports. */
const PptxGen = "default" in library ? library.default : library;
type Pptx = InstanceType<typeof PptxGen>;
type Deck = { readonly pptx: Pptx; readonly accent: string };
type ChartPiece = Extract<Piece, { type: "chart" }>;
type Slide = ReturnType<Pptx["addSlide"]>;

/** Makes a deck with charts that can be edited in PowerPoint. @param accent such as #164a7c */
export async function renderPptx(
  outline: Outline,
  accent: string,
  brand: Pick<Theme, "company" | "logo"> = { company: null, logo: null },
): Promise<Uint8Array> {
  const pptx = new PptxGen();
  pptx.layout = "LAYOUT_WIDE";
  pptx.title = cleanText(`${outline.title} ${outline.kind} ${outline.period}`);
  pptx.author = "kizuki";
  pptx.company = cleanText(brand.company ?? outline.title);
  pptx.theme = { headFontFace: FONT, bodyFontFace: FONT };
  const deck = { pptx, accent: hex(accent) };
  cover(deck, outline, brand);
  for (const section of outline.sections) sectionSlides(deck, outline, section);
  const bytes = await pptx.write({ outputType: "uint8array", compression: true });
  if (bytes instanceof Uint8Array) return bytes;
  throw new TypeError("pptxgenjs gave something else than the bytes that were asked for");
}

function cover(
  { pptx, accent }: Deck,
  { title, kind, period, subtitle }: Outline,
  { company, logo }: Pick<Theme, "company" | "logo">,
): void {
  const slide = pptx.addSlide();
  slide.addShape("rect", { x: 0, y: 0, w: 0.35, h: WIDE.height, fill: { color: accent } });
  const line = (words: string, y: number, points: number, color: string, bold: boolean) =>
    slide.addText(cleanText(words), {
      x: 1,
      y,
      w: 11.5,
      h: points / 32,
      fontFace: FONT,
      fontSize: points,
      color,
      bold,
      margin: 0,
      valign: "top",
    });
  if (logo !== null) {
    const data = `${logo.mediaType};base64,${logo.base64}`;
    // Its box; the picture keeps its shape within.
    const box = { x: 1, y: 0.8, w: 2.4, h: 0.7 };
    slide.addImage({ data, ...box, sizing: { type: "contain", w: box.w, h: box.h } });
  }
  if (company !== null) line(company, 1.55, 14, hex(COLOURS.soft), false);
  line(kind, 2, 20, accent, true);
  line(title, 2.6, 40, hex(COLOURS.ink), true);
  line(period, 4.1, 28, hex(COLOURS.ink), true);
  line(subtitle, 4.9, 18, hex(COLOURS.soft), false);
}

function sectionSlides(deck: Deck, outline: Outline, { title, blocks }: Section): void {
  for (const [index, pieces] of slidesOf(blocks).entries()) {
    const slide = titledSlide(deck, outline, index === 0 ? title : `${title}（続き）`);
    let top: number = BODY.top;
    for (const piece of pieces) {
      addPiece(deck, slide, piece, top);
      top += piece.height;
    }
  }
}

function titledSlide({ pptx, accent }: Deck, outline: Outline, title: string): Slide {
  const slide = pptx.addSlide();
  const text = { fontFace: FONT, margin: 0 };
  slide.addText(cleanText(title), {
    ...text,
    x: BODY.left,
    y: 0.4,
    w: BODY.width,
    h: 0.6,
    fontSize: 28,
    bold: true,
    color: hex(COLOURS.ink),
  });
  slide.addShape("line", {
    x: BODY.left,
    y: 1.1,
    w: BODY.width,
    h: 0,
    line: { color: accent, width: 2 },
  });
  slide.addText(cleanText(`${outline.title}　${outline.kind}　${outline.period}`), {
    ...text,
    x: BODY.left,
    y: 6.95,
    w: 10,
    h: 0.3,
    fontSize: 11,
    color: hex(COLOURS.soft),
  });
  slide.slideNumber = {
    x: 12.2,
    y: 6.95,
    w: 0.6,
    h: 0.3,
    fontFace: FONT,
    fontSize: 11,
    color: hex(COLOURS.soft),
    align: "right",
  };
  return slide;
}

function addPiece(deck: Deck, slide: Slide, piece: Piece, top: number): void {
  if (piece.type === "text") addText(deck, slide, piece, top);
  else if (piece.type === "table") addTable(slide, piece.table, top);
  else if (piece.table.chart?.form === "trend") addTrend(deck, slide, piece, top);
  else addBars(deck, slide, piece, top);
}

function addText(
  { accent }: Deck,
  slide: Slide,
  { text, style, height }: Extract<Piece, { type: "text" }>,
  top: number,
): void {
  const indent = style.isQuote ? 0.25 : 0;
  if (style.isQuote) {
    const line = { color: accent, width: 1.5 };
    slide.addShape("line", { x: BODY.left + 0.06, y: top, w: 0, h: height, line });
  }
  slide.addText(cleanText(text), {
    x: BODY.left + indent,
    y: top,
    w: BODY.width - indent,
    h: height,
    fontFace: FONT,
    fontSize: style.points,
    bold: style.isBold ?? false,
    color: hex(style.isSoft ? COLOURS.soft : COLOURS.ink),
    lineSpacingMultiple: 1.15,
    margin: 0,
    valign: style.isHeading ? "bottom" : "top",
  });
}

function addTable(slide: Slide, { columns, rows }: Table, top: number): void {
  const border = { type: "solid", pt: 0.5, color: hex(COLOURS.line) } as const;
  const none = { type: "none" } as const;
  const align = ({ kind }: Column) =>
    kind === "text" || kind === "day" ? ("left" as const) : ("right" as const);
  const cell = (text: string, column: Column, isHead: boolean) => ({
    text: cleanText(text),
    options: {
      align: align(column),
      valign: "middle" as const,
      fontFace: FONT,
      fontSize: isHead ? 12 : 14,
      color: hex(isHead ? COLOURS.soft : COLOURS.ink),
      border: [none, none, border, none] satisfies [object, object, object, object],
      margin: [0, 0.12, 0, 0.12] satisfies [number, number, number, number],
    },
  });
  slide.addTable(
    [
      columns.map((column) => cell(column.title, column, true)),
      ...rows.map((cells) =>
        columns.map((column, index) =>
          cell(cellText(cells[index] ?? null, column.kind), column, false),
        ),
      ),
    ],
    { x: BODY.left, y: top, w: BODY.width, rowH: ROW_HEIGHT },
  );
}

/** The first rows as bars beside each other. PowerPoint draws from the bottom up, and the first row belongs on top. */
function addBars({ pptx, accent }: Deck, slide: Slide, piece: ChartPiece, top: number): void {
  const { columns, rows, chart } = piece.table;
  const shown = rows.slice(0, CHART_ROWS).reverse();
  const labels = shown.map(([name]) => cleanText(String(name ?? "")));
  const series = (chart?.columns ?? []).map((index) => ({
    name: columns[index]?.title ?? "",
    labels,
    values: shown.map((cells) => Number(cells[index] ?? 0)),
  }));
  slide.addChart(pptx.ChartType.bar, series, {
    ...frame(top, piece.height),
    barDir: "bar",
    barGapWidthPct: 40,
    chartColors: [accent, hex(paleOf(`#${accent}`))],
    showLegend: true,
    legendPos: "t",
    legendFontSize: 14,
    legendFontFace: FONT,
    ...axes("#,##0", 14),
    altText: `${columns[0]?.title}ごとの${series.map(({ name }) => name).join("と")}の件数`,
  });
}

/** Counts as bars above, a share as a line below, on the same periods; both begin at zero. */
function addTrend({ pptx, accent }: Deck, slide: Slide, piece: ChartPiece, top: number): void {
  const { columns, rows, chart } = piece.table;
  const [barColumn = 1, lineColumn = 1] = chart?.columns ?? [];
  const labels = rows.map(([name]) => String(name ?? ""));
  const series = (index: number) => {
    const values = rows.map((cells) => Number(cells[index] ?? 0));
    return [{ name: columns[index]?.title ?? "", labels, values }];
  };
  const half = (piece.height - 0.2) / 2;
  const title = (index: number) => ({
    showTitle: true,
    title: columns[index]?.title ?? "",
    titleFontFace: FONT,
    titleFontSize: 14,
    titleColor: hex(COLOURS.soft),
  });
  slide.addChart(pptx.ChartType.bar, series(barColumn), {
    ...frame(top, half),
    ...title(barColumn),
    barGapWidthPct: 40,
    chartColors: [accent],
    ...axes("#,##0", 12),
  });
  slide.addChart(pptx.ChartType.line, series(lineColumn), {
    ...frame(top + half + 0.2, half),
    ...title(lineColumn),
    chartColors: [accent],
    lineSize: 2.5,
    lineDataSymbolSize: 7,
    valAxisMaxVal: 1,
    ...axes("0%", 12),
    dataLabelPosition: "t",
  });
}

function frame(y: number, h: number) {
  return { x: BODY.left, y, w: BODY.width, h };
}

/** Numbers stand at the bars, so the axis of values is left out. */
function axes(format: string, points: number) {
  return {
    catAxisLabelFontFace: FONT,
    catAxisLabelFontSize: points,
    catAxisLabelColor: hex(COLOURS.ink),
    valAxisHidden: true,
    valAxisMinVal: 0,
    valGridLine: { style: "none" },
    showValue: true,
    dataLabelFormatCode: format,
    dataLabelFontFace: FONT,
    dataLabelFontSize: points,
    dataLabelColor: hex(COLOURS.ink),
  } as const;
}

function hex(colour: string): string {
  return colour.replace("#", "").toUpperCase();
}
