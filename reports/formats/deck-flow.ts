import { type Block, essentialTable, type Table } from "../outline/outline.ts";
import { textWidth } from "./text-width.ts";

/** A piece of a slide that is not cut: its height in inches decides on which slide it stands. */
export type Piece =
  | {
      readonly type: "text";
      readonly text: string;
      readonly style: TextLook;
      readonly height: number;
    }
  | { readonly type: "table"; readonly table: Table; readonly height: number }
  | { readonly type: "chart"; readonly table: Table; readonly height: number };

/** Sizes in points: nothing that is read aloud below 14, which the last row of a meeting room can still read. */
export type TextLook = {
  readonly points: number;
  readonly isBold?: boolean;
  readonly isSoft?: boolean;
  /** With room above it. */
  readonly isHeading?: boolean;
  /** With a line to its left, as quotes have. */
  readonly isQuote?: boolean;
};

export const BODY = { left: 0.6, top: 1.35, width: 12.13, height: 5.35 } as const;
const HEADLINE: TextLook = { points: 24, isBold: true, isHeading: true };
const ITEM: TextLook = { points: 18, isBold: true, isHeading: true };
const LINE: TextLook = { points: 14, isSoft: true };
const QUOTE: TextLook = { points: 16, isQuote: true };
const SMALL: TextLook = { points: 12, isSoft: true };
const LINE_HEIGHT = 1.45;
const POINTS_AN_INCH = 72;
const ROWS_A_SLIDE = 11;
export const ROW_HEIGHT = 0.42;
/** Leaves room for a note below. */
const CHART_HEIGHT = 4.6;
/** A slide shows the first of a chart's rows; the workbook has them all. */
export const CHART_ROWS = 12;

/** What stands on the slides of a section, slide by slide. Notes are for the page; a slide has the words of the meeting. */
export function slidesOf(blocks: readonly Block[]): Piece[][] {
  const slides: Piece[][] = [[]];
  let used = 0;
  for (const group of blocks.flatMap(groupsOf)) {
    const height = heightOf(group);
    if (used > 0 && used + height > BODY.height) {
      slides.push([]);
      used = 0;
    }
    slides.at(-1)?.push(...group);
    used += height;
  }
  return slides.filter((pieces) => pieces.length > 0);
}

function heightOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.height, 0);
}

/** Pieces that stay together. */
function groupsOf(block: Block): Piece[][] {
  switch (block.type) {
    case "lines":
      return block.isNote
        ? block.lines.map((line) => [text(line, SMALL)])
        : block.lines.map((line, index) => [text(`${index + 1}.　${line}`, HEADLINE)]);
    case "facts":
      return block.facts.map(({ term, text: said }) => [text(`${term}：${said}`, SMALL)]);
    case "item":
      return itemGroups(block);
    case "table":
      return block.chart === undefined ? tableGroups(block) : [chartGroup(block)];
  }
}

function itemGroups({ title, lines, quotes }: Extract<Block, { type: "item" }>): Piece[][] {
  const head = [
    ...(title === "" ? [] : [text(title, ITEM)]),
    ...lines.map((line) => text(line, LINE)),
  ];
  const quoted = quotes.map(({ text: words, where }) => [
    text(`「${words}」`, QUOTE),
    text(where, { ...SMALL, isQuote: true }),
  ]);
  const whole = [...head, ...quoted.flat()];
  const [first = [], ...rest] = quoted;
  return heightOf(whole) <= BODY.height ? [whole] : [[...head, ...first], ...rest];
}

function tableGroups(table: Table): Piece[][] {
  const { columns, rows } = essentialTable(table);
  const groups: Piece[][] = [];
  for (let start = 0; start < rows.length; start += ROWS_A_SLIDE) {
    const part = rows.slice(start, start + ROWS_A_SLIDE);
    groups.push([
      { type: "table", table: { columns, rows: part }, height: (part.length + 1) * ROW_HEIGHT },
    ]);
  }
  return groups;
}

function chartGroup(table: Table): Piece[] {
  const chart: Piece = { type: "chart", table, height: CHART_HEIGHT };
  const rest = table.chart?.form === "compare" ? table.rows.length - CHART_ROWS : 0;
  return rest > 0 ? [chart, text(`ほか ${rest} 件は報告書の表にあります。`, SMALL)] : [chart];
}

function text(words: string, style: TextLook): Piece {
  const indent = style.isQuote ? 0.25 : 0;
  // A full-width character is as wide as the font is high; one is kept free for line breaking.
  const perLine = Math.floor(((BODY.width - indent) * POINTS_AN_INCH * 2) / style.points) - 2;
  const lines = words
    .split("\n")
    .reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / perLine)), 0);
  const height =
    (lines * style.points * LINE_HEIGHT) / POINTS_AN_INCH + (style.isHeading ? 0.3 : 0.1);
  return { type: "text", text: words, style, height };
}
