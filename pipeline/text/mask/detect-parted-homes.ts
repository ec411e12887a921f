import { HOUSES, MUNICIPALITY, SPOKEN_PREFECTURE } from "./address-words.ts";
import type { Detection } from "./detection.ts";
import { SAID } from "./find-numerals.ts";
import { HYPHEN } from "./hyphen.ts";

/**
 * Addresses said in parts: with words between the parts, a lot, a house or a room behind its label where the town was
 * said before, and blocks of a town without its city.
 */
export function detectPartedHomes(text: string): Detection[] {
  if (!MAY_HOLD_PART.test(text)) return [];
  return PATTERNS.filter(({ sign, beside }) => sign.test(text) && beside.test(text)).flatMap(
    ({ pattern }) =>
      Array.from(text.matchAll(pattern), ({ 0: written, index }) => ({
        kind: "住所" as const,
        key: written.replace(/[\s、]/g, ""),
        start: index,
        end: index + written.length,
      })),
  );
}

const MAY_HOLD_PART =
  /丁目|番地|番号|部屋|建物|マンション|アパート|住所|号室|コーポ|ハイツ|メゾン|荘/;

const N = "(?:[0-9]{1,5}|[〇一二三四五六七八九十百千]{1,6})";
const HAN = "[\\p{Script=Han}々ヶ]";
const LOT = `${N}(?:(?:丁目|番地?|[${HYPHEN}])?の?${N}(?:番地?)?){1,3}号?`;
const HOUSE = `(?:${HOUSES}|グラン|シャトー|ヴィラ|カーサ|ドミール|コスモ|パーク|サン)`;
const NAME = "[\\p{Script=Han}\\p{Script=Katakana}ー・A-Za-z]";
/** A label and what joins it to the value. */
const IS = "(?:は|が|って|も|:|[ゆい]うたら|[ゆい]うと|の方は)[、 ]?";
const PAUSE = `(?:の|[、 ]|ね|${SAID}){1,5}`;
const ANYWHERE = /(?:)/;
const TOWN = /[市区町村郡]/;
const HOME = /住所|番地|丁目|[届送]け?り?先|お?届け|配達|配送|宛|越し|[市区郡].{1,6}[町村]/;

/** A day is written so too. */
const LOT_ALONE = `(?<![0-9A-Za-z./-])(?!(?:19|20)[0-9]{2}-)[0-9]{1,4}-[0-9]{1,4}-[0-9]{1,4}(?:-[0-9]{1,4})?(?![0-9A-Za-z./-])`;

const PATTERNS: readonly {
  readonly sign: RegExp;
  /** What must stand in the voice too. */
  readonly beside: RegExp;
  readonly pattern: RegExp;
}[] = [
  {
    sign: /番(?:地|号)/,
    beside: TOWN,
    pattern: new RegExp(
      `(?<=番地${IS})${N}(?:(?:番地?|丁目|[${HYPHEN}])?の?(?:${N}|[甲乙丙丁])(?:番地?|号)?){0,3}|(?<=(?<![\\p{Script=Han}\\p{Script=Katakana}ー])番号${IS})${LOT}`,
      "gu",
    ),
  },
  {
    sign: /建物|マンション|アパート|部屋/,
    beside: HOME,
    pattern: new RegExp(
      `(?<=(?:建物|マンション|アパート)(?:の?名前?)?${IS})(?:${NAME}{0,10}${HOUSE}[\\p{Script=Hiragana}${NAME.slice(1, -1)}]{1,10}?[ ]?[A-Z]?[0-9]{0,4}(?:号室?|室)?)(?=です|で[、。]|[、。\\n]|$)|(?<=部屋(?:番号)?${IS})[A-Z]?[0-9]{3,4}(?:号室|号|室)?(?![0-9円個人分平m])`,
      "gu",
    ),
  },
  {
    sign: /(?:建物|マンション|アパート)の?名/,
    beside: ANYWHERE,
    pattern: new RegExp(
      `(?<=(?:建物|マンション|アパート)の?名前?${IS}[「『]?)[\\p{Script=Hiragana}${NAME.slice(1, -1)}]{2,16}?[ ]?[A-Z]?[0-9]{0,4}(?:号室?|室)?(?=[」』]|です(?!が|けど)|で[、。])`,
      "gu",
    ),
  },
  {
    sign: /(?:コーポ|ハイツ|ハイム|メゾン|荘).{1,8}[0-9]号/,
    beside: ANYWHERE,
    pattern:
      /(?:第[一二三1-9])?(?:(?:コーポ|ハイツ|ハイム|メゾン)[ぁ-ゖ]{1,6}|[ぁ-ゖ\p{Script=Katakana}]{2,5}荘)[ ]?[0-9]{1,4}号室?/gu,
  },
  {
    sign: /号室/,
    beside: ANYWHERE,
    pattern:
      /(?<![\p{L}0-9])[A-Z]?[0-9]{3,4}号室(?=の(?:者|[\p{Script=Han}]{1,3}(?:です|と申|様|さん))|に(?:お?届|配達|置|住))/gu,
  },
  {
    sign: /住所|番地|転居|引っ?越/,
    beside: /[0-9]-[0-9]{1,4}-[0-9]|番地/,
    pattern: new RegExp(
      `(?<![番号品型式ド].{0,3})${LOT_ALONE}|(?<![\\p{Script=Han}0-9])[0-9]{1,5}番地(?:の?[0-9]{1,4})?(?![\\p{Script=Han}0-9])`,
      "gu",
    ),
  },
  {
    sign: /丁目/,
    beside: /置き?配|配達|[届送]け?り?先|お?届け/,
    pattern: /(?<=[、。 ])[0-9]{1,4}-[0-9]{1,4}(?=です|でし|に|、|。|$)/g,
  },
  {
    sign: /部屋番号/,
    beside: /マンション|アパート|住所|届|配達|配送|宛/,
    pattern:
      /(?<=部屋番号(?:だけ|のみ)?[^0-9。\n]{0,8})[A-Z]?[0-9]{3,4}(?:→[A-Z]?[0-9]{3,4})?(?![0-9円])/g,
  },
  {
    sign: /丁目/,
    beside: TOWN,
    pattern: new RegExp(
      `(?<!${HAN})(?:${HAN}{1,5}[市区町村郡]${PAUSE}){1,3}(?:${HAN}{1,6}${PAUSE})?${N}丁目(?:${PAUSE}${N}(?:番地?|号)?){0,3}(?:${PAUSE}${NAME}{2,10}(?:の|${PAUSE})[0-9]{3,4}(?:号室?|室)?)?`,
      "gu",
    ),
  },
  {
    sign: /丁目(?:です|でして|なん|の者|だけど|やけど|じゃけど)/,
    beside: TOWN,
    pattern: new RegExp(
      `(?<!${HAN})(?:${SPOKEN_PREFECTURE})?(?:${MUNICIPALITY}){1,2}${HAN}{1,6}?${N}丁目(?=です|でして|なん|の者|だけど|やけど|じゃけど)`,
      "gu",
    ),
  },
  {
    sign: /[0-9一二三四五六七八九十](?:丁目|番地)/,
    beside: ANYWHERE,
    pattern: new RegExp(
      `(?<!${HAN})${HAN}{2,6}?(?:${N}丁目の?${N}(?:番地?|号棟)(?:の?${N}(?:号棟?)?)?(?:[ ]?[0-9〇一二三四五六七八九]{3,4}(?:号室?|室)?)?|[0-9]{2,5}番地の?[0-9]{1,4})(?![線目組乗人])`,
      "gu",
    ),
  },
];
