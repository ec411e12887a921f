import type { Morpheme } from "./morpheme.ts";
import { endsClause } from "./negation.ts";
import { findTold, REACH, type Told, wordRules, wordSet } from "./plain-words.ts";

/**
 * What a rule's finding counts for: nine in ten of them are right, on the examples (93 of 100) as on the held-out
 * themes (12 of 13).
 */
export const HARM_RULE_CONFIDENCE = 0.9;
/** What the harm head calls it. */
export const HARM = "harm";
/** Of a topic that is bodily harm itself. */
export const HARM_SEVERITY = 5;

/**
 * Base forms, one after another within a clause. Each was kept for being right on the examples: 救急車 is called for by
 * name too often, and a sore neck is a pillow's more often than harm.
 */
const HAPPENINGS = wordRules([
  [
    "下痢 腹痛 嘔吐 食中毒 蕁麻疹 じんましん ジンマシン 湿疹 発疹 かぶれる 出血 めまい 吐く 腫れる ただれる 咳き込む むせる",
  ],
  ["お腹 おなか 腹", "壊す こわす 下す くだす 痛い 痛む"],
  ["やけど 火傷 ヤケド けが 怪我 ケガ 骨折", "する 負う"],
  ["のど 喉", "詰まる つまる 詰める 刺さる"],
  ["歯 前歯 奥歯", "欠ける"],
  ["指 指先 親指 人差し指 手のひら 足 腕 唇 口 舌 まぶた", "切る"],
  ["頭 額 おでこ 腰 すね 肘 足 指", "打つ 打ちつける ぶつける 挟む はさむ ひねる"],
  ["血", "出る にじむ"],
  ["食べる 飲む 塗る 食後", "病院 医者 皮膚科 眼科", "行く かかる 運ぶ"],
  ["アレルギー", "症状 反応 出る 起こす"],
]);

/** Of the body only after eating or using: a rude clerk makes one feel sick as well. */
const AFTER_USE = wordRules([
  ["気分 体調 具合 調子", "悪い 崩す", "なる"],
  ["体調", "崩す"],
  ["吐き気", "する 催す"],
  ["息苦しい"],
]);
const USES = wordSet("食べる 飲む 食う 使う 塗る つける 付ける 使用 食後");

/** What is spat, breathed or said rather than vomited. */
const SPAT = wordSet(
  "唾 つば ツバ 唾液 痰 たん タン 息 ため息 溜め息 溜息 タメ息 吐息 鼻息 白い息 暴言 悪態 弱音 毒 毒舌 嘘 うそ ウソ 本音 台詞 セリフ せりふ 言葉 言 正論 愚痴 文句 気炎 煙 排気 ガス 排気ガス 泡 糸 炎 火 金 ガム",
);

/**
 * What it says in plain words that a body came to: what the head misses of these would be taken as never having
 * happened.
 */
export function findHarm(morphemes: readonly Morpheme[]): Told[] {
  const told = [
    ...findTold(morphemes, HAPPENINGS),
    ...findTold(morphemes, AFTER_USE).filter(({ start }) => isAfterUse(morphemes, start)),
  ];
  return told.filter(
    (each) =>
      !isFigure(morphemes, each.end) &&
      !isLikened(morphemes, each.end) &&
      !isLaughter(morphemes, each.start) &&
      !isFineWeather(morphemes, each.end) &&
      !isBorne(morphemes, each) &&
      !isSudden(morphemes, each.start) &&
      !isOfHelped(morphemes, each),
  );
}

const INJURIES = wordSet("やけど 火傷 ヤケド けが 怪我 ケガ 骨折");
const BEING = wordSet("いる てる でる おる とる");
const REASONS = wordSet("ので から ため 為 人 方 者 身");

/** 「怪我をしているため階段がつらい」: what one came with is a reason for something else. */
function isBorne(morphemes: readonly Morpheme[], { start, end }: Told): boolean {
  if (!INJURIES.has(morphemes[start]?.base ?? "")) return false;
  const rest = morphemes.slice(end + 1);
  const after = rest[0]?.surface === "て" ? rest.slice(1) : rest;
  if (!BEING.has(after[0]?.base ?? "")) return false;
  const next = after.slice(1).find(({ pos }) => pos !== "助動詞");
  return REASONS.has(next?.base ?? "");
}

/** 「急な腹痛で近くの店に駆け込んだ」: what befell one on the way, unless something was eaten or used before. */
function isSudden(morphemes: readonly Morpheme[], start: number): boolean {
  const isSuddenly = morphemes[start - 2]?.base === "急" && morphemes[start - 1]?.surface === "な";
  return isSuddenly && !isAfterUse(morphemes, start);
}

const PERSONS = wordSet("人 方 者");

/** 「怪我をした人に絆創膏をくれた」: it tells of what was done for them. */
function isOfHelped(morphemes: readonly Morpheme[], { start, end }: Told): boolean {
  const [past, person, particle] = morphemes.slice(end + 1);
  return (
    INJURIES.has(morphemes[start]?.base ?? "") &&
    past?.surface === "た" &&
    PERSONS.has(person?.base ?? "") &&
    particle?.surface === "に"
  );
}

/** What a comparison may be of and still be felt: 「打たれたような痛み」. */
const FELT = wordSet("痛み 感じ 感覚 症状 状態 気 気分 違和感 もの こと 反応");

/** 「めまいがするような絶景」, 「頭を打たれたような衝撃」. */
function isLikened(morphemes: readonly Morpheme[], end: number): boolean {
  const rest = morphemes.slice(end + 1);
  const like = rest.findIndex(
    ({ base, posDetail }, at) =>
      base === "よう" && posDetail === "非自立" && rest[at + 1]?.surface === "な",
  );
  if (like < 0 || rest.slice(0, like).some((each, at) => endsClause(each, rest[at + 1])))
    return false;
  const noun = rest[like + 2];
  return noun?.pos === "名詞" && !FELT.has(noun.base);
}

const SKY = wordSet("天気 お天気 空 青空 景色 眺め 眺望 絶景");
const BELLIES = wordSet("お腹 おなか 腹");
const LAUGHS = wordSet("笑う 大笑い 爆笑 笑い");

/** 「笑いすぎてお腹が痛い」. */
function isLaughter(morphemes: readonly Morpheme[], start: number): boolean {
  if (!BELLIES.has(morphemes[start]?.base ?? "")) return false;
  return morphemes.slice(Math.max(0, start - REACH), start).some(({ base }) => LAUGHS.has(base));
}

/** 「腫れて景色もよく」: 晴れる, mistyped. */
function isFineWeather(morphemes: readonly Morpheme[], at: number): boolean {
  return morphemes[at]?.base === "腫れる" && morphemes.some(({ base }) => SKY.has(base));
}

/** Whether something was eaten or used before. */
export function isAfterUse(morphemes: readonly Morpheme[], at: number): boolean {
  return morphemes.slice(0, at).some(({ base }) => USES.has(base));
}

/** 「唾を吐く」, 「暴言を何度も吐く」, 「吐き捨てる」; 「食べた物を吐く」 and 「煙で吐く」 are none. */
function isFigure(morphemes: readonly Morpheme[], at: number): boolean {
  if (morphemes[at]?.base !== "吐く") return false;
  if (morphemes[at + 1]?.base === "捨てる") return true;
  const before = morphemes.slice(0, at);
  const last = before.findLastIndex((each, index) => endsClause(each, morphemes[index + 1]));
  return before.some(
    ({ surface }, index) =>
      index > last && SPAT.has(surface) && morphemes[index + 1]?.surface !== "で",
  );
}
