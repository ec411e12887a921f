import { expect, test } from "vitest";
import { dropLeaks } from "../../../models/shipped/drop-leaks.ts";

const TEST_LINE = { text: "駐車場が狭くて二台しか停められませんでした" };

test.each([
  { why: "twelve characters in a row", text: "観光地の駐車場が狭くて二台しか停め", dropped: true },
  {
    why: "the same but for width and spaces",
    text: "駐車場が狭くて 二台しか停められ",
    dropped: true,
  },
  { why: "eleven in a row", text: "駐車場が狭くて二台しか、", dropped: false },
  { why: "another text", text: "景色がきれいで、また来たいと思いました", dropped: false },
])("a training line that shares $why: dropped is $dropped", ({ text, dropped }) => {
  expect(dropLeaks([{ text }], [TEST_LINE])).toHaveLength(dropped ? 0 : 1);
});

test("a short test line drops the training line that equals it", () => {
  const training = [{ text: "穴あいてた" }, { text: "穴あいてたよ" }];
  expect(dropLeaks(training, [{ text: "穴あいてた" }])).toEqual([{ text: "穴あいてたよ" }]);
});
