import { expect, test } from "vitest";
import { countDistinctTexts } from "../../../reports/voices/distinct-texts.ts";

const COPY = "地元の蟹とお蕎麦の食事が大変美味しく、観光も楽しくて人が優しい。";

test.each([
  {
    why: "a copy with other marks and spaces",
    other: COPY.replace("、", "　").replace("。", "！"),
  },
  {
    why: "a copy that goes on",
    other: `${COPY}ただ、駅からの乗り換えが不便なので改善をお願いします。`,
  },
  { why: "a copy with words left out", other: COPY.replace("大変", "").replace("地元の", "") },
])("$why counts as the same", ({ other }) => {
  expect(countDistinctTexts([COPY, other], 8)).toBe(1);
});

test.each([
  {
    why: "another text with the same word",
    other: "地元の蟹を初めて食べましたが、値段の割に小さくて少し残念でした。",
  },
  {
    why: "the same few words, which anybody may write",
    other: "蟹が美味しい",
    first: "蟹が美味しい",
  },
])("$why counts as another", ({ other, first = COPY }) => {
  expect(countDistinctTexts([first, other], 8)).toBe(2);
});

test("counting ends where there are enough", () => {
  expect(
    countDistinctTexts(
      Array.from({ length: 9 }, (_, index) => `声${index}`),
      8,
    ),
  ).toBe(8);
});
