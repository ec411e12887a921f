import { z } from "zod";
import { commonReport } from "../common-report.ts";
import { Sentence } from "../sentence.ts";

/** The value of a monthly report: all that its files are rendered from. */
export const MonthlyReport = z.strictObject({
  job: z.literal("monthly"),
  ...commonReport,
  findings: z.array(Sentence),
});
export type MonthlyReport = z.infer<typeof MonthlyReport>;
