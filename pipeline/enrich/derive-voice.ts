import type {
  EmotionTag,
  EncodedSegment,
  EnrichedVoice,
  Kind,
  Sentiment,
} from "../schema/enriched-record.ts";

/**
 * A polarity nearer to zero than this is called neutral. Of 300 Hokuriku voices rated 1–2 or 5, 0.2 called 0.82 right and
 * 0.05 called 0.86; of 35 voices that only ask or tell, 0.2 called 19 neutral and 0.05 called 3.
 */
const NEUTRAL_WITHIN = 0.2;

/** Complaint before request before question before praise: what needs an answer names the voice. */
const KIND_ORDER: readonly Kind[] = ["complaint", "request", "question", "praise"];

/** A voice's own values, derived from its segments. */
export function deriveVoice(
  segments: readonly EncodedSegment[],
): Pick<EnrichedVoice, "sentiment" | "polarity" | "kind" | "emotions" | "intensity" | "harm"> {
  const levels = segments.flatMap(({ intensity }) => (intensity === null ? [] : [intensity]));
  return {
    ...deriveVerdict(segments),
    emotions: deriveEmotions(segments),
    intensity: levels.length === 0 ? null : Math.max(...levels),
    harm: segments.some(({ harm }) => harm === true) || deriveUnharmed(segments),
  };
}

export type Verdict = Pick<EncodedSegment, "polarity" | "kind">;

/** The part of it that a person may have a word in. */
export function deriveVerdict(
  segments: readonly Verdict[],
): Pick<EnrichedVoice, "sentiment" | "polarity" | "kind"> {
  const polarity = derivePolarity(segments);
  const kinds = new Set(segments.map((segment) => segment.kind));
  return {
    sentiment: sentimentOf(polarity),
    polarity,
    kind: KIND_ORDER.find((kind) => kinds.has(kind)) ?? (kinds.has(null) ? null : "other"),
  };
}

/** @returns null where a segment was not looked at */
function deriveUnharmed(segments: readonly EncodedSegment[]): false | null {
  return segments.some(({ harm }) => harm === null) ? null : false;
}

function sentimentOf(polarity: number): Sentiment {
  if (Math.abs(polarity) < NEUTRAL_WITHIN) return "neutral";
  return polarity < 0 ? "negative" : "positive";
}

/**
 * Weighs each segment by its own distance from zero: 「先週伺いました。」 beside a complaint must not halve it.
 * On 269 Hokuriku voices of two or more segments, 63 rated 1–2 and the others 5, it left 0.10 neutral against 0.18 of the
 * plain mean; balanced accuracy of the sign, 0.924 against 0.912, is within chance, and so is a last segment counted twice.
 *
 * @returns in [-1, 1]; 0 without a segment
 */
function derivePolarity(segments: readonly Verdict[]): number {
  let sum = 0;
  let weights = 0;
  for (const { polarity } of segments) {
    sum += polarity * Math.abs(polarity);
    weights += Math.abs(polarity);
  }
  return weights === 0 ? 0 : sum / weights;
}

/** @returns each emotion once, as sure as where it is surest, surest first */
function deriveEmotions(segments: readonly EncodedSegment[]): EmotionTag[] {
  const surest = new Map<EmotionTag["emotion"], number>();
  for (const { emotion, confidence } of segments.flatMap(({ emotions }) => emotions)) {
    surest.set(emotion, Math.max(confidence, surest.get(emotion) ?? 0));
  }
  return [...surest]
    .map(([emotion, confidence]) => ({ emotion, confidence }))
    .sort((one, other) => other.confidence - one.confidence);
}
