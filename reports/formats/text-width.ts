import { eastAsianWidth } from "get-east-asian-width";

const graphemes = new Intl.Segmenter("ja", { granularity: "grapheme" });

/** Columns that a text takes in a fixed-width font: kana and kanji two; ambiguous ones (〜 ① …) two, as in Japanese fonts. */
export function textWidth(text: string): number {
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += eastAsianWidth(segment.codePointAt(0) ?? 32, { ambiguousAsWide: true });
    // The marks of half-width kana (ﾋﾞ ﾊﾟ) belong to their sign and have a column of their own.
    if (/.[\uff9e\uff9f]/.test(segment)) width += 1;
  }
  return width;
}

/** Filled up with blanks to a width; numbers to the right. */
export function padText(text: string, width: number, side: "left" | "right"): string {
  const blanks = " ".repeat(Math.max(0, width - textWidth(text)));
  return side === "left" ? text + blanks : blanks + text;
}
