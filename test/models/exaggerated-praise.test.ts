import { expect, test } from "vitest";
import { findExaggeratedPraise } from "../../models/exaggerated-praise.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";

const analyzer = await loadAnalyzer();

test.each([
  "うますぎて困る",
  "うますぎて困る!",
  "おいしすぎて困っています",
  "美味すぎて困るw",
  "うますぎてやばい",
  "うますぎてヤバイ(笑)",
  "旨過ぎて怖い",
  "美味しすぎて危険です",
  "うますぎて泣いた",
  "うますぎて泣けます。",
  "この新しい味はおいしすぎてつらいよ",
  "限定のチョコが美味しすぎて罪",
])("a trouble praises the taste: %s", (text) => {
  expect(findExaggeratedPraise(analyzer.analyze(text))).toBeDefined();
});

test.each([
  "高すぎて買えない",
  "甘すぎて食べられない",
  "辛すぎて泣いた",
  "安すぎて心配",
  "安すぎて怖い",
  "丁寧すぎて困る",
  "親切すぎて怖い",
  "うますぎる話には裏がある",
  "話がうますぎて怖い",
  "うますぎて品切れで困る",
  "美味しすぎて売り切れで買えない",
  "美味しすぎて添加物が心配",
  "美味しすぎて困る値段",
  "うますぎて困るほどではない",
  "うますぎて困ることはない",
  "うますぎて怖いですか",
  "おいしすぎて困ると聞いたのに普通",
  "おいしくなさすぎて困る",
  "まずすぎて泣いた",
  "味が薄すぎて困る",
])("a trouble is one: %s", (text) => {
  expect(findExaggeratedPraise(analyzer.analyze(text))).toBeUndefined();
});
