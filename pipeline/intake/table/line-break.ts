export const CR = 0x0d;
export const LF = 0x0a;

/**
 * The longest record that is read, in UTF-16 units: room for a cell of a megabyte, which then gets its own
 * reason, and the bound of what an unclosed quote can make the reader look through.
 */
export const RECORD_LIMIT = 4 * 1024 * 1024;

/**
 * LF, CR LF and a lone CR all end a line, whatever the other lines end with.
 *
 * @returns the place after the line break at `at`; "more" where the text behind it decides; `undefined` where
 *   there is no line break
 */
export function afterLineBreak(
  text: string,
  at: number,
  isLast: boolean,
): number | "more" | undefined {
  if (at >= text.length) return isLast ? text.length : "more";
  const unit = text.charCodeAt(at);
  if (unit === LF) return at + 1;
  if (unit !== CR) return undefined;
  if (at + 1 === text.length && !isLast) return "more";
  return text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
}

/** @returns where the next line begins */
export function endOfLine(text: string, start: number, isLast: boolean): number | "more" {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === LF || unit === CR) return afterLineBreak(text, at, isLast) ?? at;
  }
  return isLast ? text.length : "more";
}

/** @returns the number of lines that `[start, end)` touches */
export function countLines(text: string, start: number, end: number): number {
  // No look beyond the end: the line may go on for as long as the text is.
  const touched = text.slice(start, end);
  let lines = 0;
  for (let at = 0; at < touched.length; lines += 1) {
    const next = endOfLine(touched, at, true);
    at = next === "more" ? touched.length : next;
  }
  return lines;
}
