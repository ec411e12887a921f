import { InputError } from "../../errors.ts";
import { HeadlessError, headless } from "../propose/headless.ts";
import { endOfLine, RECORD_LIMIT } from "./line-break.ts";
import { type CsvScan, scanCsvRecord } from "./scan-csv-record.ts";
import { faultyLine, type Scan, type Scanned, type TextWindow } from "./scanned.ts";

/** What the columns of a file without a header are called: as a description says, or by their places. */
export type Names = readonly string[] | "by place";

/** @returns 1列目, 2列目, … */
export function placeNames(width: number): readonly string[] {
  return Array.from({ length: width }, (_, index) => `${index + 1}列目`);
}

/**
 * Makes the scan of a CSV or TSV file, whose first record is the header where no names are given.
 *
 * Nothing is lost to an unclosed quote: only the line on which it opens is rejected, and every line that the
 * quote would swallow is read again by itself. At worst such a quote is closed by accident and the cells are
 * as many as the header's: then the swallowed lines stand, whole, in one cell of one record.
 */
export function scanDelimited(file: string, delimiter: "," | "\t", names?: Names): Scan {
  let header = names === "by place" ? undefined : names;
  return (window) => {
    const scanned = bound(window, scanCsvRecord(window.text, { ...window, delimiter }));
    if (scanned.found === "more") return scanned;
    if (header === undefined && names === undefined) {
      const read = scanHeader(file, window, scanned);
      if ("found" in read) return read;
      header = read.names;
      return { found: "nothing", end: read.end };
    }
    if (scanned.found === "fault") return faultyLine(window, scanned.reason);
    const { cells, end } = scanned;
    if (isBlank(cells)) return { found: "nothing", end };
    header ??= placeNames(cells.length);
    return toRecord(window, { cells, end, header, delimiter });
  };
}

function scanHeader(
  file: string,
  window: TextWindow,
  scanned: Exclude<CsvScan, { found: "more" }>,
): Scanned | { readonly names: readonly string[]; readonly end: number } {
  if (scanned.found === "fault") throw badHeader(file);
  const { cells, end } = scanned;
  if (isBlank(cells)) return { found: "nothing", end };
  const above = standsAbove(window, cells, end);
  if (above === "more") return { found: "more" };
  return above ? { found: "nothing", end } : { names: readHeader(file, cells), end };
}

/**
 * Whether a line stands above the header: a title, or Excel's `sep=,`. Voices have two columns at least, so a line with
 * one word and wider lines below is none; where no line is wider, the first is taken for what it is.
 */
function standsAbove(
  { text, isLast }: TextWindow,
  cells: readonly string[],
  end: number,
): boolean | "more" {
  if (cells.filter((cell) => cell.trim() !== "").length > 1) return false;
  const below = text.slice(end, end + LOOKED_AT_UNITS);
  if (below.length < LOOKED_AT_UNITS && !isLast) return "more";
  return /[^\s,][^\n\r]*[,\t]/.test(below);
}

/** A title, a date and some remarks. */
const LOOKED_AT_UNITS = 1000;

/** A record longer than any may be is taken for one whose quote was never closed. */
function bound({ text, start }: TextWindow, scanned: CsvScan): CsvScan {
  if (scanned.found === "fault") return scanned;
  const end = scanned.found === "more" ? text.length : scanned.end;
  return end - start <= RECORD_LIMIT ? scanned : { found: "fault", reason: "unclosed quote" };
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0]?.trim() === "";
}

type Counted = {
  readonly cells: readonly string[];
  readonly end: number;
  readonly header: readonly string[];
  readonly delimiter: "," | "\t";
};

function toRecord(window: TextWindow, record: Counted): Scanned {
  const { cells, end, header } = record;
  // Many an export ends each row in a comma.
  const isSurplusEmpty = cells.slice(header.length).every((cell) => cell.trim() === "");
  if (cells.length >= header.length && isSurplusEmpty) {
    const named = new Map(header.map((column, index) => [column, cells[index] ?? ""]));
    return { found: "record", cells: named, end };
  }
  if (hidesRecord(window, record)) return faultyLine(window, "unclosed quote");
  const reason = cells.length > header.length ? "too many cells" : "too few cells";
  return { found: "fault", reason, end };
}

/** Whether a line inside the record is a whole record by itself: then an unclosed quote has swallowed it. */
function hidesRecord({ text, start }: TextWindow, record: Counted): boolean {
  const { end, header, delimiter } = record;
  for (let at = nextLine(text, start, end); at < end; at = nextLine(text, at, end)) {
    const line = text.slice(at, nextLine(text, at, end));
    const alone = scanCsvRecord(line, { start: 0, delimiter, isLast: true });
    // An odd quote is one end of a quoted cell: that line is a part of this record.
    const isPart = line.split('"').length % 2 === 0;
    if (!isPart && alone.found === "record" && alone.cells.length === header.length) return true;
  }
  return false;
}

function nextLine(text: string, at: number, end: number): number {
  const next = endOfLine(text, at, true);
  return next === "more" ? end : next;
}

function readHeader(file: string, cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  const wrong = [
    ...names.flatMap((name, index) => (name === "" ? [`${index + 1} 列目の見出しが空です`] : [])),
    ...[
      ...new Set(names.filter((name, index) => name !== "" && names.indexOf(name) !== index)),
    ].map(
      (name) => `見出し「${name}」が ${names.filter((other) => other === name).length} 列あります`,
    ),
    ...(names.some((name) => name.includes("\0"))
      ? [
          "見出しに NUL 文字があります（表ではないファイルか、UTF-16、UTF-32 かもしれません。表なら UTF-8 で保存し直してください）",
        ]
      : []),
  ];
  if (wrong.length === 0) return names;
  const noHeader = headless({ columns: names });
  if (noHeader !== undefined) throw new HeadlessError(`${file}: ${noHeader}。`);
  throw new InputError(
    `${file}: 1 行目は見出しで、列ごとに違う名前が要ります。${wrong.join("。")}。` +
      `読んだ見出し: ${names.join("、").slice(0, 500)}`,
  );
}

function badHeader(file: string): InputError {
  return new InputError(
    `${file}: 見出しの行を読めません。長すぎるか、引用符 " が正しく閉じていません。1 行目を確かめてください。`,
  );
}
