import type { Outcome } from "../outcome.ts";
import type { EmotionTag, EnrichedSegment, EnrichedVoice } from "../schema/enriched-record.ts";
import { sliceCodePoints } from "../text/code-points.ts";

/** One line of `classify`'s answer; confidences and polarities have four digits. */
export type DescribedVoice = ReadVoice | UnreadVoice;

export type ReadVoice = Pick<
  EnrichedVoice,
  "text" | "sentiment" | "polarity" | "kind" | "emotions" | "intensity" | "harm"
> & { readonly segments: readonly ReturnType<typeof describeSegment>[] };

/** The same keys, but no verdict: a line that nobody could read is not harmless. */
type UnreadVoice = Readonly<
  Record<"sentiment" | "polarity" | "kind" | "intensity" | "harm", null> &
    Record<"emotions" | "segments", readonly never[]>
> & {
  readonly text: "";
  /** Why the line could not be read, as a fixed phrase for machines. */
  readonly error: string;
};

const NOTHING_SAID: ReadVoice = {
  ...{ text: "", sentiment: "neutral", polarity: 0, kind: "other" },
  ...{ emotions: [], intensity: null, harm: false, segments: [] },
};

export function describeVoice(outcome: Outcome<EnrichedVoice>): DescribedVoice {
  if (outcome.status === "skip") return NOTHING_SAID;
  if (outcome.status === "reject") return unread(outcome.reason);
  const { text, sentiment, polarity, kind, emotions, intensity, harm, segments } = outcome.value;
  return {
    text,
    sentiment,
    polarity: round(polarity),
    kind,
    emotions: emotions.map(describeEmotion),
    intensity,
    harm,
    segments: segments.map((segment) => describeSegment(text, segment)),
  };
}

function unread(error: string): UnreadVoice {
  return {
    ...{ text: "", sentiment: null, polarity: null, kind: null },
    ...{ emotions: [], intensity: null, harm: null, segments: [], error },
  };
}

function describeSegment(text: string, segment: EnrichedSegment) {
  const { start, end, sentiment, kind, intensity, harm } = segment;
  return {
    start,
    end,
    text: sliceCodePoints(text, start, end),
    sentiment,
    sentimentConfidence: round(segment.sentimentConfidence),
    polarity: round(segment.polarity),
    kind,
    kindConfidence: round(segment.kindConfidence),
    emotions: segment.emotions.map(describeEmotion),
    intensity,
    harm,
    harmConfidence: segment.harmConfidence === null ? null : round(segment.harmConfidence),
    topics: segment.topics.map(({ topic, confidence, why }) => ({
      topic,
      confidence: round(confidence),
      why,
    })),
  };
}

function describeEmotion({ emotion, confidence }: EmotionTag): EmotionTag {
  return { emotion, confidence: round(confidence) };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
