import { z } from "zod";
import { Kind, Sentiment } from "../pipeline/schema/enriched-record.ts";

/** One schema per file of `sql/questions` that a report reads, with the columns as they come. */
export const VoiceRow = z.strictObject({
  voice_id: z.string(),
  received_on: z.string(),
  text: z.string(),
  place: z.string().nullable(),
  product: z.string().nullable(),
  source: z.string(),
  sentiment: Sentiment,
  /** null where it is held back (判定保留), here and below. */
  kind: Kind.nullable(),
});
export type VoiceRow = z.infer<typeof VoiceRow>;

export const SegmentRow = z.strictObject({
  voice_id: z.string(),
  span_start: z.number(),
  span_end: z.number(),
  sentiment: Sentiment.nullable(),
  kind: Kind.nullable(),
  /** Whether a person said so, here and in `is_confirmed` of the topic. */
  sentiment_confirmed: z.boolean(),
  kind_confirmed: z.boolean(),
  /** null in the one row of a segment without a topic. */
  topic: z.string().nullable(),
  /** Without a topic: whether a person said that there is none. */
  is_confirmed: z.boolean().nullable(),
});
export type SegmentRow = z.infer<typeof SegmentRow>;

export const QuotableSegmentRow = SegmentRow.omit({
  sentiment_confirmed: true,
  kind_confirmed: true,
}).extend({
  segment_id: z.number(),
  sentiment_confidence: z.number(),
  kind_confidence: z.number(),
  topic_confidence: z.number().nullable(),
});
export type QuotableSegmentRow = z.infer<typeof QuotableSegmentRow>;

export const QuotableVoiceRow = VoiceRow.pick({
  voice_id: true,
  received_on: true,
  text: true,
  place: true,
  product: true,
}).extend({ customer_key: z.string().nullable(), has_negative: z.boolean() });
export type QuotableVoiceRow = z.infer<typeof QuotableVoiceRow>;

/** One text a list: the driver fetches every text by itself, which took longer than the questions. */
const counted = {
  voice_count: z.number().int(),
  voice_ids: z.string().transform((ids) => ids.split(",")),
};

export const Measure = z.enum([
  "all",
  "complaint",
  "negative",
  "praise",
  "no_verdict",
  "no_topic",
  "no_opinion",
]);
export type Measure = z.infer<typeof Measure>;

export const MeasureRow = z.strictObject({
  period: z.enum(["this", "previous"]),
  measure: Measure,
  ...counted,
});
export type MeasureRow = z.infer<typeof MeasureRow>;

export const TopicSentimentRow = z.strictObject({
  period: z.enum(["this", "previous"]),
  topic: z.string(),
  sentiment: Sentiment.nullable(),
  ...counted,
});
export type TopicSentimentRow = z.infer<typeof TopicSentimentRow>;

export const MeasureOverTimeRow = z.strictObject({
  starts_on: z.string(),
  negative_count: z.number().int(),
  complaint_count: z.number().int(),
  praise_count: z.number().int(),
});
export type MeasureOverTimeRow = z.infer<typeof MeasureOverTimeRow>;

export const TopicOverTimeRow = z.strictObject({
  starts_on: z.string(),
  topic: z.string(),
  negative_count: z.number().int(),
});

export const DayRow = z.strictObject({ received_on: z.string(), voice_count: z.number().int() });

/** What one week adds to the reference of early signals: each cell, a JSON object, and its count. */
export const SignalWeekRow = z.strictObject({
  starts_on: z.string(),
  counts: z
    .string()
    .transform((text) => Object.entries(z.record(z.string(), z.number()).parse(JSON.parse(text)))),
});
export type SignalWeekRow = z.infer<typeof SignalWeekRow>;

/** What `rising_terms.sql` compares: [from, until) against [baselineFrom, from). */
export type TermSpans = {
  readonly baselineFrom: string;
  readonly from: string;
  readonly until: string;
  /** Fewest voices a term must be in. */
  readonly minimum: number;
  /** Critical value of G2. */
  readonly critical: number;
};

export const RisingTermRow = z.strictObject({
  term: z.string(),
  ...counted,
  before_count: z.number().int(),
  before_total: z.number().int(),
  new_total: z.number().int(),
  compared_count: z.number().int(),
  ratio: z.number().nullable(),
  g2: z.number(),
});
export type RisingTermRow = z.infer<typeof RisingTermRow>;

export const TermCountRow = z.strictObject({
  term: z.string(),
  voice_count: z.number().int(),
  span_total: z.number().int(),
});

/** What `signal_cells.sql` compares: [from, until) and [previousFrom, until), each against [referenceFrom, referenceUntil). */
export type SignalSpans = {
  readonly referenceFrom: string;
  readonly referenceUntil: string;
  readonly previousFrom: string;
  readonly from: string;
  readonly until: string;
  readonly taxonomy: string;
};

const CellSizes = z.array(
  z.strictObject({ severity: z.number().int(), rarest: z.number(), cells: z.number().int() }),
);

export const SignalCellRow = z.strictObject({
  /** 1: this week; 2: this one and the one before. */
  weeks: z.literal([1, 2]),
  subject_kind: z.enum(["product", "place"]),
  subject: z.string(),
  lot: z.string(),
  topic: z.string(),
  ...counted,
  customer_count: z.number().int(),
  before_count: z.number().int(),
  severity: z.number().int(),
  share: z.number(),
  /** Of all cells; in the first row of its weeks, null in the others. */
  sizes: z
    .string()
    .transform((text) => CellSizes.parse(JSON.parse(text)))
    .nullable(),
});
export type SignalCellRow = z.infer<typeof SignalCellRow>;

export const RepeatRow = z.strictObject({
  topic: z.string(),
  customer_count: z.number().int(),
  ...counted,
});

export const HarmRow = z.strictObject({
  certainty: z.enum(["sure", "suspected"]),
  topic: z.string(),
  confirmed_count: z.number().int(),
  /** As the voices. */
  spans: z.array(z.strictObject({ span_start: z.number().int(), span_end: z.number().int() })),
  ...counted,
});
export type HarmRow = z.infer<typeof HarmRow>;

/** Voices of grave topics that are no harm's, each with the span of its first such segment. */
export const GraveRow = z.strictObject({
  urgency: z.literal("grave"),
  topics: z.array(z.string()),
  confirmed_count: z.number().int(),
  spans: HarmRow.shape.spans,
  ...counted,
});

export const TopicAwarenessRow = z.strictObject({
  topic: z.string(),
  awareness_id: z.string(),
  voice_id: z.string(),
  author: z.string(),
  reason: z.string(),
  added_on: z.string(),
});
export type TopicAwarenessRow = z.infer<typeof TopicAwarenessRow>;

/** Voices of a product; the ids are the newest with something negative, null where there is none. */
export const ProductRow = z.strictObject({
  product: z.string(),
  this_count: z.number().int(),
  previous_count: z.number().int(),
  negative_count: z.number().int(),
  voice_ids: z
    .string()
    .nullable()
    .transform((ids) => ids?.split(",") ?? []),
});

export const SubjectRow = z.strictObject({
  period: z.enum(["this", "previous"]),
  subject: z.string(),
  ...counted,
});

/** One text for all vectors: an object and a buffer for each took longer than all else that is done with them. */
export const QuoteVectorsRow = z.strictObject({ segment_ids: z.string(), vectors: z.string() });
export type QuoteVectorsRow = z.infer<typeof QuoteVectorsRow>;

export const OriginRow = z.strictObject({
  stream: z.string(),
  file: z.string(),
  source: z.string(),
  ...counted,
});
export type OriginRow = z.infer<typeof OriginRow>;

export const DeadLetterRow = z.strictObject({
  file: z.string(),
  origin_row: z.number().int(),
  column_name: z.string().nullable(),
  step: z.string(),
  reason: z.string(),
  total_count: z.number().int(),
});
export type DeadLetterRow = z.infer<typeof DeadLetterRow>;

export const TopicRow = z.strictObject({
  topic: z.string(),
  label: z.string(),
  parent: z.string(),
  parent_label: z.string(),
  severity: z.number().int(),
});
export type TopicRow = z.infer<typeof TopicRow>;

export const CoverageRow = z.strictObject({ stream: z.string(), records: z.number().int() });
export type CoverageRow = z.infer<typeof CoverageRow>;

export const AwarenessRow = z.strictObject({
  awareness_id: z.string(),
  voice_id: z.string(),
  author: z.string(),
  reason: z.string(),
  added_on: z.string(),
  received_on: z.string(),
  text: z.string(),
  place: z.string().nullable(),
  product: z.string().nullable(),
  source: z.string(),
  sentiment: Sentiment,
  /** null where it is held back (判定保留). */
  kind: Kind.nullable(),
  /** null while it stands, as the reason. */
  withdrawn_on: z.string().nullable(),
  withdrawn_because: z.string().nullable(),
});
export type AwarenessRow = z.infer<typeof AwarenessRow>;

export const DecisionRow = AwarenessRow.omit({
  author: true,
  added_on: true,
  withdrawn_on: true,
  withdrawn_because: true,
}).extend({
  /** Of the voice. */
  topics: z.array(z.string()),
  decision: z.string(),
  decided_by: z.string(),
  decided_on: z.string(),
  outcome: z.string().nullable(),
  outcome_by: z.string().nullable(),
  outcome_on: z.string().nullable(),
});
export type DecisionRow = z.infer<typeof DecisionRow>;
