import { countCodePoints, sliceCodePoints } from "../../pipeline/text/code-points.ts";
import { FORGOTTEN_TEXT } from "../../pipeline/vault/forget-words.ts";
import type { Voice } from "./voice.ts";

/** What is shown of a voice's words: a half-open span in code points. */
export type Part = { readonly from: number; readonly until: number };

/** Words before the chosen ones that may stay: a short 「プリンを買いました。」 is not worth a 「…」. */
const LONGEST_LEAD = 12;
const LONGEST_QUOTE = 300;
/** 「…施設も綺麗だった。」 by itself leaves a reader asking what else. */
const SHORTEST_POINT = 20;
/** In which the point is still seen at once: as long as a whole voice that is chosen for a quote may be. */
const LONGEST_POINT = 120;

/** A voice's words, and where its segments lie in them, in order. */
export type QuotedWords = Pick<Voice, "text"> & { readonly segments: readonly Extent[] };
type Extent = { readonly start: number; readonly end: number };

/**
 * A quote starts at the words that it is shown for: a mail's greeting and name before them would hide the point where
 * nothing is underlined. Short ones bring the opinions before them along. Without such words it starts where the voice does.
 */
export function quotedPart(
  { text, segments }: QuotedWords,
  start: number | undefined,
  longest: number = LONGEST_QUOTE,
): Part {
  const length = countCodePoints(text);
  // Of a forgotten voice the chosen words are gone, though the report still knows where they stood.
  const isWhole = start === undefined || text === FORGOTTEN_TEXT;
  const point = isWhole ? 0 : startOfPoint(segments, start, Math.min(longest, LONGEST_POINT));
  const from = point <= LONGEST_LEAD ? 0 : point;
  return { from, until: Math.min(length, from + longest) };
}

/** Greetings are no segments, so that none is brought along by itself. */
function startOfPoint(segments: readonly Extent[], start: number, longest: number): number {
  const end = segments.find((segment) => segment.start === start)?.end ?? Number.POSITIVE_INFINITY;
  let from = start;
  for (const before of segments.filter((each) => each.end <= start).reverse()) {
    if (end - from >= SHORTEST_POINT || end - before.start > longest) break;
    from = before.start;
  }
  return from;
}

/** A list shows whole voices, and of those too long for it what a quote would. */
export function listedPart(words: QuotedWords, start: number | undefined, longest: number): Part {
  return quotedPart(words, countCodePoints(words.text) > longest ? start : undefined, longest);
}

/** Says by 「…」 where words were left out. */
export function partText(text: string, { from, until }: Part): string {
  return `${from > 0 ? "…" : ""}${sliceCodePoints(text, from, until)}${until < countCodePoints(text) ? "…" : ""}`;
}
