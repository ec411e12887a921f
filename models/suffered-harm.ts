import { findHarm, isAfterUse } from "./bodily-harm.ts";
import type { Morpheme } from "./morpheme.ts";
import { NEGATORS } from "./negation.ts";
import { wordSet } from "./plain-words.ts";

/**
 * Finds harm that the text blames on what was eaten or used, however soberly: 「食べた後に下痢をして病院に行きました」. Told as
 * what had happened, and with nothing behind it but what became of it: 「下痢のときに飲みました」 and 「転んでけがをしたとき
 * 助けてもらった」 tell of something else. Where no use is told, only what eating does to people, by itself.
 *
 * @returns its words
 */
export function findSuffered(morphemes: readonly Morpheme[]): string | undefined {
  const harm = findHarm(morphemes).find(
    ({ start, end }) =>
      isBlamed(morphemes, start, end) &&
      isPast(morphemes, end) &&
      morphemes.slice(end + 1).every(isAftermath),
  );
  if (harm === undefined) return undefined;
  const words = morphemes.slice(harm.start, harm.end + 1);
  return words.map(({ surface }) => surface).join("");
}

const OF_EATING = wordSet(
  "下痢 腹痛 嘔吐 食中毒 蕁麻疹 じんましん ジンマシン 吐く お腹 おなか 腹 のど 喉 歯 前歯 奥歯 アレルギー",
);
/** Who came to harm, when, and on what. */
const CIRCUMSTANCES = wordSet(
  "私 自分 家族 全員 子ども 子供 こども 息子 娘 孫 妻 夫 主人 家内 父 母 夫婦 友人 みんな 皆 突然 急 ひどい 激しい 骨 異物",
);
/** One's own doing, or what one had before. */
const OTHER_CAUSES = wordSet(
  "すぎる 過ぎる 酒 お酒 ビール ワイン 二日酔い 風邪 熱 つわり 手術 昔 ころ 頃 笑う せい 不注意 他社",
);

function isBlamed(morphemes: readonly Morpheme[], start: number, end: number): boolean {
  const before = morphemes.slice(0, start);
  if (morphemes.some(({ base }) => OTHER_CAUSES.has(base))) return false;
  if (isAfterUse(morphemes, start)) return true;
  const isOfEating = morphemes.slice(start, end + 1).some(({ base }) => OF_EATING.has(base));
  return isOfEating && before.every((each) => !isContent(each) || CIRCUMSTANCES.has(each.base));
}

/** Also 「全員が下痢」, which ends with it. */
function isPast(morphemes: readonly Morpheme[], end: number): boolean {
  const after = morphemes.slice(end + 1).filter(({ pos }) => pos !== "記号");
  if (after.length === 0) return morphemes[end]?.pos === "名詞";
  return after.some(
    ({ surface, pos }) => pos === "助動詞" && (surface === "た" || surface === "だ"),
  );
}

const AFTERMATH = wordSet(
  "病院 医者 医院 内科 皮膚科 眼科 歯医者 歯科 整形 外科 救急 救急車 搬送 受診 診察 診断 入院 通院 治療 薬 仕事 学校 会社 寝込む 行く かかる 運ぶ 呼ぶ 休む もらう 受ける 続く 止まる 苦しむ 出る 起こす する なる くる",
);
const UNDONE = new Set([...NEGATORS, "たい", "う"]);

function isAftermath(morpheme: Morpheme): boolean {
  if (morpheme.pos === "助動詞") return !UNDONE.has(morpheme.base);
  if (morpheme.base === "ほど" || morpheme.base === "とき") return false;
  if (morpheme.base === "が" && morpheme.posDetail === "接続助詞") return false;
  return !isContent(morpheme) || AFTERMATH.has(morpheme.base);
}

const LIGHT_NOUNS = new Set(["数", "副詞可能", "接尾"]);

function isContent({ pos, posDetail }: Morpheme): boolean {
  if (pos === "名詞") return !LIGHT_NOUNS.has(posDetail);
  return pos === "形容詞" || (pos === "動詞" && posDetail !== "接尾" && posDetail !== "非自立");
}
