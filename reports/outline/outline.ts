import { plainText, type Sentence } from "../sentence.ts";

/** How a column's values are typed in a workbook and printed elsewhere. */
export type ColumnKind = "text" | "count" | "share" | "ratio" | "day";

export type Column = {
  readonly title: string;
  readonly kind: ColumnKind;
  /** Left out where there is no room: in mail and on slides. */
  readonly isDetail?: boolean;
  /** The lower or the upper bound of the nearest column before that is none: in Markdown both stand in brackets behind it. */
  readonly isBound?: boolean;
  /** The figures that its cells print, by row: a page leads to their voices. */
  readonly figures?: readonly string[];
};

/** A share of so few voices that it is printed without tenths of a percent. */
export type RoughShare = { readonly rough: number };

/** A share is in [0, 1], a day is 2025-08-03; null prints nothing. */
export type Cell = string | number | RoughShare | null;

/** Of a cell that is drawn. */
export function numberOf(cell: Cell | undefined): number {
  return Number(typeof cell === "object" ? (cell?.rough ?? 0) : (cell ?? 0));
}

/** Which columns of a table are drawn, against its first one. */
export type TableChart = {
  /** "compare": bars beside each other, a row each; "trend": the first column as bars over time, the second as a line below. */
  readonly form: "compare" | "trend";
  readonly columns: readonly number[];
};

export type Table = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  readonly chart?: TableChart;
};

export type QuotedVoice = {
  readonly text: string;
  /** Day, place, product, number. */
  readonly where: string;
};

export type Lines = {
  readonly lines: readonly string[];
  /** The same with their counts as figures: a page leads to their voices. */
  readonly linked?: readonly Sentence[];
};

/** What a section is made of; lines that are no notes are numbered. Every form renders each of these, so that a new section is in all forms at once. */
export type Block =
  | ({ readonly type: "lines"; readonly isNote?: boolean } & Lines)
  | ({ readonly type: "table"; readonly title: string } & Table)
  | ({
      readonly type: "item";
      readonly title: string;
      readonly quotes: readonly QuotedVoice[];
    } & Lines)
  | {
      readonly type: "facts";
      readonly facts: readonly { readonly term: string; readonly text: string }[];
    };

export type Section = {
  /** Unique in its report, such as "topics": what a theme names. */
  readonly id: string;
  readonly title: string;
  /** What it says in one sentence: the heading of its slide. */
  readonly message?: string;
  /** It says only that it could not be looked into yet: no meeting needs a slide of that. */
  readonly isUntested?: boolean;
  readonly blocks: readonly Block[];
  /** For a workbook, in the place of the tables of `blocks`, which say what matters of it. */
  readonly sheet?: Table & { readonly title: string };
};

/** A report without a form: what workbook, deck and text are made from. */
export type Outline = {
  readonly title: string;
  /** 週次VOCダイジェスト or 月次VOC報告. */
  readonly kind: string;
  /** 2025年 第31週. */
  readonly period: string;
  /** Days, number of voices, 速報 or 確定. */
  readonly subtitle: string;
  readonly sections: readonly Section[];
};

/** A table without its details. */
export function essentialTable({ columns, rows, chart: _chart }: Table): Table {
  const kept = columns.flatMap(({ isDetail }, index) => (isDetail ? [] : [index]));
  return {
    columns: columns.filter(({ isDetail }) => !isDetail),
    rows: rows.map((cells) => kept.map((index) => cells[index] ?? null)),
  };
}

export function linkedLines(...linked: readonly Sentence[]): Lines {
  return { lines: linked.map(plainText), linked };
}

/** A sentence where there is nothing to show. */
export function noteBlock(...lines: readonly string[]): Block {
  return { type: "lines", lines, isNote: true };
}
