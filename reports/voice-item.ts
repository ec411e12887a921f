import { countCodePoints, sliceCodePoints } from "../pipeline/text/code-points.ts";
import { FORGOTTEN_TEXT } from "../pipeline/vault/forget-words.ts";
import type { Mark } from "./figure.ts";
import { formatDay } from "./format-japanese.ts";
import { type Html, html } from "./html.ts";
import type { Voice, VoiceSegment } from "./voice.ts";
import { HELD_BACK, KIND_WORDS, SENTIMENT_WORDS } from "./words.ts";

export type VoiceView = {
  /** The segments a list is about. */
  readonly mark: Mark | undefined;
  /** More code points than this are cut, around the first marked segment. */
  readonly longest: number;
  /** Labels of topics by id. */
  readonly topicLabels: ReadonlyMap<string, string>;
};

/** One voice of a list: its words with the segment marked, when and where, its number and its tags. */
export function voiceItem(id: string, voice: Voice, view: VoiceView): Html {
  const marked = markedSegments(voice, view.mark);
  return html`<li class="voice"><p>${voiceText(voice, marked, view.longest)}</p><p class="where">${whereOf(
    voice,
  )}　${voiceNumber(id)} ${tagsOf(voice, marked, view.topicLabels)}</p></li>`;
}

/** The first digits of a voice's id: enough for `kizuki awareness add --voice`. */
export function voiceNumber(id: string): string {
  return `番号 ${id.slice(0, 8)}`;
}

/** The day, the place and the product of a voice, as far as they are known. */
export function whereOf({ receivedOn, place, product }: Voice): string {
  return [formatDay(receivedOn), place, product].filter((part) => part !== null).join("　");
}

/** The words of a voice with segments marked, unless a segment is all it says. */
export function voiceText(
  voice: Voice,
  marked: readonly { readonly start: number; readonly end: number }[],
  longest: number,
): Html {
  const length = countCodePoints(voice.text);
  const first = marked[0];
  const from = length <= longest || first === undefined ? 0 : Math.max(0, first.start - 20);
  const until = Math.min(length, from + longest);
  const isAll = marked.length === 1 && coversAll(voice.text, marked[0]);
  const parts: Html[] = [];
  let at = from;
  for (const { start, end } of isAll ? [] : marked) {
    if (start < at || start >= until) continue;
    parts.push(
      html`${sliceCodePoints(voice.text, at, start)}<mark>${sliceCodePoints(voice.text, start, Math.min(end, until))}</mark>`,
    );
    at = Math.min(end, until);
  }
  return html`${from > 0 ? "…" : ""}${parts}${sliceCodePoints(voice.text, at, until)}${until < length ? "…" : ""}`;
}

/** Tags of the marked segments, or of the whole voice; each says who set it. Where the words are gone, none: nobody could check them. */
export function tagsOf(
  voice: Voice,
  marked: readonly VoiceSegment[],
  topicLabels: ReadonlyMap<string, string>,
): Html[] {
  if (voice.text === FORGOTTEN_TEXT) return [];
  const label = (topic: string) => topicLabels.get(topic) ?? topic;
  const [segment] = marked;
  const { sentiment, kind } = segment ?? voice;
  const topics = segment?.topics ?? [];
  const confirmed = segment?.confirmed ?? [];
  const estimated = [
    ...new Set([
      kind === null ? HELD_BACK : KIND_WORDS[kind],
      sentiment === null ? HELD_BACK : SENTIMENT_WORDS[sentiment],
    ]),
    ...topics.filter((topic) => !confirmed.includes(topic)).map(label),
  ];
  const tags = [html`<span class="tag"><b>推定</b> ${estimated.join("・")}</span>`];
  if (confirmed.length > 0) {
    tags.push(
      html` <span class="tag by-person"><b>確認済</b> ${confirmed.map(label).join("・")}</span>`,
    );
  }
  return tags;
}

function markedSegments(voice: Voice, mark: Mark | undefined): VoiceSegment[] {
  if (mark === undefined) return [];
  return voice.segments.filter(
    ({ topics, sentiment, kind }) =>
      (mark.topic === undefined || topics.includes(mark.topic)) &&
      (mark.sentiment === undefined || mark.sentiment === sentiment) &&
      (mark.kind === undefined || mark.kind === kind),
  );
}

function coversAll(
  text: string,
  segment: { readonly start: number; readonly end: number } | undefined,
): boolean {
  // A closing 。 may lie outside the segment.
  return segment !== undefined && segment.start === 0 && segment.end >= countCodePoints(text) - 1;
}
