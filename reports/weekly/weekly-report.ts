import { z } from "zod";
import { commonReport } from "../common-report.ts";
import { Sentence } from "../sentence.ts";
import { Priority } from "./priorities.ts";
import { RisingTerms } from "./rising-terms.ts";
import { Signals } from "./signals.ts";

/** The value of a weekly report: all that its files are rendered from. */
export const WeeklyReport = z.strictObject({
  job: z.literal("weekly"),
  ...commonReport,
  headlines: z.array(Sentence),
  priorities: z.array(Priority),
  /** Own names of the taxonomy's topics that come first, be it one voice. Absent in older values. */
  graveTopics: z.array(z.string()).optional(),
  /** null in a value of format 2. */
  signals: Signals.nullable().default(null),
  risingTerms: RisingTerms,
});
export type WeeklyReport = z.infer<typeof WeeklyReport>;
