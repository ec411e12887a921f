import type { Morpheme } from "./morpheme.ts";
import { wordSet } from "./plain-words.ts";

/**
 * Whether all that a text tells to be in something is in one of these: 「店にハエが入ってきた」, 「靴に小石が入った」,
 * 「金属片が入ったキーホルダー」. 「店のスープにハエが入っていた」 tells of a soup, 「店にあったパンから虫が出た」 of a bread.
 *
 * @param places base forms of nouns
 */
export function isFoundElsewhere(
  morphemes: readonly Morpheme[],
  places: ReadonlySet<string>,
): boolean {
  const found = morphemes
    .flatMap((each, at) => (BEING.has(each.base) && each.posDetail !== "非自立" ? [at] : []))
    .map((at) => whereFound(morphemes, at, places));
  return found.includes("elsewhere") && !found.includes("here");
}

/** What is somewhere, comes there or comes from there. */
const BEING = wordSet(
  "入る はいる 入り込む 混じる 混ざる 混入 湧く わく 出る ある 有る いる 居る 落ちる 浮く 付く つく 飛ぶ",
);

type Where = "here" | "elsewhere" | "unsaid";

function whereFound(
  morphemes: readonly Morpheme[],
  at: number,
  places: ReadonlySet<string>,
): Where {
  const thing = modifiedNoun(morphemes, at);
  if (thing.length > 0) return thing.some((base) => places.has(base)) ? "elsewhere" : "unsaid";
  const isIn = placesBefore(morphemes, at).some((place) => places.has(place));
  return isIn && !isReported(morphemes, at) ? "elsewhere" : "here";
}

/** 「入った**キーホルダー**」, 「入っている**青いリボン**」: the nouns behind a predicate that nothing ends. */
function modifiedNoun(morphemes: readonly Morpheme[], at: number): string[] {
  let next = at + 1;
  while (isEnding(morphemes[next])) next += 1;
  if (morphemes[next]?.pos === "連体詞" || morphemes[next]?.pos === "形容詞") next += 1;
  const nouns: string[] = [];
  while (isThing(morphemes[next])) {
    nouns.push(morphemes[next]?.base ?? "");
    next += 1;
  }
  return nouns;
}

function isEnding(morpheme?: Morpheme): boolean {
  if (morpheme === undefined) return false;
  const { pos, posDetail, base } = morpheme;
  if (pos === "動詞") return posDetail === "非自立" || posDetail === "接尾" || base === "する";
  return pos === "助動詞" || (pos === "助詞" && (base === "て" || base === "で"));
}

/** 「入ったので」, 「入ったこと」 and 「入ったまま」 modify nothing. */
function isThing(morpheme?: Morpheme): boolean {
  return morpheme?.pos === "名詞" && morpheme.posDetail !== "非自立";
}

const WHERE = wordSet("に へ から まで");
const PARTS = wordSet(
  "の 中 なか 内 隙間 すき間 すきま 上 下 奥 外 横 裏 間 周り まわり 方 ほう 側",
);

/**
 * The noun, by itself and with the one before it (排水口 is two), of the nearest 「〜に」 or 「〜から」 that the verb can take:
 * no comma, no other verb between.
 */
function placesBefore(morphemes: readonly Morpheme[], at: number): string[] {
  const before = morphemes.slice(0, at);
  const mark = before.findLastIndex(
    ({ surface, posDetail }) => posDetail === "格助詞" && WHERE.has(surface),
  );
  const between = morphemes.slice(mark + 1, at);
  if (mark < 0 || between.some(({ pos, posDetail }) => pos === "記号" || posDetail === "自立")) {
    return [];
  }
  const noun = before.slice(0, mark).findLastIndex(({ surface }) => !PARTS.has(surface));
  const [first, second] = before.slice(Math.max(0, noun - 1), noun + 1).map(({ base }) => base);
  return second === undefined ? [first ?? ""] : [second, `${first}${second}`];
}

/** 「店に虫が入っていたと伝えた」: the place is told of it. */
const REPORTS = wordSet(
  "伝える 言う いう 電話 連絡 返品 返す 返金 交換 持つ 行く 苦情 クレーム 問い合わせる 申し出る 報告 知らせる 見せる",
);

function isReported(morphemes: readonly Morpheme[], at: number): boolean {
  return morphemes
    .slice(at + 1)
    .some(({ base, posDetail }) => REPORTS.has(base) && posDetail !== "非自立");
}
