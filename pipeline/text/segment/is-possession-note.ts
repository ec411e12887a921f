import type { Morpheme } from "../../../models/morpheme.ts";

/**
 * Whether a piece only notes what a customer has or keeps of a purchase, as desks write it down: 「レシートなし。」, 「現物は手元に
 * あり」, 「外袋は捨てた。」. It is no opinion, yet heads take what is lacking for a complaint. A が tells what somebody did not
 * give or find (「レシートがない」), and more words tell of it (「レシートがないと返品できないと言われた」): these stay.
 */
export function isPossessionNote(piece: readonly Morpheme[]): boolean {
  return NOTE.test(piece.map(({ surface }) => surface).join(""));
}

const KEPT =
  "(?:お?レシート|領収[書証]|現物|現品|実物|外袋|外箱|外装|内袋|個包装の?袋|空き?袋|空き?箱|空容器|保証書|納品書|(?:現物|商品|異物|品物)の?写真)";
const HAS =
  "(?:あり(?:ます)?|有り?|有ります|ある|残って(?:い?る|い?ます|おり(?:ます)?|おります)|(?:お?手元|手許|自宅|家)に(?:あり(?:ます)?|ある|保管(?:中|してい?る|しています)?)|保管(?:中|済み?|してい?る|しています|しております)|取って(?:あ|お)(?:る|り|ります))";
const LACKS =
  "(?:な(?:し|い)(?:です)?|無し|無い(?:です)?|無|ありません|有りません|ございません|残って(?:い?ない|い?ません|おらず|おりません)|手元にな(?:い|し)|(?:すでに|既に|もう)?(?:(?:捨て|処分し|廃棄し)(?:た|ました|てしまった|てしまいました|てい?る|ています)|捨てちゃった|廃棄|処分|廃棄済み?|処分済み?|紛失|不明))";
const NOTE = new RegExp(
  `^[\\s・*●■※-]*${KEPT}(?:(?:[・、,/]|と|も|や)\\s*${KEPT})*(?:も|は|(?:の)?(?:有無)?\\s?[:：は]?)\\s?[、,]?(?:${HAS}|${LACKS})(?:とのこと|との事|そう|由)?(?:です)?[\\s。.!！]*$`,
  "u",
);
