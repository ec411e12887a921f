import { escapePattern } from "../../text/escape-pattern.ts";
import type { SourceDescription } from "../source.ts";

type Marks = SourceDescription["marks"];

/**
 * Parts a cell that holds the customer's words and the desk's by the marks that stand before them. What stands before
 * the first mark is the customer's.
 */
export function splitSpeakers(cell: string, marks: Marks): { customer: string; desk: string } {
  if (marks === undefined) return { customer: cell, desk: "" };
  const parts: Record<"customer" | "desk", string[]> = { customer: [], desk: [] };
  let speaker: keyof typeof parts = "customer";
  let start = 0;
  const found = findAll(cell, marks);
  if (found.length === 0) return { customer: cell, desk: "" };
  for (const { index, 0: mark, groups } of found) {
    parts[speaker].push(cell.slice(start, index));
    speaker = groups?.desk === undefined ? "customer" : "desk";
    start = index + mark.length;
  }
  parts[speaker].push(cell.slice(start));
  return { customer: joined(parts.customer), desk: joined(parts.desk) };
}

/** In a cell that begins as the customer's, 「客：… 当社：…」, a plain word counts after any blank. */
function findAll(cell: string, marks: NonNullable<Marks>): RegExpExecArray[] {
  const found = [...cell.matchAll(markPattern(marks, BEGINNING))];
  const [first] = found;
  const isDialogue =
    first?.groups?.customer !== undefined && cell.slice(0, first.index).trim() === "";
  return isDialogue ? [...cell.matchAll(markPattern(marks, AFTER_BLANK))] : found;
}

function joined(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n");
}

/** A mark that begins with a bracket or a sign counts anywhere, a plain word (対応：) where a line or a sentence begins. */
function markPattern({ customer, desk }: NonNullable<Marks>, beginning: string): RegExp {
  const any = (marks: readonly string[], isSigned: boolean) =>
    marks
      .filter((mark) => SIGNED.test(mark) === isSigned)
      // 【対応内容】 is not 【対応】 and more.
      .sort((a, b) => b.length - a.length)
      .map(patternOf)
      .join("|") || NEVER;
  const group = (name: string, marks: readonly string[]) =>
    `(?<${name}>${any(marks, true)}|${beginning}(?:${any(marks, false)}))`;
  return new RegExp(`${group("desk", desk)}|${group("customer", customer)}`, "gm");
}

const SIGNED = /^[【［[（(＜<《〈〔■◆●◇□○◯▼▲▽★☆※→⇒・]/;
/** Asked only where no blank stands, so that a long row of blanks is passed over once. */
const BEGINNING = "(?![ \\t\\u3000])(?<=(?:^|[。．！？!?」／/｜|\\u3000])[ \\t\\u3000]{0,40})";
const AFTER_BLANK = "(?![ \\t\\u3000])(?<=^|[。．！？!?」／/｜|\\u3000 \\t])";
const NEVER = "(?!)";

/** A sign, a letter or a digit in half width and in full are the same. */
function patternOf(mark: string): string {
  return Array.from(mark.normalize("NFKC"), (sign) => {
    const literal = escapePattern(sign);
    const wide = /[!-~]/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + WIDTH_STEP) : "";
    return wide === "" ? literal : `[${literal}${wide}]`;
  }).join("");
}

/** From ! to ！ in Unicode. */
const WIDTH_STEP = 0xfee0;
