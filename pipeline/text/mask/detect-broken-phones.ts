import type { Detection } from "./detection.ts";
import { KANJI_DIGIT } from "./find-numerals.ts";
import { DASH } from "./hyphen.ts";
import { FREE_BEFORE, FREE_BEHIND, partsOf, partsOfAny, SOUND } from "./phone-parts.ts";

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

/** Numbers with words between their groups, or with blanks and の anywhere between their digits. */
export function brokenNumbers(text: string): Detection[] {
  return [
    ...partsOf(text, BROKEN).filter(({ start, end }) => isBroken(text.slice(start, end))),
    ...partsOf(text, BROKEN_MOBILE).filter(({ start, end }) =>
      SAID_BETWEEN.test(text.slice(start, end)),
    ),
    ...partsOf(text, SCATTERED).filter(({ key }) => SCATTERED_DIGITS.test(key)),
  ];
}

/** What is counted, or a year, is no end of a number. */
const NO_COUNT = "(?![\\d年月日時分秒円個本枚人名回件点階歳才%]|[cmk][mgl]|つ|箱|袋|か月|ヶ月|週)";

/** Words may stand between the groups, but nothing that was counted. */
const GAP = `${NO_COUNT}(?:[^A-Za-z\\d。\\n/]|[2-4](?=つ|桁|けた)){1,16}?`;
/** Not in a day, a time, an address of the web or a longer number. */
const APART_BEFORE = `(?<![A-Za-z\\d${DASH}./:])`;
const APART_BEHIND = `(?![A-Za-z\\d${DASH}./:])`;
const BROKEN = new RegExp(
  `${APART_BEFORE}0(?:\\d${GAP}\\d{4}|\\d\\d${GAP}\\d{3,4}|\\d{3}${GAP}\\d{2,3}|\\d{4}${GAP}\\d)${GAP}\\d{3,4}${APART_BEHIND}${NO_COUNT}`,
  "g",
);

const SHAPES =
  /^(?:0[256789]0-4-4|0[1-9]-4-4|0[1-9]\d-3-4|0[1-9]\d\d-2-4|0[1-9]\d{3}-1-4|0(?:120|570)-3-3|0800-3-4)$/;

/** As a machine hears it: 「03 1 0 5 0 の 7 2 3 8」, 「080 060 3の774 1」. */
const SCATTERED = new RegExp(
  `${APART_BEFORE}0\\d{0,3}(?:[ の]{1,3}\\d{1,4}){3,10}${APART_BEHIND}${NO_COUNT}`,
  "g",
);
const SCATTERED_DIGITS = /^0(?:[1-9]\d{8}|[256789]0\d{8})$/;

/** A mobile number shows by itself, so that whole sentences may stand in it. */
const BROKEN_MOBILE = new RegExp(
  `${APART_BEFORE}0[5789]0${NO_COUNT}[^A-Za-z\\d\\n]{1,20}?\\d{4}${NO_COUNT}[^A-Za-z\\d\\n]{1,20}?\\d{4}${APART_BEHIND}${NO_COUNT}`,
  "g",
);

/** 「080×1200×1500」 is a size. */
const SAID_BETWEEN = /[\p{L}、。]/u;

function isBroken(written: string): boolean {
  const [first = "", ...more] = written.match(/\d+(?!つ|桁|けた)/g) ?? [];
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
const COUNT = "(?:の|から)?(?:(?:[2-5二三四五]|よん|さん|ふた)(?:桁|けた|ケタ|つ|文字|番)|4)";
const IS =
  "(?:の?(?:番号|数字))?(?:だけ)?(?:[がはのもばで、:=( 「『]|って|だと|なら|(?:から)?(?:言う|いう|ゆう|言|い)(?:と|たら)){0,3}";
const DIGITS = `(?!(?:19|20)\\d\\d年)\\d{2,5}${NO_COUNT}|${SOUND}(?:[、 ]?${SOUND}){1,4}(?![ぁ-ゖ]{0,1}(?:ば|め|つ))|${KANJI_DIGIT}{3,4}(?!${KANJI_DIGIT})`;

const ENDS = {
  counted: new RegExp(
    `(?<=${END_WORD}${COUNT}${IS})(?:(?:${DIGITS})(?:(?:を|から|→)\\d{2,4}(?=に|へ|、))?)`,
    "g",
  ),
  named: new RegExp(
    `(?<=${END_WORD}(?:だけ)?(?:[がはの、:]|って|(?:から)?(?:言う|いう)と){1,2}[ 「『]?|(?:末尾|うしろ|後ろ|真ん中|しも)[ 「『]?)\\d{3,4}(?![${DASH}])${NO_COUNT}`,
    "g",
  ),
  spoken: new RegExp(
    `(?<=(?:下|末尾)(?:だけ)?[がは、][ ]?)(?:${SOUND}(?:[、 ]?${SOUND}){3}|${KANJI_DIGIT}{4}(?!${KANJI_DIGIT}))`,
    "g",
  ),
  toldBehind: new RegExp(
    `${FREE_BEFORE}\\d{3,4}(?=で終わ|[がの]続き|が(?:下|末尾|最後)|の番号(?:から|に|へ|です))`,
    "g",
  ),
  hiddenBeginning: new RegExp(
    `(?:\\.{3,}|\\*{2,}|[xX×●○]{3,}-?)\\d{4}${FREE_BEHIND}${NO_COUNT}`,
    "g",
  ),
  ofTelephone: /(?<![\d.,-])(?!(?:19|20)\d\d)\d{4}の(?=(?:携帯|ケータイ|スマホ|電話番号|番号の))/g,
  continued: /(?<=続き[はが、][ ]?)\d{3,4}(?!\d)/g,
  forgotten: new RegExp(
    `${FREE_BEFORE}0[5789]0(?:[${DASH}の]\\d{1,4}(?![A-Za-z\\d${DASH}の])|[${DASH}](?=[^A-Za-z\\d])|(?=なんとか|なんだ|なんや|ほにゃ|うんたら))`,
    "g",
  ),
  beginning: /(?<=(?:頭|あたま|最初|始まり)[がは])0[5789]0(?!\d)/g,
};

const AREA = /局番|市外|頭[がは]0/;
const APART = {
  area: /(?<=(?:局番|市外)[はが:「『、 ]{0,3})0\d{1,4}(?!\d)/g,
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
  lastOnes: /(?<=(?:うん|はい|ええ|いや|、)[、 ]?)\d{2,4}(?=(?:のほう|の方)(?:です|で|。|$))/g,
  /** 「最後は7じゃなくて1です」, 「これの44が54になる」 */
  oneForAnother:
    /(?<=(?:最後|末尾|お尻|おしり|しり|頭|真ん中|これ|この|そこ|番号)(?:[はがのを、]|の[2-4]桁|のほう){1,3})\d{1,4}(?:じゃな[いく]て?|ではなく|でなく|やなく?て?|を|が|→|から|、じゃない、)[、 ]?\d{1,4}(?=です|で[すし、。]|に|へ|や|だ|、|。|$)/g,
  /** 「つながったら#のあと317」 */
  behindTheCall:
    /(?<=\d{4})[、。 (]?[^\d\n。]{0,10}(?:#|シャープ|つなが|繋が|ガイダンス|呼び?出し)[^\d\n。]{0,8}\d{2,5}(?![\d年月日時分円件名個本])/g,
  middle: /(?<=訂正[、:は ]{0,2})0\d{3}(?:から|→|を)0?\d{3,4}/g,
  wrongEnd: new RegExp(
    `${FREE_BEFORE}\\d{4}(?=(?:じゃな|ではな|やな|やのう)[^\\d\\n]{1,6}\\d{4}(?!\\d))`,
    "g",
  ),
};
