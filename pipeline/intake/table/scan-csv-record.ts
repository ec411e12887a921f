import { afterLineBreak, CR, LF } from "./line-break.ts";

/** What stands at one place of a delimited text. */
export type CsvScan =
  | { readonly found: "record"; readonly cells: readonly string[]; readonly end: number }
  /** The record may go on behind the end of the text that is there. */
  | { readonly found: "more" }
  | { readonly found: "fault"; readonly reason: "broken quote" | "unclosed quote" };

/**
 * Reads one record of RFC 4180 text at `start`: one pass, no copy but the cells.
 *
 * csv-parse is the oracle of this function's tests, not its engine: once it is inside an unclosed quote it
 * has no way to give back the lines that it swallowed, and here the caller simply asks again one line later.
 * A quote inside a cell that does not begin with one is a plain character, as in Excel.
 *
 * @param isLast no text comes after this
 */
export function scanCsvRecord(
  text: string,
  { start, delimiter, isLast }: { start: number; delimiter: "," | "\t"; isLast: boolean },
): CsvScan {
  const cells: string[] = [];
  for (let at = start; ; ) {
    const cell = scanCell(text, at, { delimiter, isLast });
    if (cell === "more") return MORE;
    if (cell === "unclosed quote") return { found: "fault", reason: cell };
    cells.push(cell.value);
    if (!text.startsWith(delimiter, cell.end)) return endRecord(cells, text, cell.end, isLast);
    at = cell.end + 1;
  }
}

const MORE = { found: "more" } as const;
const QUOTE = 0x22;

type Cell = { readonly value: string; readonly end: number };

function scanCell(
  text: string,
  start: number,
  { delimiter, isLast }: { delimiter: "," | "\t"; isLast: boolean },
): Cell | "more" | "unclosed quote" {
  if (text.charCodeAt(start) !== QUOTE) {
    const end = endOfPlainCell(text, start, delimiter.charCodeAt(0));
    return { value: text.slice(start, end), end };
  }
  const end = closingQuote(text, start + 1, isLast);
  if (typeof end === "string") return end;
  return { value: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
}

function endOfPlainCell(text: string, start: number, delimiter: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === delimiter || unit === LF || unit === CR) return at;
  }
  return text.length;
}

function closingQuote(
  text: string,
  start: number,
  isLast: boolean,
): number | "more" | "unclosed quote" {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 2)) {
    // What follows a quote decides what it is, and it may not be there yet.
    if (at + 1 === text.length && !isLast) return "more";
    if (text.charCodeAt(at + 1) !== QUOTE) return at;
  }
  return isLast ? "unclosed quote" : "more";
}

function endRecord(cells: readonly string[], text: string, at: number, isLast: boolean): CsvScan {
  const end = afterLineBreak(text, at, isLast);
  if (end === "more") return MORE;
  return end === undefined
    ? { found: "fault", reason: "broken quote" }
    : { found: "record", cells, end };
}
