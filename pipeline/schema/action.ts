import { z } from "zod";

const base = { actionId: z.uuid(), at: z.iso.datetime({ offset: true }) };

/** A person's comment on a voice, saying why everyone should read it. */
export const AwarenessAdded = z.strictObject({
  ...base,
  type: z.literal("awareness-added"),
  voiceId: z.uuid(),
  author: z.string().min(1).max(100),
  reason: z.string().min(1).max(2000),
});

export type AwarenessAdded = z.infer<typeof AwarenessAdded>;

/** A report that was made and frozen. */
export const ReportMade = z.strictObject({
  ...base,
  type: z.literal("report-made"),
  job: z.enum(["weekly", "monthly"]),
  /** 2025-W31 or 2025-07. */
  period: z.string(),
  /** From 1; a revision is made only when asked for. */
  revision: z.number().int().positive(),
  askedBy: z.enum(["timetable", "person"]),
  /** The report's value as JSON text, the one its files are rendered from. */
  value: z.string(),
});

export type ReportMade = z.infer<typeof ReportMade>;

/** Value of the `voc.actions` stream: everything a person or the timetable did that changes a report. */
export const Action = z.discriminatedUnion("type", [AwarenessAdded, ReportMade]);
export type Action = z.infer<typeof Action>;
