import type { Quote } from "../voices/choose-quotes.ts";
import { quotedPart } from "../voices/cut-voice.ts";
import { type Html, html } from "./html.ts";
import { tagsOf, voiceNumber, voiceText, whereOf } from "./voice-item.ts";
import { type ListedReport, labelsOf } from "./voice-lists.ts";

/** A chosen voice with the segment it was chosen for marked. */
export function quoteBlock(report: ListedReport, quote: Quote): Html {
  const voice = report.voices[quote.voiceId];
  if (voice === undefined) return html``;
  const segments = voice.segments.filter(
    ({ start, end }) => start === quote.start && end === quote.end,
  );
  return html`<blockquote><p>「${voiceText(voice, [quote], quotedPart(voice, quote.start))}」</p><p class="where">${whereOf(voice)}　${voiceNumber(quote.voiceId)} ${tagsOf(
    voice,
    segments,
    labelsOf(report),
  )}${doubtTag(quote)}</p></blockquote>`;
}

/** Nothing where the voice is sure of what it is shown for. */
export function doubtTag(quote: Quote): Html {
  const doubt = doubtText(quote);
  return doubt === "" ? html`` : html` <span class="tag">${doubt}</span>`;
}

export function doubtText({ topicConfidence }: Pick<Quote, "topicConfidence">): string {
  return topicConfidence === undefined
    ? ""
    : `話題は推定、確信度${Math.round(topicConfidence * 100)}%`;
}
