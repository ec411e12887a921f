import { expect, test } from "vitest";
import { findNegated } from "../../models/negation.ts";
import { segmentOf } from "./toy.ts";

test.each([
  {
    why: "a denied adjective",
    text: "おいしく/形容詞/おいしい ない/助動詞",
    words: ["おいしく"],
  },
  {
    why: "denial stays in its clause",
    text: "安い/形容詞 けど/助詞/けど/接続助詞 おいしく/形容詞/おいしい ない/助動詞",
    words: ["おいしく"],
  },
  {
    why: "て ends a clause",
    text: "薄く/形容詞/薄い て/助詞/て/接続助詞 おいしく/形容詞/おいしい ない/助動詞",
    words: ["おいしく"],
  },
  {
    why: "て before a dependent verb does not",
    text: "売っ/動詞/売る て/助詞/て/接続助詞 い/動詞/いる/非自立 ない/助動詞",
    words: ["売っ", "い"],
  },
  {
    why: "ません denies",
    text: "開き/動詞/開く ませ/助動詞/ます ん/助動詞",
    words: ["開き"],
  },
  {
    why: "a denial of わけ is one of what comes before it",
    text: "まずい/形容詞 わけ/名詞/わけ/非自立 で/助動詞/だ は/助詞 ない/形容詞",
    words: ["まずい", "わけ"],
  },
  {
    why: "a denial of こと is one of what comes before it",
    text: "困る/動詞 こと/名詞/こと/非自立 は/助詞 ない/形容詞",
    words: ["困る", "こと"],
  },
  {
    why: "twice denied is marked twice",
    text: "おいしく/形容詞/おいしい なく/助動詞/ない は/助詞 ない/形容詞",
    words: ["おいしく", "おいしく"],
  },
  {
    why: "わけではない after a denial is a second one",
    text: "食べ/動詞/食べる ない/助動詞 わけ/名詞/わけ/非自立 で/助動詞/だ は/助詞 ない/形容詞",
    words: ["食べ", "食べ", "わけ"],
  },
  {
    why: "a new noun after a denial starts anew",
    text: "切れ/動詞/切れる ない/助動詞 品/名詞 が/助詞 ない/形容詞",
    words: ["切れ", "品"],
  },
  { why: "nothing is denied", text: "おいしい/形容詞", words: [] },
])("$why", ({ text, words }) => {
  const { morphemes } = segmentOf(text);
  const negated = [...findNegated(morphemes)].flatMap(([index, times]) =>
    Array.from({ length: times }, () => morphemes[index]?.surface),
  );
  expect(negated).toEqual(words);
});
