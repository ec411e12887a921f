import fc from "fast-check";
import { expect, test } from "vitest";
import { normalizeVerbatim } from "../../../pipeline/text/normalize-verbatim.ts";

test.each([
  { why: "half-width kana become full-width", input: "ｻｰﾋﾞｽ", expected: "サービス" },
  { why: "the prolonged sound mark is kept", input: "サーバー", expected: "サーバー" },
  { why: "full-width letters and digits become half-width", input: "ＱＲ１２", expected: "QR12" },
  { why: "decomposed kana are composed", input: "か\u3099そ\u3099", expected: "がぞ" },
  { why: "a spacing voiced mark joins its kana", input: "か゛き゜", expected: "がき\u309a" },
  { why: "a full-width blank is a blank", input: "味　が", expected: "味 が" },
  { why: "runs of blanks are one", input: "味 \t　 が", expected: "味 が" },
  { why: "a line break is kept", input: "味\n袋", expected: "味\n袋" },
  { why: "empty lines and blanks round a break go", input: "味 \n\n　\n 袋", expected: "味\n袋" },
  { why: "both ends are trimmed", input: " 　味\n", expected: "味" },
  { why: "the full-width tilde is a wave dash", input: "10～20分", expected: "10〜20分" },
  { why: "the ASCII tilde is a wave dash", input: "10~20分", expected: "10〜20分" },
  { why: "the wave dash is one", input: "おいし〜い", expected: "おいし〜い" },
  { why: "a ligature is its letters", input: "㈱福井 ㌔", expected: "(株)福井 キロ" },
  { why: "circled numbers do not join a number", input: "10①味②袋", expected: "10(1)味(2)袋" },
  { why: "an ellipsis is three dots", input: "まあ…", expected: "まあ..." },
  {
    why: "half-width punctuation becomes full-width",
    input: "味｡袋､｢缶｣",
    expected: "味。袋、「缶」",
  },
  { why: "full-width marks become half-width", input: "最高！？（笑）", expected: "最高!?(笑)" },
  {
    why: "an accent in a face stays one character",
    input: "(´▽｀)(￣ー￣)",
    expected: "(´▽`)(￣ー￣)",
  },
  {
    why: "which drawing of a kanji was meant is dropped",
    input: "葛\u{e0100}城",
    expected: "葛城",
  },
  { why: "a compatibility kanji is the kanji", input: "神\ufa19", expected: "神神" },
  { why: "another kanji is another kanji", input: "髙島屋", expected: "髙島屋" },
  { why: "emoji stay", input: "良い👩\u200d🍳🇯🇵", expected: "良い👩\u200d🍳🇯🇵" },
  { why: "a hyphen is left to the mask", input: "090−1234", expected: "090−1234" },
])("$why", ({ input, expected }) => {
  expect(normalizeVerbatim(input)).toBe(expected);
});

test("normalising twice changes nothing", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."かﾊﾞ゛\u3099①Ａ 　\n~´ー。😀") }), (text) => {
      const once = normalizeVerbatim(text);
      expect(normalizeVerbatim(once)).toBe(once);
    }),
    { seed: 1, numRuns: 2_000 },
  );
});
