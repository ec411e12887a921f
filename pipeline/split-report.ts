import { v5 } from "uuid";
import { cutText } from "./cut-text.ts";
import type { Action } from "./schema/action.ts";
import type { ReportMade } from "./schema/report-actions.ts";

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
  return cutText(value, PART_CHARACTERS).map((text, part) => ({
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
