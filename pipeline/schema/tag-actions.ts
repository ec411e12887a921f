import { z } from "zod";
import { base, written } from "./action-base.ts";
import { Kind, Sentiment } from "./enriched-record.ts";

/**
 * What a person said of a segment's tags, in the place of the machine or because the machine is right. It holds for the
 * segment that shares more than half of this span, and more than half of itself, while the voice has this text; where it
 * is masked otherwise now, for the one segment with these words.
 */
export const SegmentTagged = z.strictObject({
  ...base,
  type: z.literal("segment-tagged"),
  voiceId: z.uuid(),
  /** Of the voice, as the person read it. */
  revision: z.string(),
  /** Half-open span in code points of the voice's masked text. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** The first 16 hex digits of SHA-256 of that text. */
  textHash: z.string(),
  /** The same of the segment's words, with nothing left within 【】. */
  wordsHash: z.string(),
  /** `undo` takes back what people said of this span, and says nothing itself. */
  step: z.enum(["fix", "confirm", "undo"]),
  sentiment: Sentiment.optional(),
  kind: Kind.optional(),
  /** All topics of each taxonomy that the person said something of; empty: none fits. */
  topics: z.array(z.strictObject({ taxonomy: z.string(), topics: z.array(z.string()) })),
  author: written,
});

export type SegmentTagged = z.infer<typeof SegmentTagged>;

/**
 * A person found one of the machine's tags right or wrong, among those that were drawn at random: what a head's confidence is
 * made true by. It changes no tag.
 */
export const TagJudged = z.strictObject({
  ...base,
  type: z.literal("tag-judged"),
  voiceId: z.uuid(),
  /** Of the voice, as the person read it. */
  revision: z.string(),
  /** Half-open span in code points of the voice's masked text. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** sentiment, kind, emotion, intensity, harm, or a taxonomy's name. */
  head: z.string().min(1),
  label: z.string().min(1),
  /** null: a person took that word back, and the tag is open again. */
  isRight: z.boolean().nullable(),
  /** As the head says it, before any offset. */
  confidence: z.number().min(0).max(1),
  /** Of the head, see `headVersion`. */
  headVersion: z.string(),
  author: written,
});

export type TagJudged = z.infer<typeof TagJudged>;

/** The same topics as the warehouse answers them: JSON. */
export const TaggedTopics = z
  .string()
  .transform((text) => SegmentTagged.shape.topics.parse(JSON.parse(text)));
