import type { Morpheme } from "./morpheme.ts";
import { NEGATORS } from "./negation.ts";
import { wordSet } from "./plain-words.ts";

/**
 * Finds praise of a taste that is put as a trouble: 「うますぎて困る」. Of taste alone, which nothing can have too much of: 「安すぎて心配」
 * and 「丁寧すぎて困る」 may be meant. The trouble is the last word and nobody's else: 「うますぎて品切れで困る」 has a cause.
 *
 * @returns its words
 */
export function findExaggeratedPraise(morphemes: readonly Morpheme[]): string | undefined {
  const at = morphemes.findIndex(
    ({ base }, index) =>
      TASTY.has(base) &&
      EXCESS.has(morphemes[index + 1]?.base ?? "") &&
      morphemes[index + 2]?.surface === "て" &&
      TROUBLES.has(morphemes[index + 3]?.base ?? ""),
  );
  if (at < 0 || !morphemes.slice(at + 4).every(isEnding)) return undefined;
  if (morphemes.slice(0, at).some(({ base }) => TOO_GOOD.has(base))) return undefined;
  const words = morphemes.slice(at, at + 4);
  return words.map(({ surface }) => surface).join("");
}

const TASTY = wordSet("うまい 美味い 旨い おいしい 美味しい");
const EXCESS = wordSet("すぎる 過ぎる");
const TROUBLES = wordSet(
  "困る こまる やばい ヤバい ヤバイ 怖い こわい 危険 泣く 泣ける つらい 辛い 罪",
);
/** 「話がうますぎて怖い」 is suspected, not tasted. */
const TOO_GOOD = wordSet("話 はなし 条件 商売 儲け もうけ 出来る できる");

function isEnding({ pos, posDetail, surface, base }: Morpheme): boolean {
  if (pos === "助動詞") return !NEGATORS.has(base);
  if (pos === "助詞") return surface === "て" || (posDetail === "終助詞" && surface !== "か");
  return pos === "記号" || posDetail === "非自立" || /^(?:笑|泣|w+)$/.test(surface);
}
