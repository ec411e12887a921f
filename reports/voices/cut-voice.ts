import { countCodePoints, sliceCodePoints } from "../../pipeline/text/code-points.ts";
import { FORGOTTEN_TEXT } from "../../pipeline/vault/forget-words.ts";

/** What is shown of a voice's words: a half-open span in code points. */
export type Part = { readonly from: number; readonly until: number };

/** Words before the chosen ones that may stay: a short 「プリンを買いました。」 is not worth a 「…」. */
const LONGEST_LEAD = 12;
const LONGEST_QUOTE = 300;

/**
 * A quote starts at the words that it is shown for: a mail's greeting and name before them would hide the point where
 * nothing is underlined. Without such words it starts where the voice does.
 */
export function quotedPart(
  text: string,
  start: number | undefined,
  longest: number = LONGEST_QUOTE,
): Part {
  const length = countCodePoints(text);
  // Of a forgotten voice the chosen words are gone, though the report still knows where they stood.
  const isWhole = start === undefined || start <= LONGEST_LEAD || text === FORGOTTEN_TEXT;
  const from = isWhole ? 0 : start;
  return { from, until: Math.min(length, from + longest) };
}

/** A list shows whole voices, and of those too long for it what a quote would. */
export function listedPart(text: string, start: number | undefined, longest: number): Part {
  return quotedPart(text, countCodePoints(text) > longest ? start : undefined, longest);
}

/** Says by 「…」 where words were left out. */
export function partText(text: string, { from, until }: Part): string {
  return `${from > 0 ? "…" : ""}${sliceCodePoints(text, from, until)}${until < countCodePoints(text) ? "…" : ""}`;
}
