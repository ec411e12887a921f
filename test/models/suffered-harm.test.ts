import { expect, test } from "vitest";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { findSuffered } from "../../models/suffered-harm.ts";

const analyzer = await loadAnalyzer();

test.each([
  ["食べた後に下痢をして病院に行きました", "下痢"],
  ["昨日食べて今朝下痢をしました", "下痢"],
  ["下痢をしました", "下痢"],
  ["家族全員が下痢", "下痢"],
  ["お腹を下しました", "お腹を下し"],
  ["食べた翌日からお腹を壊していました", "お腹を壊し"],
  ["お腹を壊して仕事を休みました", "お腹を壊し"],
  ["飲んだ後に嘔吐しました", "嘔吐"],
  ["子どもが食べた後に吐きました", "吐き"],
  ["食べて二時間後に蕁麻疹が出ました", "蕁麻疹"],
  ["食べた三人とも食中毒になりました", "食中毒"],
  ["食べて気分が悪くなり病院にかかりました", "気分が悪くなり"],
  ["塗ったらかぶれました", "かぶれ"],
  ["使ったら目が腫れました", "腫れ"],
  ["歯が欠けたので歯医者に行きました", "歯が欠け"],
  ["骨が喉に刺さって病院に行きました", "喉に刺さっ"],
  ["食べた後に下痢をしたので病院で薬をもらいました", "下痢"],
  ["じんましんが出ました", "じんましん"],
])("harm is blamed on what was eaten or used: %s", (text, words) => {
  expect(findSuffered(analyzer.analyze(text))).toBe(words);
});

test.each([
  ["denied", "お腹を壊すこともなく"],
  ["less than feared", "病院に行くほどではなく良かった"],
  ["denied though eaten", "食べたが下痢はしなかった"],
  ["healed", "飲んだら腹痛がおさまりました"],
  ["why it was eaten", "下痢のときに飲みました"],
  ["why it is eaten", "下痢が続くので飲んでいます"],
  ["why it was bought", "指を切ったので絆創膏を買いました"],
  ["a disposition", "湿疹が出る体質です"],
  ["before the visit", "骨折して入院中なのでやわらかい物を探しています"],
  ["another's, who was visited", "骨折した母の見舞いに行きました"],
  ["long ago", "昔、下痢をしました"],
  ["one's own doing", "お腹を壊したのは自分のせいです"],
  ["too much", "食べすぎてお腹を壊しました"],
  ["drink", "お酒を飲んで吐いた"],
  ["an illness", "風邪で下痢をしました"],
  ["an animal's", "犬が下痢をしました"],
  ["helped", "腹痛で苦しんでいたとき店員さんに助けてもらいました"],
  ["a fall of which nobody says where", "転んでけがをしました"],
  ["set against something good", "怪我をしたが楽しかった"],
  ["news", "ニュースで食中毒になった人がいると知った"],
  ["of one who is not spoken of further", "飲んだ後に吐いた友人を介抱してくれた"],
])("harm is not blamed where it is %s", (_, text) => {
  expect(findSuffered(analyzer.analyze(text))).toBeUndefined();
});
