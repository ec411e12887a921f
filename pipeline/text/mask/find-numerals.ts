import { DASH } from "./hyphen.ts";

/** Digits as somebody wrote or spoke them, in groups or not. Indices count UTF-16 units, half-open. */
export type Numeral = {
  /** In Arabic digits, without what parted them. */
  readonly digits: string;
  readonly script: "arabic" | "kanji" | "spoken" | "mixed";
  readonly start: number;
  readonly end: number;
};

/**
 * Every run of digits of a normalised text: 「090-1234」, 「〇九〇の一二三四」, 「ぜろきゅうぜろ」. Blanks, hyphens, marks, の and
 * words that people say while they look for the number stand inside. What a run is, is decided by others.
 *
 * @returns in order; a run in kana several times, because に and ご beside it, or the end of 「ソフトバンク」, may be words of their own
 */
export function findNumerals(text: string): Numeral[] {
  const found = [...runsOf(text, ARABIC, "arabic"), ...runsOf(text, KANJI, "kanji")];
  if (HEARD.test(text)) {
    for (const pattern of [KATAKANA, HIRAGANA])
      for (const match of text.matchAll(pattern)) found.push(...readingsOf(match[0], match.index));
  }
  if (BEGINS_NUMBER.test(text) && (HEARD.test(text) || SPELT.test(text)))
    for (const match of text.matchAll(MIXED)) found.push(...mixedReadingsOf(match[0], match.index));
  return found.sort((a, b) => a.start - b.start);
}

/** What people say while they look for the next digits. */
export const SAID =
  "えーっ?と|ええと|えっと|えー|えと|あのー?|あー|うーんと?|その|んーと?|ですね|はい|ええ(?!と)|まあ|うん(?!と)|ほんで|で(?=[、 ])|ちょっと待って(?:ください(?:ね)?)?";

/** One way only to read each mark, so that a long row of digits is read once. */
const PAUSE = String.raw`(?:(?:[${DASH} \n.()・,、…/ノの]|${SAID}|ハイフン|から(?=[0-9])){1,10})`;

/** What is counted begins another number: 「0690 6時間」. */
const NO_COUNT =
  "(?![0-9]{1,6}(?:時|円|人|名|個|年|月|日|分|回|件|泊|点|枚|歳|才|%|つ|冊|本|箱|袋|kg|cm|ml))";
const ARABIC = new RegExp(`[0-9](?:[0-9]|${PAUSE}${NO_COUNT}[0-9])*`, "g");
/** One digit in kanji. */
export const KANJI_DIGIT = "[〇零一二三四五六七八九]";
/** With the circles that people type for nought. */
export const TYPED_KANJI_DIGIT = "[〇零○◯一二三四五六七八九]";
const KANJI = new RegExp(`${TYPED_KANJI_DIGIT}(?:${PAUSE}?${TYPED_KANJI_DIGIT}){2,}`, "g");

/** Longest first: 「しち」 is seven, not four and the start of another. */
const SOUNDS: readonly (readonly [string, string])[] = [
  ["きゅーう|きゅう|きゅー|キュウ|キュー|く(?!だ)(?!れ[^い])|ク(?![リラーッ])(?!レ[^イ])", "9"],
  ["はーち|はち|ハチ", "8"],
  ["しち|シチ|なーな|なな|なあ(?=な|さ|は|き|に|い|ろ|よ|ご)|ナナ", "7"],
  ["ろーく|ろく|ロク", "6"],
  ["ごお|ごぉ|ごう|ごー|ゴー|ゴオ|ゴウ|ご|ゴ", "5"],
  ["よーん|よん|ヨン|し|シ(?!ー)", "4"],
  ["さーん|さん|サン", "3"],
  ["にい(?!ち)|ニイ(?!チ)|フタ|ふた|にぃ|にー|ニー|に|ニ", "2"],
  ["いーち|いち|(?<!エ)イチ|ヒト|ひと", "1"],
  ["ぜーろ|ぜろ|ゼロ|れい|レイ|まる|マル", "0"],
];
const soundsOf = (script: RegExp) =>
  SOUNDS.flatMap(([sounds]) => sounds.split("|")).filter((sound) => script.test(sound));
const runOf = (sounds: readonly string[]) =>
  new RegExp(`(?:${sounds.join("|")})(?:${PAUSE}?(?:${sounds.join("|")})){2,}`, "g");
const KATAKANA = runOf(soundsOf(/[ァ-ヺ]/));
const HIRAGANA = runOf(soundsOf(/[ぁ-ゖ]/));
const EACH_DIGIT = new RegExp(
  `[0-9]|${TYPED_KANJI_DIGIT}|${SOUNDS.map(([sounds]) => sounds).join("|")}`,
  "g",
);
/** 「090のいちにさんよん」, 「0九0-1234」, 「ゼロはちぜろの1234」. */
const ANY_DIGIT = `(?:${TYPED_KANJI_DIGIT}|${SOUNDS.map(([sounds]) => sounds).join("|")})`;
const MIXED = new RegExp(
  `(?:[0-9]|${ANY_DIGIT})(?:[0-9]|${PAUSE}${NO_COUNT}[0-9]|${PAUSE}?${ANY_DIGIT}){2,}`,
  "g",
);

/** Whoever mixes them mixes them in a telephone number. */
const BEGINS_NUMBER = /[0〇零○]|ぜろ|ゼロ|れい|レイ|まる|マル/;
const SPELT =
  /ぜろ|ゼロ|[〇零○一二三四五六七八九]{2}|[0-9][ の、]{1,3}(?:いち|さん|よん|ろく|なな|はち|きゅう)[ の、]{0,3}[0-9いさよごろなはき]/;

/** Signs of which all spoken digits are made: few voices have four of them in a row. */
export const HEARD =
  /[ぜろれいまるちにさんよしごくなはきゅうー]{4}|[ゼロレイマルチニサンヨシゴクナハキュウオー]{4}|(?:ぜろ|ゼロ|れい|レイ|まる|マル)[、・.-]/;

function runsOf(text: string, pattern: RegExp, script: Numeral["script"]): Numeral[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    digits: digitsOf(match[0]),
    script,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** As it stands, and with up to two digits less at either end; all of it is hidden, whichever it is. */
function readingsOf(run: string, start: number): Numeral[] {
  const digits = digitsOf(run);
  return CUTS.map(([first, last]) => ({
    digits: digits.slice(first, digits.length - last),
    script: "spoken",
    start,
    end: start + run.length,
  }));
}

const CUTS = [0, 1, 2].flatMap((first) => [0, 1, 2].map((last) => [first, last] as const));

/**
 * Every ten or eleven digits of a run that begin with nought, hold more than Arabic ones, and are parted from what is
 * on either side of them, but for two kana, which may be words.
 */
function mixedReadingsOf(run: string, start: number): Numeral[] {
  const signs = [...run.matchAll(EACH_DIGIT)];
  return signs.flatMap(({ 0: sign, index }, first) => {
    if (digitOf(sign) !== "0" || !isApart(signs, first)) return [];
    return PHONE_LENGTHS.flatMap((length) => {
      const kept = signs.slice(first, first + length);
      const last = kept.at(-1);
      if (last === undefined || kept.length < length || kept.every(isArabic)) return [];
      if (!isApart(signs, first + length)) return [];
      const end = last.index + last[0].length;
      if (run.slice(index, end).includes("/")) return [];
      return [
        {
          digits: kept.map(([digit]) => digitOf(digit)).join(""),
          script: "mixed" as const,
          start: start + index,
          end: start + end,
        },
      ];
    });
  });
}

const PHONE_LENGTHS = [11, 10];

/** Whether a number may begin or end between two digits of a run. */
function isApart(signs: readonly RegExpExecArray[], at: number): boolean {
  const [before, after] = [signs[at - 1], signs[at]];
  if (before === undefined || after === undefined) return true;
  if (after.index > before.index + before[0].length) return true;
  if (after[0] === "に" && !/[ぁ-ヺ]/.test(signs[at + 1]?.[0] ?? "")) return true;
  const words = at <= 2 ? signs.slice(0, at) : signs.slice(at);
  return words.length <= 2 && words.every(([sign]) => /[ぁ-ヺ]/.test(sign));
}

function isArabic([sign]: RegExpExecArray): boolean {
  return /[0-9]/.test(sign);
}

function digitsOf(run: string): string {
  return Array.from(run.matchAll(EACH_DIGIT), ([digit]) => digitOf(digit)).join("");
}

const DIGIT_OF_SOUND: ReadonlyMap<string, string> = new Map(
  SOUNDS.flatMap(([sounds, digit]) =>
    sounds.split("|").map((sound) => [sound.replace(/\(\?[^)]*\)/g, ""), digit] as const),
  ),
);

function digitOf(sign: string): string {
  if (/[0-9]/.test(sign)) return sign;
  return DIGIT_OF_SOUND.get(sign) ?? ofKanjiDigit(sign);
}

/** Of what is not among them, one of the spellings of nought, 0. */
export function ofKanjiDigit(sign: string): string {
  return String("一二三四五六七八九".indexOf(sign) + 1);
}
