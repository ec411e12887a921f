/**
 * Folds variants so that one word has one spelling: NFKC (half-width kana, full-width letters, decomposed kana), one
 * wave dash, runs of whitespace to one space. A line break stays, because it ends a sentence.
 *
 * The prolonged sound mark is left alone: 「サーバ」 and 「サーバー」 are two spellings that a person chose.
 */
export function normalizeVerbatim(text: string): string {
  return text
    .replace(CIRCLED_NUMBER, "($&)")
    .replace(KANA_MARK, (mark) => COMBINING_KANA_MARK.get(mark) ?? mark)
    .replace(FOLDABLE, (part) => part.normalize("NFKC"))
    .replace(IDEOGRAPHIC_VARIATION, "")
    .replace(WAVE_DASH, "〜")
    .replace(SPACES, " ")
    .replace(LINE_BREAKS, "\n")
    .trim();
}

/** In brackets before folding: 「10①」 would become 「101」. */
const CIRCLED_NUMBER = /[①-⑳]/g;

/** NFKC turns a spacing 「゛」 into a space and a mark, which cuts 「か゛」 in two. */
const KANA_MARK = /(?<=[ぁ-ゖァ-ヺｦ-ﾝ][゛゜ﾞﾟ\u3099\u309a]*)[゛゜]/g;
const COMBINING_KANA_MARK: ReadonlyMap<string, string> = new Map([
  ["゛", "\u3099"],
  ["゜", "\u309a"],
]);

/** All but the accents that NFKC would turn into a space and a mark: faces such as （´▽｀） and (￣ー￣) need them. */
const FOLDABLE = /[^´¨¯¸˘-˝‗‾゛゜￣]+/g;

/** Says which drawing of a kanji is meant; the dictionary knows the kanji without it. */
const IDEOGRAPHIC_VARIATION = /[\u{e0100}-\u{e01ef}]/gu;

const WAVE_DASH = /[~∼∾〰]/g;

const SPACES = /[^\S\n]+/g;
const LINE_BREAKS = / ?\n[\s]*/g;
