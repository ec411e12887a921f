import type { SourceDescription } from "./source.ts";

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
  const found = [...cell.matchAll(markPattern(marks))];
  if (found.length === 0) return { customer: cell, desk: "" };
  for (const { index, 0: mark, groups } of found) {
    parts[speaker].push(cell.slice(start, index));
    speaker = groups?.desk === undefined ? "customer" : "desk";
    start = index + mark.length;
  }
  parts[speaker].push(cell.slice(start));
  return { customer: joined(parts.customer), desk: joined(parts.desk) };
}

function joined(parts: readonly string[]): string {
  return parts
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .join("\n");
}

/** A mark that begins with a bracket or a sign counts anywhere, a plain word (対応：) where a line begins. */
function markPattern({ customer, desk }: NonNullable<Marks>): RegExp {
  const any = (marks: readonly string[], isSigned: boolean) =>
    marks
      .filter((mark) => SIGNED.test(mark) === isSigned)
      // 【対応内容】 is not 【対応】 and more.
      .sort((a, b) => b.length - a.length)
      .map(patternOf)
      .join("|") || NEVER;
  const group = (name: string, marks: readonly string[]) =>
    `(?<${name}>${any(marks, true)}|(?<=^[ \\t\\u3000]*)(?:${any(marks, false)}))`;
  return new RegExp(`${group("desk", desk)}|${group("customer", customer)}`, "gm");
}

const SIGNED = /^[【［[（(＜<《〈〔■◆●◇□○▼▲★☆※→⇒]/;
const NEVER = "(?!)";

/** A colon in half width and in full are the same mark. */
function patternOf(mark: string): string {
  return mark.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&").replace(/[:：]/g, "[:：]");
}
