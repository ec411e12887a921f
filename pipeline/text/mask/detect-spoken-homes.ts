import { COUNTERS, HOUSES } from "./address-words.ts";
import { allMatches } from "./all-matches.ts";
import type { Detection } from "./detection.ts";
import { SAID } from "./find-numerals.ts";
import { HYPHEN } from "./hyphen.ts";

/**
 * Addresses that no printed form gives: read out in kana, a house by its name or number alone behind a word that says
 * so, a town or a block without its city, in Latin letters by lines or without a city.
 */
export function detectSpokenHomes(text: string): Detection[] {
  if (!MAY_SPEAK.test(text)) return [];
  return PATTERNS.filter(({ sign }) => sign.test(text)).flatMap(({ pattern }) =>
    Array.from(allMatches(text, pattern), ({ 1: written = "", 0: all, index }) => {
      const start = index + all.indexOf(written);
      return {
        kind: "住所",
        key: written.replace(/[\s、]/g, ""),
        start,
        end: start + written.length,
      };
    }),
  );
}

/** A digit, or what the patterns without one need; 「しく、」 alone is in every other voice. */
const MAY_SPEAK =
  /[0-9「『]|番地|丁目|けん|ほっかいどう|とうきょうと|さかふ|きょうとふ|ちょうめ|ばんち|[あさ]がる|ごう|の(?:いち|に|さん|よん|ご|ろく|なな|はち|きゅう|じゅう)|[下上入][ルる]/;

const KANA_PREFECTURE =
  "(?:ほっかいどう|とうきょうと|おおさかふ|きょうとふ|(?:あおもり|いわて|みやぎ|あきた|やまがた|ふくしま|いばらき|とちぎ|ぐんま|さいたま|ちば|かながわ|にいがた|とやま|いしかわ|ふくい|やまなし|ながの|ぎふ|しずおか|あいち|みえ|しが|ひょうご|なら|わかやま|とっとり|しまね|おかやま|ひろしま|やまぐち|とくしま|かがわ|えひめ|こうち|ふくおか|さが|ながさき|くまもと|おおいた|みやざき|かごしま|おきなわ)けん)";
/** Up to where the sentence goes on. */
const KANA_END =
  "(?=です|でござい|でお願い|でおねがい|でよろしい|に(?:住|す[みん])|まで|[。!?]|…|\\n|$)";
const KANA = "[ぁ-ゖー0-9、 の-]";
/** A town or a number, without which a prefecture is only where something comes from. */
const KANA_PART =
  "(?:ちょうめ|ばんち?|[0-9]|じゅう|ひゃく|(?:し|ぐん|く|ちょう|まち|むら)[、 ]|(?:いち|さん|よん|ろく|なな|はち|きゅう)の(?:いち|に|さん|よん|ご|ろく|なな|はち|きゅう))";
const HOUSE = `(?:${HOUSES}|社宅|官舎|グラン|シャトー|ヴィラ|カーサ|ドミール)`;
const NAME = "[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}A-Za-zー々・]";

const NUMBER = "(?:[0-9]{1,5}|[一二三四五六七八九十百千]{1,6})";
const LATIN = "[A-Z][a-z]{2,15}(?:-[A-Za-z]{2,12})?";
const NO_COUNTER = `(?!${COUNTERS})`;
/** A room without 号室 is a product's number unless somebody lives or receives there. */
const ROOM_SAID =
  /(?:部屋|住まい|[届送]け?り?先|配[達送]先|住所|自宅|宛先)[はがの、:].{4,30}[0-9]{3}|[0-9]{3} ?(?:宛|あて|に|の住|在住)/;

const PATTERNS: readonly { readonly sign: RegExp; readonly pattern: RegExp }[] = [
  {
    sign: /けん|ほっかいどう|とうきょうと|さかふ|きょうとふ/,
    pattern: new RegExp(
      `(${KANA_PREFECTURE}(?=${KANA}{0,60}${KANA_PART})${KANA}{6,60}?)${KANA_END}`,
      "gu",
    ),
  },
  {
    sign: /[しくんちら](?:の)?[、 ]/,
    pattern: new RegExp(
      `(?<![ぁ-ゖ])([ぁ-ゖ]{2,6}(?:し|く|ぐん|まち|むら)(?:の)?[、 ]${KANA}{2,50}(?:ちょうめ|ばんち?|[あさ]がる|ごう|[0-9]|の[、 ]?(?:いち|に|さん|よん|ご|ろく|なな|はち|きゅう|じゅう)(?:[ぁ-ゖー]{1,10}?(?:、?[ァ-ヺー]{2,4}の[ぁ-ゖー]{2,14}?)?)??))${KANA_END}`,
      "gu",
    ),
  },
  {
    sign: /番[はが]|地番|番地[はが]/,
    pattern:
      /番地[はが、 ]{1,2}((?:[0-9]{1,5}|[一二三四五六七八九十百千〇]{1,8})(?:番地?)?(?:(?:の|-)(?:[0-9]{1,5}|[一二三四五六七八九十百千〇]{1,6})){0,3})/gu,
  },
  {
    sign: /[「『]/,
    pattern: new RegExp(
      `(?:届け先|送り先|配送先|住所|住まい|(?:建物|マンション|アパート)名?)[はがの]{1,2}[「『](${NAME}{0,12}${HOUSE}${NAME}{0,12}[ ]?[A-Z]?[0-9]{0,4}(?:号室?|室)?)[」』]`,
      "gu",
    ),
  },
  {
    sign: /[0-9](?:号室?|室)/,
    pattern: new RegExp(
      `(?<![\\p{Script=Han}\\p{Script=Katakana}ー])((?:[\\p{Script=Han}\\p{Script=Katakana}ー]{1,10})?${HOUSE}[\\p{Script=Han}\\p{Script=Katakana}ー]{0,10}[ ]?(?:[A-Z0-9]{1,2}号?棟[ ]?)?[A-Z]?[0-9]{1,4}(?:号室?|室))`,
      "gu",
    ),
  },
  {
    sign: /[A-Z][a-z]/,
    pattern: new RegExp(
      `(?<![A-Za-z])((?:[A-Z][a-z]{2,15} ){1,3}#?[0-9]{1,4}[,\\n ]{1,2}[0-9]{1,4}(?:[${HYPHEN}][0-9]{1,4}){1,3} [A-Z][A-Za-z-]{2,20}(?:[,\\n ]{1,2}[A-Z][A-Za-z]{2,15}(?:-(?:ku|shi|cho|machi|gun))?){0,3})`,
      "gu",
    ),
  },
  {
    sign: new RegExp(`[a-z] ?[0-9]{1,4}[${HYPHEN}]`),
    pattern: new RegExp(
      `(?<![A-Za-z])((?:[A-Z][a-z]{0,3})?(?:[A-Za-z](?<!v)[a-z]){2,9}[aiueon] [0-9]{1,4}(?:[${HYPHEN}][0-9]{1,4}){2,3})(?![0-9-])`,
      "gu",
    ),
  },
  {
    sign: /字/,
    pattern: new RegExp(
      `(?<![\\p{Script=Han}々])((?:[\\p{Script=Han}]{2,4}の)?(?:[\\p{Script=Han}々]{1,4}(?<![文漢数名苗赤黒英太細点活誤習絵一二三四五六七八九]))?大?字(?![数体幕画面余句])[ ]?[\\p{Script=Han}々ノヶケ]{1,8}?[ ]?[0-9]{1,5}(?:番地?)?(?:(?:[${HYPHEN}]|の)[0-9]{1,5}){0,2}(?:番地|号)?)${NO_COUNTER}`,
      "gu",
    ),
  },
  {
    sign: /[上下入][ルる]/,
    pattern:
      /(?<![\p{Script=Han}々])([\p{Script=Han}々]{1,4}(?:通り?[\p{Script=Han}々]{0,5}?(?:上|下|[東西]入)[ルる]|[\p{Script=Han}々]{2,5}(?:上|下|[東西]入)ル)(?:[\p{Script=Han}々]{1,6}町)?(?:[0-9]{1,4}(?:番地|-[0-9]{1,4})?)?)(?![ァ-ヺー])/gu,
  },
  {
    sign: /[東西南北][0-9]{1,2}条?[東西南北][0-9]/,
    pattern: new RegExp(
      `(?<![東西南北0-9])((?:[南北][0-9]{1,2}条?[東西]|[東西][0-9]{1,2}条?[南北])[0-9]{1,2}(?:丁目)?(?:[${HYPHEN}][0-9]{1,3}){0,2}(?:番|号)?)${NO_COUNTER}`,
      "gu",
    ),
  },
  {
    sign: /[0-9]番地|丁目/,
    pattern: new RegExp(
      `(?<![\\p{Script=Han}々])([\\p{Script=Han}々]{0,6}?${NUMBER}丁目[の ]?${NUMBER}番地(?:の?${NUMBER})?|[\\p{Script=Han}々]{1,5}[町村区]${NUMBER}番地(?:の?${NUMBER})?|(?:[\\p{Script=Han}]{2,4}の)?[\\p{Script=Han}々]{2,6}?${NUMBER}丁目(?=の者|に住[んむみ]|在住|住まい|(?:に|まで|へ)(?:配達|届け|再配達|発送)))`,
      "gu",
    ),
  },
  {
    sign: /[営団]/,
    pattern: new RegExp(
      `(?<![\\p{Script=Han}])((?:[都道府県市町村区]営|公営|公団)[\\p{Script=Han}]{0,6}(?:住宅|アパート|団地)[\\p{Script=Han}]{0,4}[ ]?(?:[0-9A-Z]{1,3}号?棟(?:の|[${HYPHEN}])?)?[ ]?[0-9]{1,4}(?:(?:の|[${HYPHEN}])[0-9]{1,4})?(?:号室?|室)?)${NO_COUNTER}`,
      "gu",
    ),
  },
  {
    sign: ROOM_SAID,
    pattern: new RegExp(
      `(?<![\\p{Script=Han}\\p{Script=Katakana}ー])((?:[\\p{Script=Han}\\p{Script=Katakana}ー]{1,10})?(?:${HOUSE}|コート)[\\p{Script=Han}\\p{Script=Katakana}ー]{0,10}[ ]?[A-Z]?[0-9]{3,4})(?:(?=[ ]?(?:宛|あて|に(?:住[んむみ]|再?配達|お?届け|送って)|の住[人民]|在住))|(?<=(?:部屋|住まい|[届送]け?り?先|配[達送]先|住所|自宅|宛先)[はがの、:][ ]?[^、。]{4,24})(?=です|で[すの]|、|。|$))`,
      "gu",
    ),
  },
  {
    sign: /[0-9] [A-Z][a-z]/,
    pattern: new RegExp(
      `(?<![0-9-])((?!(?:19|20)[0-9]{2}-)[0-9]{1,4}(?:[${HYPHEN}][0-9]{1,4}){2,3}(?: ${LATIN},){1,3} ${LATIN})(?![A-Za-z])`,
      "gu",
    ),
  },
  {
    sign: /[0-9一二三四五六七八九十](?:の|丁目)/,
    pattern: new RegExp(
      `(?<![\\p{Script=Han}々])((?:[\\p{Script=Han}]{2,4}の){1,2}[\\p{Script=Han}々]{2,5}(?:の?、(?:${SAID})?、?)?[0-9]{1,4}(?:の[0-9]{1,4}){2,3}|(?:[\\p{Script=Han}]{2,4}の、?){2,3}[\\p{Script=Han}々]{2,4}[0-9]{1,3}の[0-9]{1,3}|[\\p{Script=Han}]{1,3}[市区](?:の?ですね|の)?、(?:[\\p{Script=Han}々]{1,5}の?、){1,3}${NUMBER}丁目)${NO_COUNTER}`,
      "gu",
    ),
  },
  {
    sign: /[「『](?:コーポ|ハイツ|ハイム|メゾン)/,
    pattern:
      /(?<=(?:届け先|送り先|配送先|住所|住まい|宛先|建物|マンション|アパート)[^。\n]{0,40})[「『]((?:コーポ|ハイツ|ハイム|メゾン)[\p{Script=Han}\p{Script=Katakana}ぁ-ゖA-Za-z々ー・]{1,12}[ ]?[A-Z]?[0-9]{0,4}(?:号室?)?)[」』]/gu,
  },
];
