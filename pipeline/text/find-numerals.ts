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
 */
export function findNumerals(text: string): Numeral[] {
  const found = [...runsOf(text, ARABIC, "arabic"), ...runsOf(text, KANJI, "kanji")];
  if (HEARD.test(text)) found.push(...runsOf(text, SPOKEN, "spoken"));
  return found.sort((a, b) => a.start - b.start);
}

const DASH = "-‐‑‒–—―−ー─━";
const FILLER = "の?(?:えーっ?と|ええと|えっと|えー|あのー?|その|んーと|ですね)[、,… ]?";

/** One way only to read each mark, so that a long row of digits is read once. */
const PAUSE = String.raw`(?:[ \n]{0,2}(?:${FILLER}|[${DASH}]{1,2}|\.{1,3}|[()・,、/ノの]|\)-)[ \n]{0,2}|[ \n]{1,2})`;

const ARABIC = new RegExp(String.raw`[0-9](?:${PAUSE}?[0-9])*`, "g");
const KANJI = new RegExp(
  `[〇零○◯一二三四五六七八九](?:${PAUSE}?[〇零○◯一二三四五六七八九]){2,}`,
  "g",
);

/** Longest first: 「しち」 is seven, not four and the start of another. */
const SOUNDS: readonly (readonly [string, string])[] = [
  ["きゅう|キュウ|キュー|く(?!れ|だ)|ク(?![レリラーッ])", "9"],
  ["はち|ハチ", "8"],
  ["しち|シチ|なな|ナナ", "7"],
  ["ろく|ロク", "6"],
  ["ごお|ごー|ゴー|ゴオ|ご|ゴ", "5"],
  ["よん|ヨン|し|シ", "4"],
  ["さん|サン", "3"],
  ["にい(?!ち)|ニイ(?!チ)|にー|ニー|に|ニ", "2"],
  ["いち|イチ", "1"],
  ["ぜろ|ゼロ|れい|レイ|まる|マル", "0"],
];
const SOUND = `(?:${SOUNDS.map(([sound]) => sound).join("|")})`;
const SPOKEN = new RegExp(`${SOUND}(?:${PAUSE}?${SOUND}){2,}`, "g");
const EACH_SOUND = new RegExp(SOUNDS.map(([sound]) => `(${sound})`).join("|"), "g");

/** Three sounds in a row without a pause: few voices have them. */
const HEARD = new RegExp(`${SOUND}{3}`);

function runsOf(text: string, pattern: RegExp, script: Numeral["script"]): Numeral[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    digits: DIGITS_OF[script](match[0]),
    script,
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const DIGITS_OF: Readonly<Record<Numeral["script"], (run: string) => string>> = {
  arabic: (run) => run.replace(/[^0-9]/g, ""),
  kanji: (run) =>
    Array.from(run, (point) => {
      const value = ONE_TO_NINE.indexOf(point) + 1;
      return value > 0 || /[〇零○◯]/.test(point) ? String(value) : "";
    }).join(""),
  spoken: (run) =>
    Array.from(run.matchAll(EACH_SOUND), (match) => {
      const index = match.slice(1).findIndex((sound) => sound !== undefined);
      return SOUNDS[index]?.[1] ?? "";
    }).join(""),
};

const ONE_TO_NINE = "一二三四五六七八九";
