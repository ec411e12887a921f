import { mostCounted } from "../most-spoken.ts";
import { type Block, type Cell, essentialTable, numberOf, type Table } from "../outline/outline.ts";
import { cellText } from "./cell-text.ts";
import { textWidth } from "./text-width.ts";

/** A piece of a slide that is not cut: its height in inches decides on which slide it stands. */
export type Piece =
  | {
      readonly type: "text";
      readonly text: string;
      readonly style: TextLook;
      readonly height: number;
    }
  | {
      readonly type: "table";
      readonly table: Table;
      readonly height: number;
      /** Of the columns, in inches. */
      readonly widths: readonly number[];
      /** Of the heading and of each row, in inches. */
      readonly heights: readonly number[];
      readonly points: number;
      readonly isFirstBold?: boolean;
    }
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

export const BODY = { left: 0.6, top: 1.55, width: 12.13, height: 5.2 } as const;
const HEADLINE: TextLook = { points: 22, isBold: true, isHeading: true };
const ITEM: TextLook = { points: 18, isBold: true, isHeading: true };
const LINE: TextLook = { points: 14, isSoft: true };
const QUOTE: TextLook = { points: 14, isQuote: true };
const SMALL: TextLook = { points: 12, isSoft: true };
/** Of the last slide, which is looked up and not read aloud. */
const FACT: TextLook = { points: 14 };
/** Of Noto Sans CJK, which stands in where there is no Yu Gothic and has the higher lines. */
const LINE_HEIGHT = 1.45;
/** Its digits are wider than half a kanji: eight of a voice's number take the room of nine. */
const LATIN_WIDTH = 1.15;
export const POINTS_AN_INCH = 72;
/** Below each text, and above a heading too, in inches. */
const TEXT_ROOM = 0.08;
export const HEADING_ROOM = 0.17;
const ROW_HEIGHT = 0.42;
/** Of a table's cells, and what they keep free at both sides and at both edges, in inches. */
const CELL_POINTS = 14;
export const CELL_MARGIN = { side: 0.12, edge: 0.04 } as const;
/** A column is as wide as its longest cell, within these and with room beside it, in half-width letters; what is longer breaks, and a title may stand on two lines. */
const COLUMN_WIDTHS = { narrowest: 5, widest: 28, room: 5 } as const;
const CHART_HEIGHT = 4.9;
/** Leaves room for what its marks mean. */
const TREND_HEIGHT = 4.3;
/** A slide shows the rows of a chart with most voices; the workbook has them all. */
const CHART_ROWS = 10;

/** Pieces that stay together. Notes are left out: they are the speaker's. @param width in inches; what is higher than `height` is cut where it can be */
export function groupsOf(
  block: Block,
  width: number,
  { height = BODY.height, scale = 1 }: { readonly height?: number; readonly scale?: number } = {},
): Piece[][] {
  const text = textOf(width, scale);
  switch (block.type) {
    case "lines":
      if (block.isNote) return [];
      return block.lines.map((line, index) => [text(`${index + 1}.　${line}`, HEADLINE)]);
    case "facts":
      return block.facts.map(({ term, text: said }) => [text(`${term}：${said}`, FACT)]);
    case "item":
      return itemGroups(block, text, height);
    case "table":
      return block.chart === undefined
        ? tableGroups(block, width, height)
        : chartGroups(block, text, width);
  }
}

export function heightOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + piece.height, 0);
}

type MakeText = (words: string, style: TextLook) => Piece;

function itemGroups(
  { title, lines, quotes }: Extract<Block, { type: "item" }>,
  text: MakeText,
  height: number,
): Piece[][] {
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
  return heightOf(whole) <= height ? [whole] : [[...head, ...first], ...rest];
}

function tableGroups(whole: Table, width: number, height: number = BODY.height): Piece[][] {
  const { columns, rows } = withoutReasons(essentialTable(whole));
  const widest = columns.map(({ title, kind }, index) => {
    const texts = rows.map((cells) => cellText(cells[index] ?? null, kind));
    const { narrowest, widest: most, room } = COLUMN_WIDTHS;
    const longest = Math.max(narrowest, textWidth(title) / 2, ...texts.map(drawnWidth));
    return Math.min(most, longest) + room;
  });
  const sum = widest.reduce((total, each) => total + each, 0);
  const widths = widest.map((each) => (each / sum) * width);
  const groups: Piece[][] = [];
  let part: Table["rows"][number][] = [];
  const piece = (shown: Table["rows"]) => tablePiece({ columns, rows: shown }, { widths });
  for (const row of rows) {
    if (part.length > 0 && piece([...part, row]).height > height) {
      groups.push([piece(part)]);
      part = [];
    }
    part.push(row);
  }
  return part.length === 0 ? groups : [...groups, [piece(part)]];
}

/** Why a change is none stands in the report: 「変化とは言えない（この件数の差なら、偶然でも起こります）」. */
function withoutReasons({ columns, rows }: Table): Table {
  const isChange = columns.map(({ title }) => title.startsWith("変化"));
  const brief = (cell: Cell, index: number) =>
    isChange[index] && typeof cell === "string" ? cell.replace(/（.*）$/u, "") : cell;
  return { columns, rows: rows.map((cells) => cells.map(brief)) };
}

function drawnWidth(text: string): number {
  return textWidth(text) * (/^[!-~]*$/.test(text) ? LATIN_WIDTH : 1);
}

/** A table with the height that its longest cells need. @param widths in inches */
export function tablePiece(
  table: Table,
  look: Pick<Extract<Piece, { type: "table" }>, "widths" | "isFirstBold"> & {
    readonly points?: number;
  },
): Extract<Piece, { type: "table" }> {
  const { points = CELL_POINTS, widths } = look;
  const rowHeight = (texts: readonly string[]) => {
    const cells = texts.map((text, index) => {
      const width = (widths[index] ?? 0) - 2 * CELL_MARGIN.side;
      return textOf(width)(text, { points }).height + 2 * CELL_MARGIN.edge;
    });
    return Math.max(ROW_HEIGHT, ...cells);
  };
  const { columns, rows } = table;
  const heights = [
    rowHeight(columns.map(({ title }) => title)),
    ...rows.map((row) =>
      rowHeight(columns.map(({ kind }, index) => cellText(row[index] ?? null, kind))),
    ),
  ];
  const height = heights.reduce((sum, each) => sum + each, 0);
  return { type: "table", table, ...look, points, heights, height };
}

/** Bars are counts alone: how the same rows moved stands in a table below. */
function chartGroups(whole: Table, text: MakeText, width: number): Piece[][] {
  const isTrend = whole.chart?.form === "trend";
  const counts = (row: Table["rows"][number]) =>
    (whole.chart?.columns ?? []).map((column) => numberOf(row[column]));
  // A topic that is spoken of without praise or blame would be a name beside nothing.
  const spoken = whole.rows.filter((row) => counts(row).some((count) => count > 0));
  const rows = isTrend ? whole.rows : mostCounted(spoken, counts, CHART_ROWS);
  if (rows.length === 0) return [];
  const table = { ...whole, rows };
  const height = isTrend ? TREND_HEIGHT : CHART_HEIGHT;
  const rest = isTrend ? 0 : spoken.length - rows.length;
  const more = rest > 0 ? [text(`ほか ${rest} 件は報告書の表にあります。`, SMALL)] : [];
  return [
    [{ type: "chart", table, height }, ...more],
    ...(isTrend ? [] : tableGroups(withoutBars(table), width)),
  ];
}

/** What the bars say, but for the first of them. */
function withoutBars({ columns, rows, chart }: Table): Table {
  const [first = 0, last = first] = chart?.columns ?? [];
  const isKept = (_: unknown, index: number) => index <= first || index > last;
  return { columns: columns.filter(isKept), rows: rows.map((cells) => cells.filter(isKept)) };
}

/** @param width in inches; @param scale of all letters: larger ones where a slide has room */
export function textOf(width: number, scale = 1): MakeText {
  return (words, look) => {
    const style = { ...look, points: Math.round(look.points * scale) };
    const indent = style.isQuote ? 0.25 : 0;
    // A full-width character is as wide as the font is high; one is kept free for line breaking.
    const perLine = Math.floor(((width - indent) * POINTS_AN_INCH * 2) / style.points) - 2;
    const lines = words.split("\n").reduce((sum, line) => sum + linesOf(line, perLine), 0);
    const height =
      (lines * style.points * LINE_HEIGHT) / POINTS_AN_INCH +
      TEXT_ROOM +
      (style.isHeading ? HEADING_ROOM : 0);
    return { type: "text", text: words, style, height };
  };
}

/** So many lines a text takes: a word of Latin letters or digits, such as a voice's number, goes to the next one whole. */
function linesOf(text: string, perLine: number): number {
  let lines = 1;
  let used = 0;
  for (const [word] of text.matchAll(/[!-~]+|[^!-~]/gu)) {
    const width = textWidth(word) * (/^[!-~]/.test(word) ? LATIN_WIDTH : 1);
    if (used > 0 && used + width > perLine) {
      lines += 1;
      used = 0;
    }
    lines += Math.max(0, Math.ceil(width / perLine) - 1);
    used += ((width - 1) % perLine) + 1;
  }
  return lines;
}
