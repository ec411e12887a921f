import type { Detection } from "./detection.ts";

/**
 * Telephone numbers that are not whole: without their first nought, an exchange with a number, a sign that nobody could
 * read, an extension alone, and last digits that go with a number said before.
 *
 * @param found the whole numbers of the text
 */
export function detectPartPhones(text: string, found: readonly Detection[]): Detection[] {
  const alone = ALONE.flatMap((pattern) => partsOf(text, pattern));
  if (found.length === 0 && !SPOKEN_OF.test(text)) return alone;
  const beside = BESIDE.flatMap((pattern) => partsOf(text, pattern));
  const isOfThing = ({ start }: Detection) =>
    OF_THING.test(text.slice(Math.max(0, start - THING_REACH), start));
  return [...alone, ...beside.filter((part) => !isOfThing(part))];
}

function partsOf(text: string, pattern: RegExp): Detection[] {
  return Array.from(text.matchAll(pattern), ({ 0: written, index }) => ({
    kind: "電話",
    key: written.replace(/\D/g, ""),
    start: index,
    end: index + written.length,
  }));
}

/** The last digits of a lot or a receipt are asked for as well. In UTF-16 units: 「ロット番号の最後の4桁が「」 is 14. */
const THING_REACH = 18;
const OF_THING =
  /(?:ロット|lot|品番|型番|製造|シリアル|商品|レシート|JAN|伝票|追跡|バーコード|パスワード|暗証)[^。\n]{0,14}$/i;

const SPOKEN_OF = /電話|携帯|番号|TEL|☎/i;

const DASH = "-‐‑‒–—―−ー─━";
const KANJI = "[〇零一二三四五六七八九]";
const SOUND =
  "(?:ぜろ|れい|まる|いち|に[ーい]?|さん|よん|しち?|ご[ーうお]?|ろく|なな|はち|きゅう|ゼロ|レイ|マル|イチ|ニ[ーイ]?|サン|ヨン|シチ?|ゴ[ーウオ]?|ロク|ナナ|ハチ|キュウ)";
const LAST_FOUR = "(?:下|末尾|最後)の?(?:4|四|よん)(?:桁|けた|ケタ)";

const ALONE: readonly RegExp[] = [
  // As a spreadsheet leaves it: 90-1234-5678.
  new RegExp(
    `(?<![\\d${DASH}./,])[789]0[${DASH}]\\d{4}[${DASH}]\\d{4}(?![\\d${DASH}/,.A-Za-z円])`,
    "g",
  ),
  new RegExp(
    `(?<!${KANJI})[五七八九][〇零][${DASH}の]${KANJI}{4}[${DASH}の]${KANJI}{4}(?!${KANJI})`,
    "g",
  ),
  /(?<![\d二三四五六七八九])\d{1,4}局の?\d{4}(?!\d)/g,
  new RegExp(`(?<!\\d)0\\d{1,3}局の?\\d{2,4}[${DASH}の]\\d{4}(?!\\d)`, "g"),
  /(?<=内線(?:番号)?[はがの、: ]{0,2})\d{3,5}(?![\d本台回件%円人])/g,
  new RegExp(
    `(?<![\\dA-Za-z${DASH}])(?=[\\d${DASH}]{0,12}[○●×◯])0[\\d○●×◯]{1,3}[${DASH}(][\\d○●×◯]{2,4}[${DASH})][\\d○●×◯]{4}(?![\\d○●×◯])(?<!(?:[○●×◯][\\d${DASH}()]{0,9}){3})`,
    "g",
  ),
];

/** In a voice with a number, or that speaks of one. */
const BESIDE: readonly RegExp[] = [
  /(?<=(?:下|末尾|最後)(?:4桁|四桁|4けた|四けた|よんけた)?(?:だけ)?[がはの、:]{1,2}[ ]?)\d{4}(?![\d円年])/g,
  new RegExp(
    `(?<=(?:${LAST_FOUR}(?:だけ)?[がはのも、: ]{0,2}|末尾[がはの: ]{0,2})[「『]?)\\d{4}(?![\\d円年])`,
    "g",
  ),
  new RegExp(
    `(?<=(?:(?:下|末尾)(?:だけ)?[がは、]|${LAST_FOUR}(?:だけ)?[がはの、 ]{1,2})[ ]?)(?:${SOUND}(?:[、 ]?${SOUND}){3}|${KANJI}{4}(?!${KANJI}))`,
    "g",
  ),
  new RegExp(
    `(?<=(?:電話|携帯)(?:番号)?[はが:、 ]{1,2})${KANJI}{2,4}[${DASH}の]${KANJI}{4}(?!${KANJI})`,
    "g",
  ),
  // The other end of two lines: 「03-1234-5678または5679」.
  new RegExp(
    `(?<=0\\d{1,4}[${DASH})]\\d{1,4}[${DASH}]\\d{4}(?:または|もしくは|か|・))(?!(?:19|20)\\d\\d)\\d{4}(?![${DASH}\\d円年])`,
    "g",
  ),
  new RegExp(`(?<=(?:上|頭|前半)[がは、][ ]?)0\\d{1,3}[${DASH}]\\d{2,4}(?![\\d${DASH}])`, "g"),
  new RegExp(`(?<=\\d[${DASH})]\\d{4}(?:から|〜))\\d{2,4}(?=まで)`, "g"),
  // In two lines: 「080-2264」 and 「7719」.
  new RegExp(`(?<![\\d${DASH}])0[789]0[${DASH}]\\d{4}(?=[」』])`, "g"),
  new RegExp(`(?<=0[789]0[${DASH}]\\d{4}[」』][^\\d「『]{0,8}[「『])\\d{4}(?=[」』])`, "g"),
];
