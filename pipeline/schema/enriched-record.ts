import { z } from "zod";
import { Origin } from "./origin.ts";
import { RawVoice } from "./raw-voice.ts";

export const Sentiment = z.enum(["negative", "neutral", "positive"]);
export type Sentiment = z.infer<typeof Sentiment>;

export const Kind = z.enum(["complaint", "request", "question", "praise", "other"]);
export type Kind = z.infer<typeof Kind>;

export const TopicTag = z.strictObject({
  taxonomy: z.string(),
  /** Leaf id, such as "package.opening". */
  topic: z.string(),
  /** Calibrated probability in [0, 1]. */
  confidence: z.number(),
  /** "head" or "rule": which one decided. */
  by: z.enum(["head", "rule"]),
  /** The words of the segment that carried the tag, strongest first. */
  why: z.array(z.string()),
});
export type TopicTag = z.infer<typeof TopicTag>;

/** One term of a segment; spans count code points of the masked text. */
export const TermSpan = z.strictObject({
  term: z.string(),
  start: z.number().int(),
  end: z.number().int(),
});
export type TermSpan = z.infer<typeof TermSpan>;

export const EnrichedSegment = z.strictObject({
  /** Half-open span in code points of the voice's masked text. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  sentiment: Sentiment,
  sentimentConfidence: z.number(),
  /** In [-1, 1]. */
  polarity: z.number(),
  kind: Kind,
  kindConfidence: z.number(),
  /** The words that carried sentiment and kind. */
  why: z.array(z.string()),
  topics: z.array(TopicTag),
  terms: z.array(TermSpan),
  /** 384 int8 of the sentence vector, base64; a direction, so it has no scale. */
  vector: z.string(),
});
export type EnrichedSegment = z.infer<typeof EnrichedSegment>;

/** A voice that people and models may see: masked, cut, tagged. */
export const EnrichedVoice = RawVoice.omit({ verbatim: true }).extend({
  /** The pipeline's epoch, see the design. */
  epoch: z.number().int().positive(),
  text: z.string(),
  /** How many spans were masked. */
  maskCount: z.number().int().nonnegative(),
  sentiment: Sentiment,
  polarity: z.number(),
  kind: Kind,
  /** Empty for an answer that says nothing, such as 特になし. */
  segments: z.array(EnrichedSegment),
});
export type EnrichedVoice = z.infer<typeof EnrichedVoice>;

/** Value of the `voc.enriched` stream. A skipped record is kept as a coordinate, so that it can be counted. */
export const EnrichedRecord = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("ok"), origin: Origin, voice: EnrichedVoice }),
  z.strictObject({ status: z.literal("skip"), origin: Origin, reason: z.string() }),
  z.strictObject({ status: z.literal("dead"), origin: Origin, reason: z.string() }),
]);
export type EnrichedRecord = z.infer<typeof EnrichedRecord>;
