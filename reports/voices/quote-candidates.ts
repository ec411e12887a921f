import type { QuotableSegmentRow, QuotableVoiceRow } from "../report-rows.ts";
import type { QuoteCandidate } from "./choose-quotes.ts";
import type { Quotable } from "./quotable.ts";
import { placeCandidates, type QuotePlaces, type UnplacedCandidate } from "./quote-places.ts";

/** Negative segments of a topic. Surest: where topic and sentiment are both sure. */
export function negativeCandidates(
  segments: readonly QuotableSegmentRow[],
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

/**
 * What is quoted as praise must be: each of its tags is at least so sure, which nine in ten of the demo's are. Nobody
 * misses a line of praise, but everybody notices one about 終売. Printed in the report's rule.
 */
export const SURE_PRAISE = 0.8;

/**
 * また買いたいとは思わない: a wish that is denied is no praise to a reader, however sure the tags. Where it is the rival
 * that nobody wants, a line of praise is missed. Printed in the report's rule.
 */
const DENIED_WISH = /たい(?:とは?|とも)(?:思|おも)(?:わな|わず|いませ|えな|えず|えませ)/u;

/** Sure, positive segments of kind お褒め, of voices that blame nothing and deny no wish; once for each of their topics. */
export function praiseCandidates({ segments, places, voices }: Quotable): QuoteCandidate[] {
  const candidates = segments
    .filter((row) => row.kind === "praise" && row.sentiment === "positive")
    .filter((row) => surenessOf(row) >= SURE_PRAISE && praisesOnly(voices.get(row.voice_id)))
    .map((row) => candidateOf(row, row.kind_confidence * row.sentiment_confidence));
  return placeCandidates(candidates, places);
}

/** All that it says counts, 「もう買わない」 too, which is about no topic. */
function praisesOnly(voice: QuotableVoiceRow | undefined): boolean {
  return voice !== undefined && !voice.has_negative && !DENIED_WISH.test(voice.text);
}

function surenessOf(row: QuotableSegmentRow): number {
  const ofTopic = row.is_confirmed === true ? 1 : (row.topic_confidence ?? 1);
  return Math.min(row.kind_confidence, row.sentiment_confidence, ofTopic);
}

function candidateOf(row: QuotableSegmentRow, confidence: number): UnplacedCandidate {
  const { segment_id: segmentId, voice_id: voiceId, span_start: start, span_end: end, topic } = row;
  return { segmentId, voiceId, start, end, confidence, topic };
}
