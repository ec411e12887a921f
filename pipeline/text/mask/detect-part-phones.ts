import { brokenNumbers, detectBrokenPhones } from "./detect-broken-phones.ts";
import type { Detection } from "./detection.ts";
import { KANJI_DIGIT } from "./find-numerals.ts";
import { DASH } from "./hyphen.ts";
import { FREE_BEFORE, FREE_BEHIND, partsOfAny, SOUND } from "./phone-parts.ts";

/**
 * Telephone numbers that are not whole: without their first nought, an exchange with a number, a sign that nobody could
 * read, an extension alone, and last digits that go with a number said before.
 *
 * @param found the whole numbers of the text
 */
export function detectPartPhones(text: string, found: readonly Detection[]): Detection[] {
  const alone = [...partsOfAny(text, ALONE), ...brokenNumbers(text)];
  if (found.length === 0 && !SPOKEN_OF.test(text)) return alone;
  const beside = [...partsOfAny(text, BESIDE), ...detectBrokenPhones(text, [...found, ...alone])];
  const isOfThing = ({ start }: Detection) =>
    OF_THING.test(text.slice(Math.max(0, start - THING_REACH), start));
  return [...alone, ...beside.filter((part) => !isOfThing(part))];
}

/** The last digits of a lot or a receipt are asked for as well. In UTF-16 units: 「ロット番号の最後の4桁が「」 is 14. */
const THING_REACH = 18;
const OF_THING =
  /(?:ロット|lot|品番|型番|製造|シリアル|商品|レシート|JAN|伝票|追跡|バーコード|パスワード|暗証)[^。\n]{0,14}$/i;

const SPOKEN_OF =
  /電話|携帯|本人確認|照合|市外|下[4四](?:桁|けた|ケタ)|0[5789]0|番号|TEL|☎|顧客|局番|着信|内線|ケータイ|スマホ|ショートメール|SMS|折り?返|固定/i;

/** Digits spelt in English or in Latin letters. */
const ENGLISH =
  "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|rei|ichi|ni|san|yon|shi|go|roku|nana|shichi|hachi|kyu+|no)";

const ALONE = {
  /** As a spreadsheet leaves it: 90-1234-5678. */
  withoutNought: new RegExp(
    `(?<![\\d${DASH}./,])[789]0[${DASH}]\\d{4}[${DASH}]\\d{4}(?![\\d${DASH}/,.A-Za-z円])`,
    "g",
  ),
  kanjiWithoutNought: new RegExp(
    `(?<!${KANJI_DIGIT})[五七八九][〇零][${DASH}の]${KANJI_DIGIT}{4}[${DASH}の]${KANJI_DIGIT}{4}(?!${KANJI_DIGIT})`,
    "g",
  ),
  /** With tens for the beginning: 「きゅうじゅうの、0273の、3350」. */
  spokenTens:
    /(?:(?:プラス)?(?:はちじゅういち|81)[、の ]{1,2})?(?<![0-9-])(?:(?:きゅう|はち|なな|ごー?)じゅう|[789]0)の[、 ]?[0-9]{4}の[、 ]?[0-9]{4}(?![0-9])/g,
  /** 「045のゼロが三つで4982」 */
  zerosCounted:
    /(?<![0-9-])0[0-9]{1,3}[の、]?(?:ゼロ|ぜろ|0)が[2-4二三四](?:つ|個)[での、]{0,2}[0-9]{4}(?![0-9])/g,
  exchange: /(?<![\d二三四五六七八九])\d{1,4}局の?\d{4}(?!\d)/g,
  areaAndExchange: new RegExp(`(?<!\\d)0\\d{1,3}局の?\\d{2,4}[${DASH}の]\\d{4}(?!\\d)`, "g"),
  extension: new RegExp(
    `内線(?:番号)?(?:[はがのもを、:= (「]|なら|やったら|だと|でしたら|番号|聞いたら){0,3}(?:\\d{2,5}(?![\\d本台回件%円人])|${KANJI_DIGIT}{2,5}(?!${KANJI_DIGIT}))`,
    "g",
  ),
  direct: /(?<=(?:直通|PHS|ピッチ)(?:番号)?[はがの、: ]{0,2})\d{3,5}(?![\d本台回件%円人])/g,
  spokenExtension: new RegExp(
    `(?<=(?:内線|直通)(?:番号)?[はがの、:「『 ]{0,3})${SOUND}(?:[、 ]?${SOUND}){2,4}(?=[」』、。\\s]|です|で|に|を|へ|の|や|$)`,
    "g",
  ),
  oneDigitTooMany: new RegExp(
    `(?<![\\d${DASH}])0[5789]0[${DASH}]\\d{4}[${DASH}]\\d{5}${FREE_BEHIND}`,
    "g",
  ),
  hiddenMiddle: new RegExp(
    `${FREE_BEFORE}0\\d{1,3}[${DASH}][X*x○●×◯]{2,4}[${DASH}]\\d{4}${FREE_BEHIND}`,
    "g",
  ),
  hiddenDigits: new RegExp(
    `${FREE_BEFORE}(?=[\\d${DASH}]{0,12}[○●×◯])0[\\d○●×◯]{1,3}[${DASH}(][\\d○●×◯]{2,4}[${DASH})][\\d○●×◯]{4}(?![\\d○●×◯])(?<!(?:[○●×◯][\\d${DASH}()]{0,9}){3})`,
    "g",
  ),
  keycaps: /(?:\d\uFE0F?\u20E3[ -]?){10,11}/g,
  fromAbroad: new RegExp(
    `(?<![\\d${DASH}])(?:001|010)[${DASH} ](?!81)\\d{1,3}(?:[${DASH} ]\\d{2,4}){2,4}${FREE_BEHIND}`,
    "g",
  ),
  linkToChat: /(?<=wa\.me\/|(?:電話|携帯|LINE)[^\d。\n]{0,6})81[5-9]0\d{8}(?!\d)/g,
  spelt: new RegExp(`(?:${ENGLISH}[${DASH} ,・、]{0,3}){9,}`, "gi"),
};

const LABEL = "(?:電話|携帯|TEL)(?:番号)?";

/** In a voice with a number, or that speaks of one. */
const BESIDE = {
  withoutNought: new RegExp(`(?<=${LABEL}[はが: ]{0,2})[789]0\\d{8}(?!\\d)`, "gi"),
  withoutArea: new RegExp(
    `(?<=${LABEL}[はが: ]{0,2})[1-9]\\d{0,2}[${DASH}]\\d{2,4}[${DASH}]\\d{4}${FREE_BEHIND}`,
    "gi",
  ),
  american: new RegExp(
    `(?<![A-Za-z\\d${DASH}(])(?:\\([2-9]\\d\\d\\) ?|[2-9]\\d\\d[${DASH}])\\d{3}[${DASH}]\\d{4}(?![A-Za-z\\d${DASH}])`,
    "g",
  ),
  joinedByNo: /(?<=番号[はが][ ]?)\d{1,4}の\d{4}(?!\d)/g,
  kanji: new RegExp(
    `(?<=(?:電話|携帯)(?:番号)?[はが:、 ]{1,2})${KANJI_DIGIT}{2,4}[${DASH}の]${KANJI_DIGIT}{4}(?!${KANJI_DIGIT})`,
    "g",
  ),
  firstHalf: new RegExp(
    `(?<=(?:上|頭|前半)[がは、][ ]?)0\\d{1,3}[${DASH}]\\d{2,4}${FREE_BEHIND}`,
    "g",
  ),
  /** In two lines: 「080-2264」 and 「7719」. */
  firstQuoted: new RegExp(`(?<![\\d${DASH}])0[789]0[${DASH}]\\d{4}(?=[」』])`, "g"),
  secondQuoted: new RegExp(
    `(?<=0[789]0[${DASH}]\\d{4}[」』][^\\d「『]{0,8}[「『])\\d{4}(?=[」』])`,
    "g",
  ),
};
