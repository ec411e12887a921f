import { endOfLine, RECORD_LIMIT } from "./line-break.ts";

/** What a format makes of the text at one place. `end` is where to go on. */
export type Scanned =
  | { readonly found: "record"; readonly cells: ReadonlyMap<string, string>; readonly end: number }
  | {
      readonly found: "fault";
      readonly reason: string;
      readonly column?: string;
      readonly end: number;
      /** The line is longer than a record may be: what is left of it is passed over. */
      readonly passLine?: boolean;
    }
  /** A blank line or the header. */
  | { readonly found: "nothing"; readonly end: number }
  | { readonly found: "more" };

export type TextWindow = {
  readonly text: string;
  readonly start: number;
  readonly isLast: boolean;
};

/** A format's way to read one record. */
export type Scan = (window: TextWindow) => Scanned;

/** Rejects the line at the place, and only that, so that every line after it is read anew. */
export function faultyLine({ text, start, isLast }: TextWindow, reason: string): Scanned {
  const end = endOfLine(text, start, isLast);
  if (end !== "more" && end - start <= RECORD_LIMIT) return { found: "fault", reason, end };
  if (end !== "more") return { found: "fault", reason: "record too long", end };
  if (text.length - start <= RECORD_LIMIT) return { found: "more" };
  // Whether a CR at the end is a line break by itself is not known yet.
  const seen = text.endsWith("\r") ? text.length - 1 : text.length;
  return { found: "fault", reason: "record too long", end: seen, passLine: true };
}
