import { z } from "zod";
import type { Annotation } from "../../pipeline/annotation.ts";
import type { Exposure } from "../../pipeline/intake/read-exposure.ts";
import { addDays, type Period } from "../../pipeline/period.ts";
import { type Arrival, allArrived } from "../arrivals.ts";
import type { RevisedReport } from "./correction.ts";
import { Coverage } from "./coverage.ts";

/** What a period is called and spans: `Period` as it stands in a report's value. */
export const PeriodValue = z.strictObject({
  job: z.enum(["weekly", "monthly"]),
  name: z.string(),
  from: z.string(),
  until: z.string(),
  /** Of a product line's report: its name. */
  line: z.string().optional(),
});

/** Heads whose confidence a desk's judgements moved, by how much, from how many, and the JST date; absent where none. */
export const Calibration = z.array(
  z.strictObject({
    head: z.string(),
    offset: z.number(),
    judged: z.number().int(),
    on: z.string(),
  }),
);
export type Calibration = z.infer<typeof Calibration>;

/** Fields that every report's value begins with. */
export const reportHead = {
  /**
   * Rises when the value's shape changes, so that an old value is never rendered by guess. What a later format adds has
   * a default that says "not there", so that an older value is rendered without it. Before 4 lists had no bound.
   */
  format: z.literal([2, 3, 4]),
  /** From 1; 0 while the period has not ended: such a report is not frozen. */
  revision: z.number().int().nonnegative(),
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
  taxonomyVersion: z.number().int(),
  epoch: z.number().int(),
  calibration: Calibration.optional(),
  coverage: Coverage,
};
export const ReportHead = z.strictObject(reportHead);
export type ReportHead = z.infer<typeof ReportHead>;

export type ReportInput = {
  readonly period: Period;
  readonly revision: number;
  /** The newest frozen revisions that can be read, oldest first. */
  readonly earlier: readonly RevisedReport[];
  /** Name, and the version that its file gives. */
  readonly taxonomy: string;
  readonly taxonomyVersion: number;
  /** The pipeline's epoch. */
  readonly epoch: number;
  readonly calibration?: Calibration;
  /** JST date the report is made on. */
  readonly asOf: string;
  /** Whose voices these are, such as 北陸観光の声. */
  readonly title: string;
  /** Sources of the period's voices, where the connection shows a part of them only. */
  readonly arrived?: ReadonlySet<string>;
  /** Names of the sources without which a period is not complete. */
  readonly expectedSources: readonly string[];
  /** What happened, for the trend. */
  readonly annotations?: readonly Annotation[];
  /** Sales or visitors, where a table of them is given. */
  readonly exposure?: Exposure;
  /** Records from before the period's end may still be on their way through Kafka. */
  readonly streamsUnread?: boolean;
};

/** Days after a period's end in which late voices are waited for. */
const DAYS_OF_GRACE = 3;

export function headOf(
  input: ReportInput,
  previous: Period,
  coverage: Coverage,
  arrivals: readonly Arrival[],
): ReportHead {
  const { period, revision, taxonomy, taxonomyVersion, epoch, asOf, title, calibration } = input;
  const finalOn = addDays(period.until, allArrived(arrivals) ? 0 : DAYS_OF_GRACE);
  return {
    format: 4,
    revision,
    title,
    period,
    previous,
    asOf,
    provisional: asOf < finalOn || input.streamsUnread === true,
    finalOn,
    taxonomy,
    taxonomyVersion,
    epoch,
    ...(calibration !== undefined && { calibration }),
    coverage,
  };
}
