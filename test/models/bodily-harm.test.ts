import { expect, test } from "vitest";
import { findHarm } from "../../models/bodily-harm.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";

const analyzer = await loadAnalyzer();

test.each([
  "お腹をこわしました",
  "食べて気分が悪くなり、吐いてしまいました",
  "おなかを壊した。",
  "子どもがじんましんを出しました。",
  "アレルギー反応が出た",
  "母がのどに詰まらせました",
  "切れ味がよく母は指を切ったそうです",
  "やけどをしたので怖い",
  "飲んで吐き気がしました",
  "食べたあと病院に行きました",
  "飲んだあと息苦しくなりました",
  "腹痛で気を失った",
  "息子が食べた物を吐きました",
  "煙で吐いた人もいた",
  "棚で怪我をしたので返品します",
  "子どもが怪我をしています",
  "怪我をした人がいました",
  "頭を打ったような痛み、ではなく本当に頭を打ちました",
  "めまいがするような感じが続きます",
  "弁当を食べたら急な腹痛で寝込みました",
  "お腹が痛くて、もう笑えません",
  "使ったあと顔が腫れました",
])("it is harm: %s", (text) => {
  expect(findHarm(analyzer.analyze(text))).not.toEqual([]);
});

test.each([
  ["denied", "けがはありませんでした"],
  ["denied once more", "お腹を壊さずに食べられた"],
  ["feared", "お腹をこわさないか心配"],
  ["feared of a noun", "食中毒になるのが怖い"],
  ["a comparison", "吐くほど嫌い"],
  ["about to be", "けがをしそう"],
  ["asked for", "アレルギー反応は出ますか"],
  ["a condition", "お腹を壊したら困る"],
  ["what would follow", "お腹を壊すと困る"],
  ["a warning", "やけどをしないように注意してください"],
  ["a figure of speech", "ため息を吐く"],
  ["spitting", "唾を吐いたり、ずっとこっちを見てきたりと危なそうな人がいた"],
  ["spitting without a particle", "道につば吐く人がいて不快でした"],
  ["phlegm that is spat out", "隣の客が痰まで吐いた"],
  ["breath", "寒くて息を吐くと白かった"],
  ["a way of speaking", "店員に吐き捨てるように言われた"],
  ["abuse", "店員に暴言を何度も吐かれた"],
  ["complaints", "弱音は吐いたが登り切った"],
  ["a dialect's conjunction", "まだ食べてへんのやけど、"],
  ["warned of", "食中毒に気をつけて"],
  ["a disposition", "かぶれやすい質です"],
  ["a feeling without a meal", "店員の態度で気分が悪くなった"],
  ["disgust", "髪の毛が気持ち悪くて食べられません"],
  ["what one came with", "怪我をしているため階段が大変でした"],
  ["what a companion came with", "母が足を怪我していたので坂がつらかった"],
  ["somebody else's need", "ケガをしている人には遠い"],
  ["eased", "飲んだら腹痛がおさまった"],
  ["likened", "めまいがするような絶景でした"],
  ["likened in the passive", "頭を打たれたような衝撃を受けた"],
  ["laughter", "笑いすぎてお腹が痛くなりました"],
  ["more laughter", "爆笑してお腹が痛い"],
  ["mistyped weather", "空も腫れて景色もよく、最高でした"],
  ["what befell one on the way", "急な腹痛で近くの飲食店に駆け込んだ"],
  ["what somebody was helped with", "怪我をした人に絆創膏をくれた"],
  ["another sentence's word", "腹が立った。皿を壊す人もいた"],
])("it is not harm where it is %s", (_, text) => {
  expect(findHarm(analyzer.analyze(text))).toEqual([]);
});
