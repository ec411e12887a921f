/** Digits as somebody wrote or spoke them, in groups or not. Indices count UTF-16 units, half-open. */
export type Numeral = {
  /** In Arabic digits, without what parted them. */
  readonly digits: string;
  readonly script: "arabic" | "kanji" | "spoken";
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
  return found.sort((a, b) => a.start - b.start);
}

/** What people say while they look for the next digits. */
export const SAID = "えーっ?と|ええと|えっと|えー|えと|あのー?|あー|うーん|その|んーと|ですね|はい";

/** One way only to read each mark, so that a long row of digits is read once. */
const PAUSE = String.raw`(?:(?:[ \n\-‐‑‒–—―−ー─━.()・,、…/ノの]|${SAID}|ハイフン|から(?=[0-9])){1,6})`;

/** What is counted begins another number: 「0690 6時間」. */
const NO_COUNT =
  "(?![0-9]{1,6}(?:時|円|人|名|個|年|月|日|分|回|件|泊|点|枚|歳|才|%|つ|冊|本|箱|袋|kg|cm|ml))";
const ARABIC = new RegExp(`[0-9](?:[0-9]|${PAUSE}${NO_COUNT}[0-9])*`, "g");
const KANJI_DIGIT = "[〇零○◯一二三四五六七八九]";
const KANJI = new RegExp(`${KANJI_DIGIT}(?:${PAUSE}?${KANJI_DIGIT}){2,}`, "g");

/** Longest first: 「しち」 is seven, not four and the start of another. */
const SOUNDS: readonly (readonly [string, string])[] = [
  ["きゅう|キュウ|キュー|く(?![れだ])|ク(?![レリラーッ])", "9"],
  ["はち|ハチ", "8"],
  ["しち|シチ|なな|ナナ", "7"],
  ["ろく|ロク", "6"],
  ["ごお|ごー|ゴー|ゴオ|ご|ゴ", "5"],
  ["よん|ヨン|し|シ(?!ー)", "4"],
  ["さん|サン", "3"],
  ["にい(?!ち)|ニイ(?!チ)|にー|ニー|に|ニ", "2"],
  ["いち|(?<!エ)イチ", "1"],
  ["ぜろ|ゼロ|れい|レイ|まる|マル", "0"],
];
const soundsOf = (script: RegExp) =>
  SOUNDS.flatMap(([sounds]) => sounds.split("|")).filter((sound) => script.test(sound));
const runOf = (sounds: readonly string[]) =>
  new RegExp(`(?:${sounds.join("|")})(?:${PAUSE}?(?:${sounds.join("|")})){2,}`, "g");
const KATAKANA = runOf(soundsOf(/[ァ-ヺ]/));
const HIRAGANA = runOf(soundsOf(/[ぁ-ゖ]/));
const EACH_SOUND = new RegExp(SOUNDS.map(([sound]) => `(${sound})`).join("|"), "g");

/** Signs of which all spoken digits are made: few voices have four of them in a row. */
export const HEARD =
  /[ぜろれいまるちにさんよしごくなはきゅうー]{4}|[ゼロレイマルチニサンヨシゴクナハキュウオー]{4}/;

function runsOf(text: string, pattern: RegExp, script: Numeral["script"]): Numeral[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    digits: DIGITS_OF[script](match[0]),
    script,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** As it stands, and with up to two digits less at either end; all of it is hidden, whichever it is. */
function readingsOf(run: string, start: number): Numeral[] {
  const digits = DIGITS_OF.spoken(run);
  return CUTS.map(([first, last]) => ({
    digits: digits.slice(first, digits.length - last),
    script: "spoken",
    start,
    end: start + run.length,
  }));
}

const CUTS = [0, 1, 2].flatMap((first) => [0, 1, 2].map((last) => [first, last] as const));

const DIGITS_OF: Readonly<Record<Numeral["script"], (run: string) => string>> = {
  arabic: (run) => run.replace(/[^0-9]/g, ""),
  kanji: (run) =>
    Array.from(run, (point) => {
      const value = ONE_TO_NINE.indexOf(point) + 1;
      return value > 0 || /[〇零○◯]/.test(point) ? String(value) : "";
    }).join(""),
  spoken: (run) => Array.from(run.matchAll(EACH_SOUND), ([sound]) => digitOf(sound)).join(""),
};

const ONE_TO_NINE = "一二三四五六七八九";

const DIGIT_OF_SOUND: ReadonlyMap<string, string> = new Map(
  SOUNDS.flatMap(([sounds, digit]) =>
    sounds.split("|").map((sound) => [sound.replace(/\(\?[^)]*\)/g, ""), digit] as const),
  ),
);

function digitOf(sound: string): string {
  return DIGIT_OF_SOUND.get(sound) ?? "";
}
