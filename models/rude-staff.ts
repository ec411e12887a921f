import type { Morpheme } from "./morpheme.ts";
import { findTold, wordRules } from "./plain-words.ts";

/** Who serves, and how nobody wants to be served: one after the other within a clause. */
const RUDE = wordRules([
  [
    "担当 店員 スタッフ 店長 店主 主任 係 係員 職員 従業員 社員 オペレーター 受付 窓口 責任者 ドライバー 配達員 駅員 運転手 仲居",
    "失礼 無礼 横柄 高圧 高圧的 横暴 無愛想 不愛想 ぶっきらぼう 不親切 冷淡 ぞんざい",
  ],
]);

/** 「失礼します」 takes leave, 「失礼ですが」 asks for patience. */
const POLITE = new Set(["する", "いたす", "致す", "ながら"]);
/** 「店員さんに失礼な客」: it is done to them. */
const TO_THEM = new Set(["に", "へ", "を"]);

/**
 * Finds rudeness that the text tells of somebody who serves: 「担当者が失礼」, 「店長横柄」.
 *
 * @returns its words
 */
export function findRudeStaff(morphemes: readonly Morpheme[]): string | undefined {
  const told = findTold(morphemes, RUDE).find(({ start, end }) => {
    const [next, then] = morphemes.slice(end + 1);
    if (POLITE.has(next?.base ?? "")) return false;
    if (morphemes[end]?.base === "失礼" && next?.base === "です" && then?.posDetail === "接続助詞")
      return false;
    return !morphemes
      .slice(start + 1, end)
      .some(({ surface, posDetail }) => posDetail === "格助詞" && TO_THEM.has(surface));
  });
  if (told === undefined) return undefined;
  return morphemes
    .slice(told.start, told.end + 1)
    .map(({ surface }) => surface)
    .join("");
}
