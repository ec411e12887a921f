import { expect, test } from "vitest";
import { textOf } from "../../../reports/formats/deck-flow.ts";

const LOOK = { points: 12 };
/** A column that holds 22 half-width letters a line. */
const measured = (words: string) => textOf(2)(words, LOOK).height;
const oneLine = measured("あ");
const aLine = measured("あ\nあ") - oneLine;
const linesOf = (words: string) => 1 + Math.round((measured(words) - oneLine) / aLine);

test.each([
  { why: "what fills a line stays on it", words: "あ".repeat(11), lines: 1 },
  { why: "one more character takes another", words: "あ".repeat(12), lines: 2 },
  { why: "a number goes to the next line whole", words: `${"あ".repeat(8)}a52c51b7`, lines: 2 },
  {
    why: "digits are wider than half a kanji, as in Noto Sans CJK",
    words: `${"あ".repeat(7)}98cb4dd9`,
    lines: 2,
  },
  {
    why: "what the number left free is counted on each line",
    words: `${"あ".repeat(8)}a52c51b7${"あ".repeat(8)}`,
    lines: 3,
  },
  { why: "a word longer than a line is broken", words: "a".repeat(45), lines: 3 },
])("$why", ({ words, lines }) => {
  expect(linesOf(words)).toBe(lines);
});
