import { expect, test } from "vitest";
import { detectPhones } from "../../../pipeline/text/detect-phones.ts";

test.each([
  { why: "kanji digits", input: "〇九〇―一二三四―五六七八", digits: ["09012345678"] },
  { why: "kanji digits in one run", input: "零九零一二三四五六七八", digits: ["09012345678"] },
  { why: "a circle for nought", input: "○三ー一二三四ー五六七八", digits: ["0312345678"] },
  { why: "kanji digits and の", input: "◯八◯の一二三四の五六七八", digits: ["08012345678"] },
  {
    why: "kanji beside Arabic",
    input: "〇九〇―一二三四―五六七八/03-1234-5678",
    digits: ["09012345678", "0312345678"],
  },
])("a number in $why is found", ({ input, digits }) => {
  expect(detectPhones(input).map(({ key }) => key)).toEqual(digits);
});

test.each([
  { why: "counting", input: "〇一二三四五六七八九" },
  { why: "counting with commas", input: "〇、一、二、三、四、五、六、七、八、九" },
  { why: "a year", input: "二〇二五年〇七月" },
  { why: "a circle as a mark of praise", input: "○一番良い" },
  { why: "a row of circles", input: "○○○○○○○○○○○" },
])("kanji that are $why are no number", ({ input }) => {
  expect(detectPhones(input)).toEqual([]);
});

test("a span covers the number and nothing else", () => {
  const [found] = detectPhones("電話は〇九〇―一二三四―五六七八です");
  expect(found).toEqual({ kind: "電話", key: "09012345678", start: 3, end: 16 });
});

test.each(["0-", "090-1234-", "090 ", "(0", "09012345678,", "〇九", "0/", "090の1234…", "0 - 9"])(
  "20,000 units of %j are read at once",
  (piece) => {
    const text = piece.repeat(20_000 / piece.length);
    const started = performance.now();
    detectPhones(text);
    expect(performance.now() - started).toBeLessThan(500);
  },
);
