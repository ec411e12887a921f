import type { Detection } from "./detection.ts";
import { HYPHEN } from "./hyphen.ts";

/** Dates that are said to be somebody's birth. Any other date stays. */
export function detectBirthdates(text: string): Detection[] {
  if (!BORN.test(text)) return [];
  const found: Detection[] = [];
  for (const match of text.matchAll(DATE)) {
    const end = match.index + match[0].length;
    const before = text.slice(Math.max(0, match.index - LABEL_REACH), match.index);
    if (!LABEL.test(before) && !BIRTH_AFTER.test(text.slice(end, end + LABEL_REACH))) continue;
    found.push({
      kind: "生年月日",
      key: match[0].replace(/[ \nの]/g, ""),
      start: match.index,
      end,
    });
  }
  return found;
}

/** In UTF-16 units: 「会員登録の生年月日(西暦)は」. */
const LABEL_REACH = 26;
const BORN = /生|誕|うまれ|バースデー|birth|born|DOB/i;
const LABEL =
  /(?:生年月日|誕生|生まれ|うまれ|生年|出生|バースデー|birthday|birth|born|DOB)[^0-9。生]{0,16}$/i;
const BIRTH_AFTER =
  /^[^0-9。]{0,6}?(?:生まれ|うまれ|誕生|出生|生年月日|バースデー|birthday)|^[ ]?生(?![活産クビ野鮮体理地物命菓姜])/i;

const KANJI = "〇零○◯一二三四五六七八九十元";
const NUMBER = `(?:[0-9]{1,2}|[${KANJI}]{1,4})`;
const ERA = `(?:明治|大正|昭和|平成|令和|(?<![A-Za-z])[MTSHR])[ の]{0,2}${NUMBER}`;
const YEAR = `(?:${ERA}|(?:1[89]|20)[0-9]{2}|[一二][〇零○◯一二三四五六七八九]{3}|(?:千九百|二千)[${KANJI}百]{0,5})`;
const JOINT = (sign: string) => String.raw`の?[ \n]?(?:${sign}|[${HYPHEN}./])[の ]?[ \n]?`;
const MONTH = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\\.?";
/** 「しょうわごじゅうねんいちがつふつか」 */
const SPOKEN_DATE =
  "(?:しょうわ|へいせい|れいわ|たいしょう|ショウワ|ヘイセイ|レイワ|タイショウ)[ぁ-ゖァ-ヺー、 ]{1,14}(?:ねん|ネン)[ぁ-ゖァ-ヺー、 ]{1,10}(?:がつ|ガツ)[ぁ-ゖァ-ヺー、 ]{1,10}?(?:にち|ニチ|か(?![らい])|カ|たち|タチ)";
const DATE = new RegExp(
  String.raw`(?<!\d)(?:${YEAR}${JOINT("年")}${NUMBER}${JOINT("月")}${NUMBER}[ ]?日?|(?:19|20)[0-9]{2}[ ]?(?:0[1-9]|1[0-2])[ ]?(?:0[1-9]|[12]\d|3[01])|${MONTH} ?[0-9]{1,2}(?:st|nd|rd|th)?,? ?[0-9]{4}|[0-9]{1,2} ${MONTH},? [0-9]{4}|${SPOKEN_DATE})(?!\d)`,
  "gi",
);
