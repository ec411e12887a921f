import { z } from "zod";
import { addDays, type Period } from "../pipeline/period.ts";
import { Coverage } from "./coverage.ts";

/** What a period is called and spans: `Period` as it stands in a report's value. */
export const PeriodValue = z.strictObject({
  job: z.enum(["weekly", "monthly"]),
  name: z.string(),
  from: z.string(),
  until: z.string(),
});

/** Fields that every report's value begins with. */
export const reportHead = {
  /** Rises when the value's shape changes, so that an old value is never rendered by guess. */
  format: z.literal(1),
  title: z.string(),
  period: PeriodValue,
  previous: PeriodValue,
  /** JST date the report was made on. */
  asOf: z.string(),
  /** 速報 while true. */
  provisional: z.boolean(),
  /** First day on which it is 確定. */
  finalOn: z.string(),
  taxonomy: z.string(),
  epoch: z.number().int(),
  coverage: Coverage,
};
export const ReportHead = z.strictObject(reportHead);
export type ReportHead = z.infer<typeof ReportHead>;

export type ReportInput = {
  readonly period: Period;
  readonly taxonomy: string;
  /** The pipeline's epoch. */
  readonly epoch: number;
  /** JST date the report is made on. */
  readonly asOf: string;
  /** Whose voices these are, such as 北陸観光の声. */
  readonly title: string;
};

/** Days after a period's end in which late voices are waited for. */
const DAYS_OF_GRACE = 3;

export function headOf(
  { period, taxonomy, epoch, asOf, title }: ReportInput,
  previous: Period,
  coverage: Coverage,
): ReportHead {
  const finalOn = addDays(period.until, DAYS_OF_GRACE);
  return {
    format: 1,
    title,
    period,
    previous,
    asOf,
    provisional: asOf < finalOn,
    finalOn,
    taxonomy,
    epoch,
    coverage,
  };
}
