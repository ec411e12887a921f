import { v5 } from "uuid";
import type { Action, ReportMade } from "./schema/action.ts";

/**
 * Characters of a report's value in one record. A voice takes about a kilobyte, so a report of 20,000 has 20 MB, and
 * no broker takes that as one: it goes as parts, before the action that completes it, in the same partition.
 */
const PART_CHARACTERS = 1_000_000;

/** @returns what is written to Kafka for one action, in order */
export function splitReport(action: Action): Action[] {
  if (action.type !== "report-made" || action.value.length <= PART_CHARACTERS) return [action];
  const parts = partsOf(action);
  return [...parts, { ...action, value: "", parts: parts.length }];
}

function partsOf({ actionId, at, job, period, value }: ReportMade): Action[] {
  // By code point: half a character is no text.
  const parts: string[] = [];
  for (let start = 0; start < value.length; ) {
    const end = boundary(value, start + PART_CHARACTERS);
    parts.push(value.slice(start, end));
    start = end;
  }
  return parts.map((text, part) => ({
    type: "report-part",
    // The same report written twice has the same parts.
    actionId: v5(String(part), actionId),
    at,
    reportId: actionId,
    job,
    period,
    part,
    text,
  }));
}

/** @returns the index, or the one before it where it would cut a surrogate pair */
function boundary(text: string, index: number): number {
  const code = text.charCodeAt(index - 1);
  return index < text.length && code >= 0xd800 && code <= 0xdbff ? index - 1 : index;
}
