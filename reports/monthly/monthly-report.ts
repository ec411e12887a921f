import { z } from "zod";
import { commonReport } from "../common-report.ts";
import { Sentence } from "../sentence.ts";
import { Quote } from "../voices/choose-quotes.ts";

const Evidence = z.strictObject({
  /** Which of the findings, from 0. */
  finding: z.number().int().nonnegative(),
  /** What voice it is, as a heading. */
  label: z.string(),
  quote: Quote,
});
export type Evidence = z.infer<typeof Evidence>;

/** The value of a monthly report: all that its files are rendered from. */
export const MonthlyReport = z.strictObject({
  job: z.literal("monthly"),
  ...commonReport,
  findings: z.array(Sentence),
  /** A voice that bears out a finding. Empty in older values. */
  evidence: z.array(Evidence).default([]),
});
export type MonthlyReport = z.infer<typeof MonthlyReport>;
