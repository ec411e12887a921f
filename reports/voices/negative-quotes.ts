import type { QuotableSegmentRow } from "../report-rows.ts";
import { chooseQuotes, type Quote, type QuoteRule } from "./choose-quotes.ts";
import type { Quotable } from "./quotable.ts";
import { negativeCandidates } from "./quote-candidates.ts";

/** Less sure of its topic, a voice is more likely about something else. Printed in the report's rule. */
export const SURE_TOPIC = 0.5;

/**
 * Negative voices of a topic: of those that a person confirmed or that are rather about it than not; only where none of
 * them can be quoted, of the others, which then say how sure they are.
 *
 * @param isLacking whether nothing else is quoted of the topic
 */
export function negativeQuotes(
  { voices, segments, places, taken }: Quotable & { readonly taken: Set<string> },
  topic: string,
  { isLacking, ...rule }: QuoteRule & { readonly isLacking: boolean },
): Quote[] {
  const chosen = (isWanted: boolean) => {
    const wanted = segments.filter((row) => isSure(row) === isWanted);
    return chooseQuotes(negativeCandidates(wanted, places, topic), voices, taken, rule);
  };
  const sure = chosen(true);
  if (sure.length > 0 || !isLacking) return sure;
  return chosen(false).map((quote) => ({ ...quote, ...doubtOf(segments, topic, quote) }));
}

/** How sure a quote is of its topic; nothing where it is sure, or shown for other reasons. */
export function doubtOf(
  segments: readonly QuotableSegmentRow[],
  topic: string,
  { voiceId, start }: Quote,
): Pick<Quote, "topicConfidence"> {
  const row = segments.find(
    (each) => each.voice_id === voiceId && each.span_start === start && each.topic === topic,
  );
  return row === undefined || isSure(row) || row.topic_confidence === null
    ? {}
    : { topicConfidence: row.topic_confidence };
}

function isSure({ is_confirmed, topic_confidence }: QuotableSegmentRow): boolean {
  return is_confirmed === true || (topic_confidence ?? 0) >= SURE_TOPIC;
}
