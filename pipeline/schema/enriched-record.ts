import { z } from "zod";
import { Origin } from "./origin.ts";
import { RawVoice } from "./raw-voice.ts";
import { Retry } from "./retry.ts";

export const Sentiment = z.enum(["negative", "neutral", "positive"]);
export type Sentiment = z.infer<typeof Sentiment>;

export const Kind = z.enum(["complaint", "request", "question", "praise", "other"]);
export type Kind = z.infer<typeof Kind>;

export const Emotion = z.enum([
  "怒り",
  "失望",
  "不安",
  "嫌悪",
  "悲しみ",
  "喜び",
  "感謝",
  "驚き",
  "期待",
]);
export type Emotion = z.infer<typeof Emotion>;

export const EmotionTag = z.strictObject({
  emotion: Emotion,
  /** Calibrated probability in [0, 1]. */
  confidence: z.number(),
});
export type EmotionTag = z.infer<typeof EmotionTag>;

/** How strong the feeling is: 0 (none) to 3 (at its utmost). */
export const Intensity = z.number().int().min(0).max(3);

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
  /** null where no label is sure enough (判定保留), here and in `kind`. */
  sentiment: Sentiment.nullable(),
  /** Of the surest label, also where it was held back. */
  sentimentConfidence: z.number(),
  /** In [-1, 1]; said also where the label is held back. */
  polarity: z.number(),
  kind: Kind.nullable(),
  kindConfidence: z.number(),
  /** Surest first. Records of epoch 1 lack this and the four below: nobody had looked. */
  emotions: z.array(EmotionTag).default([]),
  /** null where no level is sure enough. */
  intensity: Intensity.nullable().default(null),
  intensityConfidence: z.number().nullable().default(null),
  /** Whether it tells of bodily harm. */
  harm: z.boolean().nullable().default(null),
  /** Calibrated probability that it does. */
  harmConfidence: z.number().nullable().default(null),
  /** The words that carried sentiment and kind. */
  why: z.array(z.string()),
  topics: z.array(TopicTag),
  terms: z.array(TermSpan),
  /** int8 of the sentence vector, base64; a direction, so it has no scale. */
  vector: z.string(),
});
export type EnrichedSegment = z.infer<typeof EnrichedSegment>;

/** A voice that people and models may see: masked, cut, tagged. */
export const EnrichedVoice = RawVoice.omit({ verbatim: true, known: true, contacts: true }).extend({
  /** The pipeline's epoch, see the design. */
  epoch: z.number().int().positive(),
  /** SHA-256 of the encoder that made the vectors; records made before it was noted are of `FIRST_ENCODER`. */
  encoder: z.string().optional(),
  text: z.string(),
  /** How many spans were masked. */
  maskCount: z.number().int().nonnegative(),
  sentiment: Sentiment,
  polarity: z.number(),
  /** null where no segment's kind is sure enough. */
  kind: Kind.nullable(),
  /** Those of the segments, each as sure as where it is surest, surest first. */
  emotions: z.array(EmotionTag).default([]),
  /** The highest of the segments. */
  intensity: Intensity.nullable().default(null),
  /** Whether any segment tells of bodily harm. */
  harm: z.boolean().nullable().default(null),
  /** Empty for an answer that says nothing, such as 特になし. */
  segments: z.array(EnrichedSegment),
});
export type EnrichedVoice = z.infer<typeof EnrichedVoice>;

/** What ties new tags to a stored voice: they count only for this revision with vectors of this encoder. */
const retagging = {
  /** Where the voice's own record came from. */
  origin: Origin,
  voiceId: z.uuid(),
  revision: z.string(),
  epoch: z.number().int().positive(),
  /** SHA-256 of the encoder whose vectors were read, or made. */
  encoder: z.string(),
  /** Names of the taxonomies whose machine-set tags are replaced. */
  taxonomies: z.array(z.string()),
};

/** `reclassify`: the topics of each segment, in reading order. */
export const RetaggedVoice = z.strictObject({
  status: z.literal("retagged"),
  ...retagging,
  segments: z.array(z.array(TopicTag)),
});
export type RetaggedVoice = z.infer<typeof RetaggedVoice>;

/** All of a segment that comes from its vector and the heads. */
export const EncodedSegment = EnrichedSegment.omit({ start: true, end: true, terms: true });
export type EncodedSegment = z.infer<typeof EncodedSegment>;

/** `reencode`: vector and tags of each segment, in reading order, and what they say of the voice together. */
export const ReencodedVoice = z.strictObject({
  status: z.literal("reencoded"),
  ...retagging,
  derived: EnrichedVoice.pick({
    sentiment: true,
    polarity: true,
    kind: true,
    emotions: true,
    intensity: true,
    harm: true,
  }),
  segments: z.array(EncodedSegment),
});
export type ReencodedVoice = z.infer<typeof ReencodedVoice>;

/** Value of the `voc.enriched` stream. A skipped record is kept as a coordinate, so that it can be counted. */
export const EnrichedRecord = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("ok"), origin: Origin, voice: EnrichedVoice, retry: Retry }),
  z.strictObject({ status: z.literal("skip"), origin: Origin, reason: z.string(), retry: Retry }),
  z.strictObject({ status: z.literal("dead"), origin: Origin, reason: z.string(), retry: Retry }),
  RetaggedVoice,
  ReencodedVoice,
]);
export type EnrichedRecord = z.infer<typeof EnrichedRecord>;
