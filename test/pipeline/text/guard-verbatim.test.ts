import { describe, expect, test } from "vitest";
import { guardVerbatim } from "../../../pipeline/text/guard-verbatim.ts";

describe("what is left of a verbatim", () => {
  test.each([
    { why: "plain words are untouched", input: " 味が良い。\n袋が", expected: " 味が良い。\n袋が" },
    { why: "NUL becomes a blank", input: "あ\u0000い", expected: "あ い" },
    { why: "escape and C1 controls become blanks", input: "あ\u001b\u009bい", expected: "あ  い" },
    { why: "a tab is whitespace, not a control", input: "あ\tい", expected: "あ\tい" },
    { why: "CR LF is one line break", input: "あ\r\nい\rう", expected: "あ\nい\nう" },
    { why: "U+2028 is a line break", input: "あ\u2028い", expected: "あ\nい" },
    { why: "a lone high surrogate is replaced", input: "あ\ud83dい", expected: "あ\ufffdい" },
    { why: "a lone low surrogate is replaced", input: "\ude00い", expected: "\ufffdい" },
    { why: "an emoji is not a lone surrogate", input: "😀い", expected: "😀い" },
    { why: "direction controls are removed", input: "\u202eabc\u2069い", expected: "abcい" },
    { why: "zero-width spaces do not hide a number", input: "090\u200b1234", expected: "0901234" },
    { why: "a byte order mark is removed", input: "\ufeffあ", expected: "あ" },
    { why: "the joiner inside an emoji stays", input: "👩\u200d🍳", expected: "👩\u200d🍳" },
    { why: "the joiner between digits goes", input: "09\u200d0", expected: "090" },
    { why: "Hangul's blanks go", input: "0\u115f9\u11600\u3164-\uffa01", expected: "090-1" },
    { why: "Braille's blank goes", input: "09\u28000", expected: "090" },
    { why: "a keycap is its digit", input: "0\ufe0f\u20e39\u20e3", expected: "09" },
    { why: "a variation selector between digits goes", input: "0\ufe0e9", expected: "09" },
    { why: "tags between digits go", input: "0\u{e0039}\u{e0030}9", expected: "09" },
    { why: "an emoji keeps its drawing", input: "☎\ufe0f❤\ufe0e", expected: "☎\ufe0f❤\ufe0e" },
    {
      why: "a flag keeps its tags",
      input: "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
      expected: "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    },
    { why: "a run is capped at 30", input: "w".repeat(5_000), expected: "w".repeat(30) },
    { why: "a run of emoji is capped at 30", input: "😀".repeat(99), expected: "😀".repeat(30) },
    { why: "a run of 30 stays", input: "あ".repeat(30), expected: "あ".repeat(30) },
    {
      why: "three marks on a letter stay",
      input: "a\u0301\u0302\u0303",
      expected: "a\u0301\u0302\u0303",
    },
    {
      why: "a flood of marks is cut",
      input: `e${"\u0301\u0302".repeat(99)}`,
      expected: "e\u0301\u0302\u0301",
    },
    { why: "&amp; is decoded", input: "A&amp;B", expected: "A&B" },
    {
      why: "decimal and hexadecimal references",
      input: "it&#39;s &#x27;&#x1F600;",
      expected: "it's '😀",
    },
    { why: "&hellip; as forms leave it", input: "工夫が欲しい&hellip;", expected: "工夫が欲しい…" },
    { why: "decoded once only", input: "&amp;lt;", expected: "&lt;" },
    { why: "an unknown name stays", input: "&foo; A&B;", expected: "&foo; A&B;" },
    { why: "a code point that does not exist stays", input: "&#x110000;", expected: "&#x110000;" },
    { why: "a reference cannot bring NUL in", input: "あ&#0;い", expected: "あ い" },
    { why: "a reference cannot bring a surrogate in", input: "&#xD83D;い", expected: "\ufffdい" },
  ])("$why", ({ input, expected }) => {
    expect(guardVerbatim(input)).toEqual({ status: "ok", value: expected });
  });
});

describe("the end of a record's trip", () => {
  test.each([
    { why: "an empty string", input: "", status: "skip", reason: "empty verbatim" },
    { why: "blanks of both widths", input: " 　\n\t", status: "skip", reason: "empty verbatim" },
    { why: "controls only", input: "\u0000\u0001", status: "skip", reason: "empty verbatim" },
    { why: "zero-width only", input: "\u200b\ufeff", status: "skip", reason: "empty verbatim" },
    { why: "&nbsp; only", input: "&nbsp;&#12288;", status: "skip", reason: "empty verbatim" },
    {
      why: "20,001 units",
      input: "ab".repeat(10_001),
      status: "reject",
      reason: "verbatim too long",
    },
    {
      why: "a short text that NFKC makes long",
      input: "ﷺa".repeat(5_000),
      status: "reject",
      reason: "verbatim too long",
    },
  ])("$why", ({ input, status, reason }) => {
    expect(guardVerbatim(input)).toEqual({ status, reason });
  });

  test("20,000 units pass", () => {
    expect(guardVerbatim("ab".repeat(10_000)).status).toBe("ok");
  });
});

test.each([
  { why: "mixed text", input: "味は良いが&amp;12 ".repeat(90_000) },
  { why: "one letter", input: "あ".repeat(1_000_000) },
  { why: "runs just short of the cap", input: `${"あ".repeat(29)}い`.repeat(33_000) },
  { why: "ampersands", input: "&".repeat(999_999) },
  { why: "unfinished references", input: "&aaaaaaaaa".repeat(100_000) },
  { why: "marks", input: "\u0301\u0302".repeat(500_000) },
])("a megabyte of $why returns at once", ({ input }) => {
  const started = performance.now();
  guardVerbatim(input);
  expect(performance.now() - started).toBeLessThan(1_000);
});
