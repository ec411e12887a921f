import { endOfLine, RECORD_LIMIT } from "./line-break.ts";
import { faultyLine, type Scanned, type TextWindow } from "./scanned.ts";

/** Reads one line of JSON Lines: an object, whose keys are the columns. */
export function scanJsonRecord(window: TextWindow): Scanned {
  const { text, start, isLast } = window;
  const end = endOfLine(text, start, isLast);
  if (end === "more" || end - start > RECORD_LIMIT) return faultyLine(window, "record too long");
  const line = text.slice(start, end);
  return line.trim() === "" ? { found: "nothing", end } : readJsonRecord(line, end);
}

/** @param written all of one value @param end where it ends in the window */
export function readJsonRecord(written: string, end: number): Scanned {
  try {
    const value: unknown = JSON.parse(written);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return { found: "fault", reason: "not a JSON object", end };
    }
    return toRecord(Object.entries(value), end);
  } catch {
    // A SyntaxError, or a RangeError from nesting too deep to write back.
    return { found: "fault", reason: "invalid JSON", end };
  }
}

function toRecord(entries: readonly (readonly [string, unknown])[], end: number): Scanned {
  const cells = new Map<string, string>();
  for (const [key, value] of entries) {
    // Beyond 2^53 the digits that were written are gone, and two ids would become one.
    if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
      return { found: "fault", reason: "number out of range", column: key, end };
    }
    cells.set(key.trim(), toText(value));
  }
  return { found: "record", cells, end };
}

/** Nested values stay JSON; `null` is an empty cell. */
function toText(value: unknown): string {
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
