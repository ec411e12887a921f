import { RECORD_LIMIT } from "./line-break.ts";
import { readJsonRecord } from "./scan-json-record.ts";
import type { Scan, Scanned, TextWindow } from "./scanned.ts";

/**
 * Makes the scan of a JSON array, or of objects one after another, broken over lines as they like.
 *
 * What is broken costs its own element: the scan goes on behind the next `},` that has a `{` after it. That may
 * lie inside the broken one, and then its inner objects are told as records too, never fewer.
 */
export function scanJsonArray(): Scan {
  let depth = 0;
  let isLost = false;
  return (window) => {
    const { text, start, isLast } = window;
    if (isLost) {
      const next = nextObject(window);
      isLost = next === undefined;
      return next === undefined ? passLost(window) : { found: "nothing", end: next };
    }
    const end = endOf(BETWEEN, text, start);
    if (end > start) {
      depth += bracketsIn(text.slice(start, end));
      const isOpen = isLast && end === text.length && depth > 0;
      return isOpen ? { found: "fault", reason: "unclosed array", end } : { found: "nothing", end };
    }
    const element = scanElement(window);
    isLost = element.found === "fault" && element.reason === "record too long";
    return element;
  };
}

/** A byte order mark in the middle is what two files leave that were joined. */
const BETWEEN = /[\s,[\]\ufeff]*/y;

function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

function bracketsIn(between: string): number {
  return between.split("[").length - between.split("]").length;
}

function scanElement(window: TextWindow): Scanned {
  const { text, start, isLast } = window;
  const end = endOfElement(window);
  const isLong = (end ?? text.length) - start > RECORD_LIMIT;
  if (end === undefined && !isLast && !isLong) return { found: "more" };
  if (end !== undefined && !isLong) {
    const read = readJsonRecord(text.slice(start, end), end);
    if (read.found !== "fault" || read.reason !== "invalid JSON") return read;
  }
  const next = nextObject(window);
  const broken = Math.min(next ?? text.length, end ?? text.length);
  if (broken - start <= RECORD_LIMIT)
    return { found: "fault", reason: "invalid JSON", end: broken };
  return { found: "fault", reason: "record too long", end: start + RECORD_LIMIT };
}

/** @returns `undefined` where it goes on behind the text that is there */
function endOfElement({ text, start, isLast }: TextWindow): number | undefined {
  if (text[start] === "{") return endOfObject(text, start);
  if (text[start] === '"') return endOfString(text, start + 1);
  const end = endOf(SCALAR, text, start);
  return end < text.length || isLast ? end : undefined;
}

const SCALAR = /[^\s,[\]{]+/y;

/** @param start where a brace opens */
function endOfObject(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at: number | undefined = start; at !== undefined; ) {
    MARK.lastIndex = at;
    const mark = MARK.exec(text)?.[0];
    if (mark === undefined) return undefined;
    if (mark === "{") depth += 1;
    if (mark === "}") depth -= 1;
    if (depth === 0) return MARK.lastIndex;
    at = mark === '"' ? endOfString(text, MARK.lastIndex) : MARK.lastIndex;
  }
  return undefined;
}

const MARK = /[{}"]/g;

/** @param start behind the opening quote */
function endOfString(text: string, start: number): number | undefined {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (at - 1 - escapes >= start && text[at - 1 - escapes] === "\\") escapes += 1;
    if (escapes % 2 === 0) return at + 1;
  }
  return undefined;
}

/** @returns where an object begins behind the end of another */
function nextObject({ text, start }: TextWindow): number | undefined {
  NEXT.lastIndex = start;
  return NEXT.test(text) ? NEXT.lastIndex : undefined;
}

const NEXT = /\}[\s,]*(?=\{)/g;

/** Goes on to what may be the end of another object, behind which the next is looked for. */
function passLost({ text, start, isLast }: TextWindow): Scanned {
  const brace = text.lastIndexOf("}");
  const mayGoOn = !isLast && brace >= start && /^\}[\s,]*$/.test(text.slice(brace));
  if (!mayGoOn) return { found: "nothing", end: text.length };
  return brace === start ? { found: "more" } : { found: "nothing", end: brace };
}
