import type { Morpheme } from "../../../models/morpheme.ts";
import { sliceCodePoints } from "../code-points.ts";

/** What stands for a span [start, end). */
export type Replacement = {
  readonly placeholder: string;
  readonly start: number;
  readonly end: number;
};

/** The second level of a placeholder's part of speech, by which later steps leave it alone. */
export const MASK_DETAIL = "マスク";

/**
 * Rebuilds the morphemes of a text after spans of it were replaced: one morpheme for each placeholder, what sticks
 * out of a span is cut to size, and every span counts the new text.
 *
 * @param replacements in order, without overlap, in code points of the old text
 */
export function replaceMorphemes(
  morphemes: readonly Morpheme[],
  replacements: readonly Replacement[],
): Morpheme[] {
  const rebuilt: Morpheme[] = [];
  let index = 0;
  let position = 0;
  const push = (morpheme: Morpheme): void => {
    const length = morpheme.end - morpheme.start;
    rebuilt.push({ ...morpheme, start: position, end: position + length });
    position += length;
  };
  /** Keeps what lies in the gap [from, until) of the old text. */
  const pushGap = (from: number, until: number): void => {
    while (index < morphemes.length) {
      const morpheme = morphemes[index];
      if (morpheme === undefined || morpheme.start >= until) break;
      if (morpheme.end > from) push(cut(morpheme, from, until));
      if (morpheme.end > until) break;
      index += 1;
    }
  };
  let from = 0;
  for (const { placeholder, start, end } of replacements) {
    pushGap(from, start);
    push(placeholderMorpheme(placeholder));
    from = end;
  }
  pushGap(from, Number.POSITIVE_INFINITY);
  return rebuilt;
}

function cut(morpheme: Morpheme, from: number, until: number): Morpheme {
  if (morpheme.start >= from && morpheme.end <= until) return morpheme;
  const start = Math.max(morpheme.start, from);
  const end = Math.min(morpheme.end, until);
  const surface = sliceCodePoints(morpheme.surface, start - morpheme.start, end - morpheme.start);
  return { ...morpheme, surface, base: surface, start, end };
}

function placeholderMorpheme(placeholder: string): Morpheme {
  return {
    surface: placeholder,
    base: placeholder,
    pos: "名詞",
    posDetail: MASK_DETAIL,
    start: 0,
    end: placeholder.length,
  };
}
