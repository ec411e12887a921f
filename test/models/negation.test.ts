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
  { why: "nothing is denied", text: "おいしい/形容詞", words: [] },
])("$why", ({ text, words }) => {
  const { morphemes } = segmentOf(text);
  const negated = [...findNegated(morphemes)].map((index) => morphemes[index]?.surface);
  expect(negated).toEqual(words);
});
