import { z } from "zod";
import { base } from "./action-base.ts";

export const ReportJob = z.enum(["weekly", "monthly", "daily"]);

/** A report that was made and frozen. */
export const ReportMade = z.strictObject({
  ...base,
  type: z.literal("report-made"),
  job: ReportJob,
  /** 2025-W31, 2025-W31.スナック of a product line, 2025-07 or 2025-07-28. */
  period: z.string(),
  /** From 1; a revision is made only when asked for. */
  revision: z.number().int().positive(),
  askedBy: z.enum(["timetable", "person"]),
  /** The report's value as JSON text, the one its files are rendered from; empty where `parts` carry it. */
  value: z.string(),
  /** How many `report-part` records before this one carry the value: no broker takes it as one record. */
  parts: z.number().int().positive().optional(),
  /** Names of those it is to be sent to, in the same record as the report: neither is there without the other. */
  recipients: z.array(z.string().min(1).max(100)).optional(),
});

export type ReportMade = z.infer<typeof ReportMade>;

/** A part of a report's value. It means nothing until the `report-made` that it belongs to. */
export const ReportPart = z.strictObject({
  ...base,
  type: z.literal("report-part"),
  /** Id of that action. */
  reportId: z.uuid(),
  job: ReportJob,
  period: z.string(),
  /** From 0. */
  part: z.number().int().nonnegative(),
  text: z.string(),
});

export type ReportPart = z.infer<typeof ReportPart>;

const delivery = {
  job: ReportJob,
  period: ReportMade.shape.period,
  revision: ReportMade.shape.revision,
};

/** A report that is there already is to be sent, or sent again. */
export const DeliveriesAsked = z.strictObject({
  ...base,
  type: z.literal("deliveries-asked"),
  ...delivery,
  /** Names in the config. */
  recipients: z.array(z.string().min(1).max(100)).min(1),
  /** Also to those who have it, or to whom it could not be sent. */
  again: z.boolean(),
});

export type DeliveriesAsked = z.infer<typeof DeliveriesAsked>;

/** Characters. */
export const MESSAGE_LIMIT = 2000;

/** A report was sent to one recipient, or could not be. */
export const DeliveryTried = z.strictObject({
  ...base,
  type: z.literal("delivery-tried"),
  ...delivery,
  recipient: z.string().min(1).max(100),
  round: z.number().int().positive(),
  /** How many tries there were with this one, and after how many of them no answer came. */
  tries: z.number().int().positive(),
  answersLost: z.number().int().nonnegative(),
  state: z.enum(["sent", "queued", "dead"]),
  notBefore: z.iso.datetime({ offset: true }),
  /** A code, such as smtp-451; null where it was sent. */
  reason: z.string().max(100).nullable(),
  /** For staff, in Japanese: which setting or file of this house is wrong, where that is the reason. */
  message: z.string().max(MESSAGE_LIMIT).optional(),
});

export type DeliveryTried = z.infer<typeof DeliveryTried>;

/** The timetable did the job of a period that leaves no report, or came to one whose report a person had made before. */
export const PeriodSettled = z.strictObject({
  ...base,
  type: z.literal("period-settled"),
  job: z.string().min(1).max(100),
  period: z.string().min(1).max(100),
});

export type PeriodSettled = z.infer<typeof PeriodSettled>;
