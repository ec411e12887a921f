/** How a text came to be garbled: reasons of dead letters, with the words that staff read. */
export const GARBLING_WORDS = {
  "UTF-8 read as CP932": "文字化け（UTF-8 を Shift_JIS として開いて保存した跡）",
  "UTF-8 read as Latin": "文字化け（UTF-8 を欧文の文字コードとして開いて保存した跡）",
  "EUC-JP read as CP932": "文字化け（EUC-JP を Shift_JIS として開いて保存した跡）",
  "CP932 read as Latin": "文字化け（Shift_JIS を欧文の文字コードとして開いて保存した跡）",
  "characters lost": "文字化け（元の文字が失われている）",
} as const;
export type Garbling = keyof typeof GARBLING_WORDS;

/**
 * Recognises a text that was read by the wrong encoding before it came here (譁\ufffd蟄怜喧縺\ufffd, ã\u0081“ã‚“). Each
 * pattern is of characters that follow from the bytes of kana, and that no Japanese text is full of; one strange
 * character is no reason to lose a voice.
 */
export function garbledBy(text: string): Garbling | undefined {
  // The words of a megabyte are garbled like their beginning.
  const start = text.slice(0, LOOKED_AT);
  return GARBLINGS.find(([, pattern]) => isFullOf(start, pattern))?.[0];
}

const LOOKED_AT = 2000;

/** Of what is written, this much has to be of the pattern. */
const SHARE = 0.25;

const GARBLINGS: readonly (readonly [Garbling, RegExp])[] = [
  // E3 81, E3 82 and E3 83 begin every kana; with E4 to E9 of kanji they make 縺, 繧, 繝,
  // and kanji each with a half-width kana behind it.
  [
    "UTF-8 read as CP932",
    /(?:[一-龠][\uff61-\uff9f\ufffd]){2,}|(?:縺|繧|繝)[\uff61-\uff9f\ufffd\u3000-\u9fff]?|[譁蟄怜喧螟謨驕閾莠豈隱蜀蝠][\uff61-\uff9f\ufffd]/g,
  ],
  // The same bytes as Windows-1252 or Latin-1: ã and æ with a second byte from 0x80 on.
  [
    "UTF-8 read as Latin",
    /[\u00e3-\u00e9][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122][\u0080-\u00bf\u0152-\u0178\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]?/g,
  ],
  // A4 of kana is ､, and what follows is a half-width kana: ､ｳ､\uff9d､ﾋ､ﾁ､ﾏ.
  ["EUC-JP read as CP932", /(?:[､･][\uff61-\uff9f]){4,}/g],
  // 82 and 83 of kana as Windows-1252 or Latin-1.
  [
    "CP932 read as Latin",
    /[\u0082\u0083\u201a\u0192][\u0080-\u00ff\u0152-\u0178\u2013-\u203a\u20ac\u2122 -~]/g,
  ],
  ["characters lost", /\ufffd+|^[?\s\d.,!()-]*\?{5}[?\s\d.,!()-]*$/g],
];

function isFullOf(text: string, pattern: RegExp): boolean {
  const written = text.replace(/\s/g, "").length;
  const garbled = text.match(pattern)?.join("").length ?? 0;
  return garbled >= LEAST && garbled >= written * SHARE;
}

/** Two characters may be an accident. */
const LEAST = 3;
