/**
 * Whether an answer says nothing: 特になし, ありません, 「-」, 「同上」. Such a voice is counted and has no segments.
 * 「問題なし」 and 「不満はない」 say something, 「分からない」 too, and so does a single emoji.
 *
 * @param text a normalised text
 */
export function isEmptyAnswer(text: string): boolean {
  if (text.length > LONGEST) return false;
  const words = text.toLowerCase().replace(SIGNS, "");
  if (PRAISES.test(words)) return false;
  return !SPEAKS.test(words) || EMPTY.test(words);
}

/** In UTF-16 units: 「今のところ特に思いつくことはございません。」 has 21. */
const LONGEST = 40;

const SIGNS = /[\s\p{P}〜ー×✕xX☓]+/gu;
const SPEAKS = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;

/** 「言うことなし!」 finds no fault; 「特に言うことはない」 has nothing to say. */
const PRAISES = /^(?:何も|なにも|なんも)?言うことなし(?:です)?$/;

const LEAD = "(?:(?:今のところ|いまのところ|現時点では?|現在|今回)は?)?";
const ESPECIALLY = "(?:特|得|とく|別)?(?:に)?(?:は|も|これと言って|これといって|何も|なにも)*";
const THING =
  "(?:(?:意見|要望|感想|回答|コメント|記入|記載|該当|書くこと|言うこと|思いつくこと|思い当たること|思い当たる点|思い浮かぶこと)(?:は|が|も)?(?:特に)?)?";
const NONE =
  "(?:な[いしっ]|無[いし]?|ナシ|ありません|御?ございません|ないし|有りません)(?:です|でした|でしたから|ですね|かな|かも|よ|た|かった|かったです)?";
const NOTHING_COMES =
  "(?:思いつ[かき]|思い付[かき]|おもいつ[かき]|思い当たら|思い浮かば|浮かば)(?:ない|ないです|なかった|なかったです|ず|ません|ませんでした)";
const ABOVE =
  "(?:上記|上|前述|同上|前問|先述|上述)(?:の)?(?:回答|理由|内容)?(?:と|に|の)?(?:同じ|同様|通り|とおり|同上)?(?:理由|内容|こと)?(?:です|ため|だから)?";
const LATIN = "(?:none?|nothing|nil|null|na|no|nocomment|ノコメント|ノコメ|パス|未記入|無回答|0+)";

const EMPTY = new RegExp(
  `^(?:${LEAD}${ESPECIALLY}${THING}(?:(?:${NONE})+|${NOTHING_COMES})|特に|とくに|${ABOVE}|${LATIN}|[\\p{Script=Hiragana}a-z])$`,
  "u",
);
