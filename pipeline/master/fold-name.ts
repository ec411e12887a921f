import { toHiragana } from "../text/to-hiragana.ts";

/** A text in which all spellings of a name are one. Index by index the lists belong together. */
export type FoldedText = {
  /** What stands where, in hiragana and lower case. */
  readonly plain: readonly string[];
  /** The same, but a vowel that lengthens the kana before it is 「ー」. A name's first sign is compared as `plain` has it. */
  readonly points: readonly string[];
  /** Where each begins and ends in the text that was folded, in code points. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
};

/**
 * Folds width, case, katakana, small vowels, long vowels, blanks and middle dots: 「じゃがビー」, 「ジャガビー」, 「じゃがびい」 and
 * 「じゃが びぃー」 are one. Only for comparing: 「おう」 and 「おお」 are one here too.
 *
 * @param text after `normalizeVerbatim`
 */
export function foldName(text: string): FoldedText {
  const plain: string[] = [];
  const points: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const [place, sign] of [...text].entries()) {
    if (LEFT_OUT.test(sign)) continue;
    const kana = toHiragana(sign.toLowerCase());
    const point = SMALL_VOWELS.get(kana) ?? kana;
    const last = points.at(-1);
    const isLong = LONG.test(point) || lengthens(point, plain.at(-1));
    if (isLong && last === "ー") {
      ends[ends.length - 1] = place + 1;
      continue;
    }
    plain.push(point);
    points.push(isLong ? "ー" : point);
    starts.push(place);
    ends.push(place + 1);
  }
  return { plain, points, starts, ends };
}

/** What two spellings of one name have in common: 「サーバー」 and 「サーバ」 as well, but not 「カレー」 and 「彼」. */
export function nameKey(name: string): string {
  const { plain, points } = foldName(name);
  const key = [...plain.slice(0, 1), ...points.slice(1)];
  if (key.length >= LONG_NAME && key.at(-1) === "ー") key.pop();
  return key.join("");
}

/** In signs: from here on a long vowel at the end is a matter of spelling. */
const LONG_NAME = 4;

const LEFT_OUT = /[^\S\n]|[・'’®©]/;
const LONG = /[ー〜―]/;
const SMALL_VOWELS: ReadonlyMap<string, string> = new Map([
  ["ぁ", "あ"],
  ["ぃ", "い"],
  ["ぅ", "う"],
  ["ぇ", "え"],
  ["ぉ", "お"],
]);

/** Kana by their vowel. */
const ROWS = [
  ["あ", "あかさたなはまやらわがざだばぱゃゎ"],
  ["い", "いきしちにひみりぎじぢびぴ"],
  ["う", "うくすつぬふむゆるぐずづぶぷゅゔ"],
  ["え", "えけせてねへめれげぜでべぺ"],
  ["お", "おこそとのほもよろをごぞどぼぽょ"],
] as const;

const VOWELS: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap(([vowel, row]) => [...row].map((kana): [string, string] => [kana, vowel])),
);

/** びい, けい, こう, こお. */
function lengthens(kana: string, before: string | undefined): boolean {
  const vowel = before === undefined ? undefined : VOWELS.get(before);
  if (vowel === undefined) return false;
  if (kana === vowel) return true;
  return (vowel === "え" && kana === "い") || (vowel === "お" && kana === "う");
}
