import type { QuoteCandidate } from "./choose-quotes.ts";
import { placeCandidates, type QuotePlaces, type UnplacedCandidate } from "./quote-places.ts";
import type { SegmentRow } from "./report-rows.ts";

/** Negative segments of a topic. Surest: where topic and sentiment are both sure. */
export function negativeCandidates(
  segments: readonly SegmentRow[],
  places: QuotePlaces,
  topic: string,
): QuoteCandidate[] {
  const candidates = segments
    .filter((row) => row.topic === topic && row.sentiment === "negative")
    .map((row) => {
      const ofTopic = row.is_confirmed === true ? 1 : (row.topic_confidence ?? 0);
      return candidateOf(row, ofTopic * row.sentiment_confidence);
    });
  return placeCandidates(candidates, places);
}

/** Positive segments of kind お褒め, once for each of their topics. */
export function praiseCandidates(
  segments: readonly SegmentRow[],
  places: QuotePlaces,
): QuoteCandidate[] {
  const candidates = segments
    .filter((row) => row.kind === "praise" && row.sentiment === "positive")
    .map((row) => candidateOf(row, row.kind_confidence * row.sentiment_confidence));
  return placeCandidates(candidates, places);
}

function candidateOf(row: SegmentRow, confidence: number): UnplacedCandidate {
  const { voice_id, span_start, span_end, topic } = row;
  return { voiceId: voice_id, start: span_start, end: span_end, confidence, topic };
}
