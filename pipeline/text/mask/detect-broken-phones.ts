import type { Detection } from "./detection.ts";
import { KANJI_DIGIT as KANJI } from "./find-numerals.ts";
import { DASH, FREE_BEFORE, FREE_BEHIND, partsOf, partsOfAny, SOUND } from "./phone-parts.ts";

/**
 * Telephone numbers that somebody breaks off, begins again, puts right, or tells by one end: 「0467の、次なんやったかな、01の2638」,
 * 「090-0123-4567、あ、違う、4568」, 「下3桁が417」. Only for a voice that speaks of telephones.
 *
 * @param found the whole numbers of the text
 */
export function detectBrokenPhones(text: string, found: readonly Detection[]): Detection[] {
  const starts = partsOf(text, START).filter(({ key, end }) =>
    found.some((number) => number.start >= end && number.key.startsWith(key)),
  );
  return [
    ...starts,
    ...partsOfAny(text, ENDS),
    ...(AREA.test(text) ? partsOfAny(text, APART) : []),
    ...(found.length > 0 ? partsOfAny(text, RIGHTED) : []),
  ];
}

/** Numbers with words between their groups, each group by itself where the words are many. */
export function brokenNumbers(text: string): Detection[] {
  return Array.from(text.matchAll(BROKEN))
    .filter(([written]) => isBroken(written))
    .flatMap(({ 0: written, index }) =>
      partsOf(written, GROUPS).map(({ start, end }) => ({
        kind: "電話" as const,
        key: written.replace(/\D/g, ""),
        start: index + start,
        end: index + end,
      })),
    );
}

const GROUPS = /\d+(?:[^\d]{1,9}\d+)*/g;

/** What is counted, or a year, is no end of a number. */
const NO_COUNT = "(?![\\d年月日時分秒円個本枚人名回件点階歳才%]|[cmk][mgl]|つ|箱|袋|か月|ヶ月|週)";

/** Words may stand between the groups, but nothing that was counted. */
const GAP = `${NO_COUNT}[^A-Za-z\\d。\\n/]{1,14}?`;
const BROKEN = new RegExp(
  `(?<![A-Za-z\\d${DASH}./:])0(?:\\d${GAP}\\d{4}|\\d\\d${GAP}\\d{3,4}|\\d{3}${GAP}\\d{2,3}|\\d{4}${GAP}\\d)${GAP}\\d{3,4}(?![A-Za-z\\d${DASH}./:])${NO_COUNT}`,
  "g",
);

const SHAPES =
  /^(?:0[256789]0-4-4|0[1-9]-4-4|0[1-9]\d-3-4|0[1-9]\d\d-2-4|0[1-9]\d{3}-1-4|0(?:120|570)-3-3|0800-3-4)$/;

function isBroken(written: string): boolean {
  const [first = "", ...more] = written.match(/\d+/g) ?? [];
  return (
    SHAPES.test([first, ...more.map(({ length }) => length)].join("-")) &&
    /[\p{L}、…・]/u.test(written)
  );
}

/** What was said of a number before it was said whole. */
const START = new RegExp(
  `${FREE_BEFORE}0\\d{1,3}(?:[${DASH}の]\\d{1,4})?(?=[${DASH}の]?[、…。・? ]|まで|じゃな|やな)`,
  "g",
);

const END_WORD =
  "(?:下|しも|末尾|末|最後|さいご|終わり|おわり|おしまい|後ろ|うしろ|お?尻|おしり|ラスト|真ん中|まん中|中|頭|あたま|最初|前半|後半|上)";
const COUNT = "(?:の|から)?(?:[2-5二三四五]|よん|さん|ふた)(?:桁|けた|ケタ|つ|文字|番)";
const IS = "(?:の?(?:番号|数字))?(?:だけ)?(?:[がはのも、: 「『]|って){0,3}";
const DIGITS = `(?!(?:19|20)\\d\\d年)\\d{2,5}${NO_COUNT}|${SOUND}(?:[、 ]?${SOUND}){1,4}(?![ぁ-ゖ]{0,1}(?:ば|め|つ))|${KANJI}{3,4}(?!${KANJI})`;

const ENDS = {
  counted: new RegExp(`(?<=${END_WORD}${COUNT}${IS})(?:${DIGITS})`, "g"),
  named: new RegExp(
    `(?<=${END_WORD}(?:だけ)?(?:[がはの、:]|って){1,2}[ 「『]?|末尾[ 「『]?)\\d{3,4}(?![${DASH}])${NO_COUNT}`,
    "g",
  ),
  spoken: new RegExp(
    `(?<=(?:下|末尾)(?:だけ)?[がは、][ ]?)(?:${SOUND}(?:[、 ]?${SOUND}){3}|${KANJI}{4}(?!${KANJI}))`,
    "g",
  ),
  toldBehind: new RegExp(
    `${FREE_BEFORE}\\d{3,4}(?=で終わ|[がの]続き|が(?:下|末尾|最後)|の番号(?:から|に|へ|です))`,
    "g",
  ),
  continued: /(?<=続き[はが、][ ]?)\d{3,4}(?!\d)/g,
  forgotten: new RegExp(
    `${FREE_BEFORE}0[5789]0(?:[${DASH}の]\\d{1,4}(?![A-Za-z\\d${DASH}の])|[${DASH}](?=[^A-Za-z\\d])|(?=なんとか|なんだ|なんや|ほにゃ|うんたら))`,
    "g",
  ),
  beginning: /(?<=(?:頭|あたま|最初|始まり)[がは])0[5789]0(?!\d)/g,
};

const AREA = /局番|市外|頭[がは]0/;
const APART = {
  area: /(?<=局番[はが:「『、 ]{0,3})0\d{1,4}(?!\d)/g,
  rest: new RegExp(`${FREE_BEFORE}\\d{1,4}[${DASH}の]\\d{4}${FREE_BEHIND}`, "g"),
};

const RIGHTING =
  "(?:じゃな[いく]て?|やのうて|やなくて?|ではなく?て?|いや|もとい|違う|違い|ちがう|訂正|ごめん|失礼|間違|まちが|または|もしくは|あるいは|か|と|・|/|、|〜|から|\\(|FAX|ファック?ス)";
/** The other end of a number, put right or of a second line. */
const RIGHTED = {
  otherEnd: new RegExp(
    `(?<=\\d[${DASH})の]\\d{4}[^\\d\\n。番件円]{0,6}${RIGHTING}[^${DASH}\\d\\n番件円]{0,6})(?!(?:19|20)\\d\\d(?!\\d))\\d{4}(?![${DASH}])${NO_COUNT}`,
    "g",
  ),
  endOfRange: new RegExp(`(?<=\\d[${DASH})]\\d{4}(?:から|〜))\\d{2,4}(?=まで)`, "g"),
  wrongEnd: new RegExp(
    `${FREE_BEFORE}\\d{4}(?=(?:じゃな|ではな|やな|やのう)[^\\d\\n]{1,6}\\d{4}(?!\\d))`,
    "g",
  ),
};
