import type { Morpheme } from "./morpheme.ts";
import { endsClause } from "./negation.ts";
import { wordSet } from "./plain-words.ts";

const ALLERGY = wordSet("アレルギー アレルゲン 除去食");
const TELLS = wordSet(
  "伝える 言う いう 話す 書く 頼む お願い 願う 知らせる 申し出る 告げる 連絡 相談 申告 記入 予約 電話",
);
const DESPITE = wordSet("かかわる 関わる 拘わる 拘る 係わる");
/** 「当日に言ったのに、用意してもらえた」: praise follows as often. */
const LATE = wordSet("急 急遽 直前 当日 突然 無理 わがまま");

/**
 * Finds an allergy that was told, and to no avail: 「そばアレルギーと伝えていたのに」. What came of it stands in the next segment, and
 * however soberly, one that could cost a life is told first.
 *
 * @returns its words
 */
export function findUnheeded(morphemes: readonly Morpheme[]): string | undefined {
  const start = morphemes.findIndex(({ base }) => ALLERGY.has(base));
  if (start < 0 || morphemes.some(({ base }) => LATE.has(base))) return undefined;
  const told = morphemes.findIndex(({ base }, at) => at > start && TELLS.has(base));
  const end = morphemes.findIndex((_, at) => at > told && isInVain(morphemes.slice(at)));
  if (told < 0 || end < 0) return undefined;
  const between = morphemes.slice(told + 1, end);
  const isPast = between.at(-1)?.surface === "た" || between.at(-1)?.surface === "だ";
  const isOne = !between.some((each, at) => endsClause(each, between[at + 1]));
  const isUntold = between.some(({ base }) => base === "ない");
  if (!isPast || !isOne || isUntold) return undefined;
  const words = morphemes.slice(start, end + 1);
  return words.map(({ surface }) => surface).join("");
}

/** 「のに」, 「にもかかわらず」. Not 「が」: praise follows as often. */
function isInVain([first, second, third]: readonly Morpheme[]): boolean {
  if (first?.surface === "のに") return first.posDetail === "接続助詞";
  return first?.surface === "に" && second?.surface === "も" && DESPITE.has(third?.base ?? "");
}
