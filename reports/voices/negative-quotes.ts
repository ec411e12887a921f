import { isGrave } from "../../models/taxonomy.ts";
import type { QuotableSegmentRow } from "../report-rows.ts";
import type { TopicLine } from "../topic-table.ts";
import { chooseQuotes, type Quote, type QuoteRule } from "./choose-quotes.ts";
import type { Quotable } from "./quotable.ts";
import { negativeCandidates } from "./quote-candidates.ts";

/** Less sure of its topic, a voice is more likely about something else. Printed in the report's rule. */
export const SURE_TOPIC = 0.5;
/**
 * From this confidence on a machine's tag of a grave topic is enough to head a report. Of 77,338 real voices, ten were so
 * surely about unsafe food, eight of them rightly; of the 32 less sure ones eleven. Printed in the report's rule.
 */
export const SURE_GRAVE = 0.8;

type OfTopic = Pick<TopicLine, "topic" | "severity">;

/**
 * Negative voices of a topic: of those that a person confirmed or that are sure of it; only where none of them can be
 * quoted, of the others, which then say how sure they are.
 *
 * @param isLacking whether nothing else is quoted of the topic
 */
export function negativeQuotes(
  { voices, segments, places, taken }: Quotable & { readonly taken: Set<string> },
  line: OfTopic,
  { isLacking, ...rule }: QuoteRule & { readonly isLacking: boolean },
): Quote[] {
  const chosen = (isWanted: boolean) => {
    const wanted = segments.filter((row) => isSureOf(line, row) === isWanted);
    return chooseQuotes(negativeCandidates(wanted, places, line.topic), voices, taken, rule);
  };
  const sure = chosen(true);
  if (sure.length > 0 || !isLacking) return sure;
  return chosen(false).map((quote) => ({ ...quote, ...doubtOf(segments, [line], quote) }));
}

/** How sure a quote is of what it is shown for; nothing where it is sure of one of the topics, or shown for other reasons. */
export function doubtOf(
  segments: readonly QuotableSegmentRow[],
  lines: readonly OfTopic[],
  { voiceId, start }: Quote,
): Pick<Quote, "topicConfidence"> {
  const said = segments.filter((row) => row.voice_id === voiceId && row.span_start === start);
  const confidences = lines.flatMap((line) => {
    const row = said.find(({ topic }) => topic === line.topic);
    if (row === undefined) return [];
    return isSureOf(line, row) ? [1] : [row.topic_confidence ?? 0];
  });
  const topicConfidence = Math.max(0, ...confidences);
  return topicConfidence === 0 || topicConfidence === 1 ? {} : { topicConfidence };
}

/** By a person's word, or by a machine's that is sure enough for so grave a topic. */
export function isSureOf(
  line: Pick<TopicLine, "severity">,
  { is_confirmed, topic_confidence }: QuotableSegmentRow,
): boolean {
  const least = isGrave(line) ? SURE_GRAVE : SURE_TOPIC;
  return is_confirmed === true || (topic_confidence ?? 0) >= least;
}
