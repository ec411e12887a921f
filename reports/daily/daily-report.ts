import { z } from "zod";
import { Arrival } from "../arrivals.ts";
import { Figures } from "../figure.ts";
import { Coverage } from "../frozen/coverage.ts";
import { Questions } from "../frozen/pasteable-sql.ts";
import { Calibration } from "../frozen/report-head.ts";
import { Theme } from "../theme/theme.ts";
import { Quote } from "../voices/choose-quotes.ts";
import { Voices } from "../voices/voice.ts";
import { Signals } from "../weekly/signals.ts";
import { UsualDays, UsualLevel } from "./usual-level.ts";

/** A product, or a place where the voices name no product. */
const DailySubject = z.strictObject({
  subject: z.string(),
  figure: z.string(),
  usual: UsualLevel,
});
export type DailySubject = z.infer<typeof DailySubject>;

/** The value of a daily digest: all that its files are rendered from. */
export const DailyReport = z.strictObject({
  job: z.literal("daily"),
  /** Rises when the value's shape changes, so that an old value is never rendered by guess. */
  format: z.literal([1, 2]),
  /** From 1; 0 while the day has not ended: such a digest is not frozen. */
  revision: z.number().int().nonnegative(),
  title: z.string(),
  period: z.strictObject({
    job: z.literal("daily"),
    name: z.string(),
    from: z.string(),
    until: z.string(),
  }),
  /** JST date the digest was made on. */
  asOf: z.string(),
  taxonomy: z.string(),
  taxonomyVersion: z.number().int(),
  epoch: z.number().int(),
  calibration: Calibration.optional(),
  coverage: Coverage,
  theme: Theme.optional(),
  /** Voices that the revision before counted; null in a first one. */
  countedBefore: z.number().int().nullable(),
  /** And those before it, oldest first; left out where there are none. */
  countedOlder: z.array(z.number().int()).optional(),
  /** The sources that are expected, in the order of the configuration. */
  expected: z.array(Arrival),
  usualDays: UsualDays,
  /** Of all voices. */
  usual: UsualLevel,
  /** Those with most voices. */
  subjects: z.array(DailySubject),
  /** Products and places that there was no room for, and their voices; the voices that name neither. */
  others: z.strictObject({
    subjects: z.number().int(),
    voices: z.number().int(),
    unnamed: z.number().int(),
  }),
  /** Newest first, in older values surest first; as many as there is room for. */
  harm: z.array(Quote),
  /** How many of all those a person confirmed. 0 in older values, which knew of no confirmed one. */
  harmConfirmed: z.number().int().default(0),
  /** Of which a machine is not sure enough; as many as there is room for. Empty in older values, which have them above. */
  suspectedHarm: z.array(Quote).default([]),
  /** Of grave topics but no harm. null where the taxonomy has no such topic, and in older values. */
  grave: z
    .strictObject({
      /** Those spoken of; where none is, all that were looked for. */
      topics: z.array(z.string()),
      /** How many of the voices a person gave such a topic. 0 in older values, which did not ask. */
      confirmed: z.number().int().default(0),
      /** As many as there is room for, and not those above. */
      quotes: z.array(Quote),
    })
    .nullable()
    .default(null),
  /** Those that yesterday's digest could not have. */
  signals: Signals,
  quotes: z.array(Quote),
  topicLabels: z.record(z.string(), z.string()),
  figures: Figures,
  questions: Questions,
  voices: Voices,
  unlisted: z.string().default(""),
});
export type DailyReport = z.infer<typeof DailyReport>;
