import { z } from "zod";
import { jstDate } from "../../period.ts";
import { parseReceivedAt } from "./parse-received-at.ts";

/** A cell with a day in any of the spellings that voices may have. */
export const DayCell = z.string().transform((text, context) => {
  const parsed = parseReceivedAt(text);
  if (typeof parsed !== "string") return jstDate(new Date(parsed.receivedAt));
  context.addIssue({ code: "custom", message: "期待: 日付（2026-01-05 など）" });
  return z.NEVER;
});
