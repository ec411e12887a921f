import { clipBytes } from "../files/clip-bytes.ts";
import { countLines, endOfLine } from "./line-break.ts";
import type { Scan, Scanned } from "./scanned.ts";

/** One record as it stands in a source file: its cells, or why there are none. */
export type SourceRecord = {
  /** Record number from 0: every record counts, read or not; the header and blank lines do not. */
  readonly offset: number;
  /** Line where the record begins, from 1, the header counted; of a JSON array the record's number, from 1. */
  readonly row: number;
  /** The record's own text. Of a record with a problem, at most 64 KiB. */
  readonly bytes: string;
} & (
  | { readonly cells: ReadonlyMap<string, string> }
  | { readonly problem: { readonly reason: string; readonly column?: string } }
);

/** @returns the cells of the records that can be read */
export function rowsOf(records: readonly SourceRecord[]): ReadonlyMap<string, string>[] {
  return records.flatMap((record) => ("cells" in record ? [record.cells] : []));
}

/**
 * Cuts a text that arrives in pieces into records. Where the pieces end makes no difference.
 *
 * @param options.cutOff the text ends in half a character, and so the last record is not whole
 */
export class RecordSplitter {
  private readonly scan: Scan;
  private readonly cutOff: boolean;
  private readonly numbering: "lines" | "records";
  private text = "";
  private offset = 0;
  private row = 1;
  private passingLine = false;

  constructor(
    scan: Scan,
    { cutOff, numbering }: { cutOff: boolean; numbering: "lines" | "records" },
  ) {
    this.scan = scan;
    this.cutOff = cutOff;
    this.numbering = numbering;
  }

  *add(piece: string, { isLast }: { isLast: boolean }): Generator<SourceRecord> {
    const text = this.text + piece;
    let start = this.passingLine ? this.passLine(text, isLast) : 0;
    while (start < text.length && !this.passingLine) {
      const scanned = this.scan({ text, start, isLast });
      if (scanned.found === "more") break;
      yield* this.record(text, start, this.hurtByCutOff(scanned, text, isLast));
      this.row += countLines(text, start, scanned.end);
      start = scanned.end;
      if (scanned.found === "fault" && scanned.passLine === true) {
        this.row -= 1;
        this.passingLine = true;
        start = this.passLine(text, isLast, start);
      }
    }
    this.text = text.slice(start);
  }

  private *record(text: string, start: number, scanned: Scanned): Generator<SourceRecord> {
    if (scanned.found !== "record" && scanned.found !== "fault") return;
    const row = this.numbering === "lines" ? this.row : this.offset + 1;
    const place = { offset: this.offset, row };
    const bytes = text.slice(start, scanned.end);
    this.offset += 1;
    if (scanned.found === "record") {
      yield { ...place, bytes, cells: scanned.cells };
      return;
    }
    const { reason, column } = scanned;
    const problem = { reason, ...(column !== undefined && { column }) };
    yield { ...place, bytes: clipBytes(bytes), problem };
  }

  private hurtByCutOff(
    scanned: Exclude<Scanned, { found: "more" }>,
    text: string,
    isLast: boolean,
  ): Scanned {
    if (!(this.cutOff && isLast && scanned.end === text.length)) return scanned;
    return { found: "fault", reason: "cut-off character at end of file", end: scanned.end };
  }

  /** Goes to the end of a line that is too long to be a record. */
  private passLine(text: string, isLast: boolean, start = 0): number {
    const end = endOfLine(text, start, isLast);
    if (end === "more") return text.endsWith("\r") ? text.length - 1 : text.length;
    this.passingLine = false;
    this.row += 1;
    return end;
  }
}
