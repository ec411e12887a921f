import type { Column, Outline } from "../outline/outline.ts";
import { COLOURS } from "../page/style.ts";
import { paleOf, type Theme } from "../theme/theme.ts";
import { cellText } from "./cell-text.ts";
import { cleanText } from "./clean-text.ts";
import type { Placed } from "./deck-columns.ts";
import { BODY, CELL_MARGIN, type Piece, POINTS_AN_INCH } from "./deck-flow.ts";
import { type DeckSlide, deckSlides } from "./deck-slides.ts";
import { addBars, addTrend, FONT, type Frame, hex } from "./pptx-charts.ts";
import { type Pptx, PptxGen, type Slide } from "./pptx-library.ts";
import { textWidth } from "./text-width.ts";

const WIDE = { width: 13.33, height: 7.5 } as const;

type Deck = { readonly pptx: Pptx; readonly accent: string };

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
  for (const slide of deckSlides(outline)) addSlide(deck, outline, slide);
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

function addSlide(deck: Deck, outline: Outline, { kicker, title, placed, notes }: DeckSlide): void {
  const slide = titledSlide(deck, outline, { kicker, title });
  for (const each of placed) addPiece(deck, slide, each);
  if (notes.length > 0) slide.addNotes(cleanText(notes.join("\n")));
}

function titledSlide(
  { pptx, accent }: Deck,
  outline: Outline,
  { kicker, title }: Pick<DeckSlide, "kicker" | "title">,
): Slide {
  const slide = pptx.addSlide();
  const text = { fontFace: FONT, margin: 0 };
  const across = { x: BODY.left, w: BODY.width };
  slide.addText(cleanText(kicker), {
    ...text,
    ...across,
    ...{ y: 0.25, h: 0.25, fontSize: 12, bold: true, color: accent },
  });
  slide.addText(cleanText(title), {
    ...text,
    ...across,
    ...{ y: 0.52, h: 0.83, fontSize: titlePoints(title), bold: true, valign: "middle" },
    color: hex(COLOURS.ink),
  });
  slide.addShape("line", { ...across, y: 1.42, h: 0, line: { color: accent, width: 2 } });
  slide.addText(cleanText(`${outline.title}　${outline.kind}　${outline.period}`), {
    ...text,
    ...{ x: BODY.left, y: 6.95, w: 10, h: 0.3, fontSize: 11, color: hex(COLOURS.soft) },
  });
  slide.slideNumber = {
    ...{ x: 12.2, y: 6.95, w: 0.6, h: 0.3, fontFace: FONT, fontSize: 11 },
    color: hex(COLOURS.soft),
    align: "right",
  };
  return slide;
}

/** Two lines of the largest size that holds the whole heading. */
function titlePoints(title: string): number {
  // What is nearly full would leave a letter for the next line, in a font with wider digits.
  const lineWidth = (BODY.width * POINTS_AN_INCH * 1.9) / textWidth(title);
  return [26, 20].find((points) => lineWidth * (points > 20 ? 1 : 1.9) >= points) ?? 17;
}

function addPiece(deck: Deck, slide: Slide, { piece, x, y, w }: Placed): void {
  const { accent } = deck;
  const frame = { x, y, w, h: piece.height };
  if (piece.type === "text") addText(deck, slide, piece, frame);
  else if (piece.type === "table") addTable(slide, piece, frame);
  else {
    const add = piece.table.chart?.form === "trend" ? addTrend : addBars;
    add(slide, piece.table, frame, { accent, pale: hex(paleOf(`#${accent}`)) });
  }
}

function addText(
  { accent }: Deck,
  slide: Slide,
  { text, style }: Extract<Piece, { type: "text" }>,
  { x, y, w, h }: Frame,
): void {
  const indent = style.isQuote ? 0.25 : 0;
  if (style.isQuote) {
    slide.addShape("line", { x: x + 0.06, y, w: 0, h, line: { color: accent, width: 1.5 } });
  }
  slide.addText(cleanText(text), {
    ...{ x: x + indent, y, w: w - indent, h },
    fontFace: FONT,
    fontSize: style.points,
    bold: style.isBold ?? false,
    color: hex(style.isSoft ? COLOURS.soft : COLOURS.ink),
    margin: 0,
    valign: style.isHeading ? "bottom" : "top",
  });
}

function addTable(
  slide: Slide,
  {
    table: { columns, rows },
    widths,
    heights,
    points,
    isFirstBold = false,
  }: Extract<Piece, { type: "table" }>,
  { x, y, w }: Frame,
): void {
  const border = { type: "solid", pt: 0.5, color: hex(COLOURS.line) } as const;
  const none = { type: "none" } as const;
  const align = ({ kind }: Column) =>
    kind === "text" || kind === "day" ? ("left" as const) : ("right" as const);
  const cell = (text: string, column: Column, look: { isHead?: boolean; isFirst?: boolean }) => ({
    text: cleanText(text),
    options: {
      align: align(column),
      valign: "middle" as const,
      fontFace: FONT,
      fontSize: look.isHead ? 12 : points,
      bold: isFirstBold && look.isFirst === true,
      color: hex(look.isHead ? COLOURS.soft : COLOURS.ink),
      border: [none, none, border, none] satisfies [object, object, object, object],
      margin: [CELL_MARGIN.edge, CELL_MARGIN.side, CELL_MARGIN.edge, CELL_MARGIN.side] satisfies [
        number,
        number,
        number,
        number,
      ],
    },
  });
  slide.addTable(
    [
      columns.map((column) => cell(column.title, column, { isHead: true })),
      ...rows.map((cells) =>
        columns.map((column, index) =>
          cell(cellText(cells[index] ?? null, column.kind), column, { isFirst: index === 0 }),
        ),
      ),
    ],
    { x, y, w, rowH: [...heights], colW: [...widths] },
  );
}
