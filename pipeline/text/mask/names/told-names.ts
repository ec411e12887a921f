import { allMatches } from "../all-matches.ts";
import type { Span } from "./judge-name.ts";
import { namesNobody } from "./name-words.ts";

/**
 * Names that somebody tells as such, of whatever letters: a pen name behind its label, what a door plate says, how a
 * name is written or read, a name of parts with a particle among them.
 */
export function toldNames(text: string): Span[] {
  if (!ANY_CUE.test(text)) return [];
  const patterns = SPELLING_CUE.test(text) ? [...TOLD, ...SPELT] : TOLD;
  return patterns.flatMap((pattern) =>
    Array.from(allMatches(text, pattern), ({ 1: name = "", 0: all, index }) => {
      const start = index + all.indexOf(name);
      return { start, end: start + name.length };
    }).filter(({ start, end }) => isName(text.slice(start, end))),
  );
}

function isName(said: string): boolean {
  return said !== "" && !namesNobody(said) && !NO_NAME.test(said);
}

/** A word or sign that each pattern needs. Few voices hold any, and one search for all is cheaper than one for each. */
const ANY_CUE =
  /ネーム|読み上げ|さんずい|にんべん|の字|投稿者|アカウント|ユーザー|P\.?N|HN|名前|[名苗]字|姓|氏名|と書いて|表札|の子|末っ子|ママ|パパ|[ ・=](?:ティ|ヴァン|バン|ディ|デ|ダ|ドス|フォン|ビン)|[々\p{Script=Han}] [A-Z]|[A-Z]\/[A-Z]/u;

const NO_NAME =
  /^(?:その|この|これ|それ|あの|どの|どう|なん|なに|ここ|そこ|まま|ほう|よう|こと|もの|ない|なし|漢字|英語|平仮名|片仮名|ひらがな|カタカナ|ローマ字|匿名|任意|名前|本名|不要|無し|スペル|[0-9]+)/;

/** One word or several, up to where a sentence goes on. */
const PEN_NAME = "[^\\s、。「」『』()\\[\\]【】:/|は]{2,16}?";

const TOLD: readonly RegExp[] = [
  new RegExp(
    `(?:投稿者|(?:ペン|ハンドル|ラジオ|ニック)ネーム|(?:アカウント|ユーザー)名|(?<![A-Za-z])(?:P\\.?N\\.?|HN))[ ]?(?:[:|]|は「?|「|(?=[ァ-ヺーぁ-ゖA-Za-z](?<![はがもにをでのと])))[ ]?(${PEN_NAME})(?=[\\s、。「」『』()|/]|さん|様|です|と申|と(?:書|入)|で(?:投稿|登録|応募|掲載|お願い)|$)`,
    "gu",
  ),
  /(?:表札|[名苗]字|(?<=[旧新のが、。])姓)(?:に|[はがも])?[「『]([^「」『』\n]{1,8})[」』]/gu,
  /(?<![ァ-ヺー・])((?:[ァ-ヺー]{1,10}[ ・=]){1,4}(?:ティ|ヴァン|バン|ディ|デ|ダ|ドス|フォン|ビン|ビンティ)[ ・=](?:[ァ-ヺー]{1,10}[ ・=]){0,3}[ァ-ヺー]{1,10}(?:・[\p{Script=Han}々]{2,4})?)(?![ァ-ヺー・])/gu,
  /(?<![\p{Script=Han}々])([\p{Script=Han}々]{1,4} [A-Z]\.? (?:[\p{Script=Han}々]{1,3}|[ァ-ヺー]{2,5}))(?![\p{Script=Han}々ァ-ヺー])/gu,
  /(?<![A-Za-z])([A-Z]{3,14}\/[A-Z]{3,14})(?=[ ]?M(?:RS?|S)(?![A-Za-z]))/g,
  /(?:上の子|下の子|真ん中の子|末っ子)[はがの、]([\p{Script=Han}々]{1,2}|[ぁ-ゖ]{2,3}|[ァ-ヺー]{2,4})(?=、|。|で、|です|と申|という)/gu,
  /(?<![ぁ-ゖァ-ヺー])([ぁ-ゖ]{2,4}|[ァ-ヺー]{2,4})(?=(?:くん|ちゃん|たん)?(?:ママ|パパ)(?:です|と申|といい|より$))/gu,
];

/** Who speaks of a name may spell it. */
const SPELLING_CUE = /名前|[名苗]字|旧姓|新姓|氏名|と書いて|読み上げ|さんずい|にんべん|の字/;

/** Readings and spellings, each of them ordinary words where nobody speaks of a name. */
const SPELT: readonly RegExp[] = [
  /と書いて[「『]?(?!あり|あった|ある)([ぁ-ゖァ-ヺー]{2,6}?)[」』]?(?=と(?:読|よ[みむ]|い[いう]|申)|です|さん|様|の方)/gu,
  /(?<![ぁ-ゖァ-ヺー書])([ぁ-ゖ]{2,6}|[ァ-ヺー]{2,6})(?=と(?:読みます|読むんです|読むの[はがで]))/gu,
  /(?<=正しくは[「『]?)([ぁ-ゖ]{2,6}|[ァ-ヺー]{2,6})(?=です|と(?:読|い)|[。、」』])/gu,
  /(?<![ぁ-ゖァ-ヺー])([ぁ-ゖ]{2,6}|[ァ-ヺー]{2,6})(?=の[「『][ぁ-ゖァ-ヺー]{1,3}[」』](?:は|の字|が))/gu,
  /[「『]([ぁ-ゖァ-ヺー]{2,6})[」』](?=(?:じゃ|では)(?:なく|ありません|ない)|と(?:読|呼ば))/gu,
  /(?<=(?:じゃ|では)なく(?:て)?[、 ]?)[「『]([\p{Script=Han}々]{1,4}|[ぁ-ゖァ-ヺー]{2,6})[」』](?=です|と(?:読|書))/gu,
];
