import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../models/morphemes.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

function surfaces(text: string): string {
  return analyzer
    .analyze(text)
    .map((each) => each.surface)
    .join("|");
}

/** Surfaces join up to the text, spans touch and count code points. */
function expectWhole(text: string): void {
  const points = Array.from(text);
  let position = 0;
  for (const { surface, start, end } of analyzer.analyze(text)) {
    expect(start).toBe(position);
    expect(points.slice(start, end).join("")).toBe(surface);
    expect(end).toBeGreaterThan(start);
    position = end;
  }
  expect(position).toBe(points.length);
}

describe("kuromoji's own bugs are cured", () => {
  test.each([
    {
      why: "two emoji do not eat two letters",
      input: "😀😡アプリ落ちる",
      expected: "😀😡|アプリ|落ちる",
    },
    { why: "thumbs", input: "👍👍ありがとう", expected: "👍👍|ありがとう" },
    { why: "three emoji", input: "😀😀😀届きません", expected: "😀😀😀|届き|ませ|ん" },
    { why: "a flag", input: "🇯🇵円", expected: "🇯🇵|円" },
    { why: "an emoji does not swallow a blank", input: "味 😀 ❤ 袋", expected: "味| |😀| |❤| |袋" },
    { why: "NUL does not throw", input: "\u0000円", expected: "\u0000|円" },
    { why: "a lone surrogate does not throw", input: "\ud83d円", expected: "\ud83d|円" },
  ])("$why", ({ input, expected }) => {
    expect(surfaces(input)).toBe(expected);
  });
});

describe("parts of speech", () => {
  test.each([
    { why: "a half-width mark is a sign, not a noun", input: "!", expected: ["!", "記号", "一般"] },
    { why: "a hyphen is a sign", input: "-", expected: ["-", "記号", "一般"] },
    { why: "an emoji is a sign", input: "😀", expected: ["😀", "記号", "一般"] },
    {
      why: "an unknown word is its own base",
      input: "ＱＲ",
      expected: ["ＱＲ", "名詞", "固有名詞"],
    },
    { why: "a verb has its base form", input: "開け", expected: ["開ける", "動詞", "自立"] },
  ])("$why", ({ input, expected }) => {
    const [first] = analyzer.analyze(input);
    expect([first?.base, first?.pos, first?.posDetail]).toEqual(expected);
  });
});

const ODD = [
  ..."味は良いが袋が開けにくい。、！!?「」()ｻﾋﾞｽーアプリ落漢字々〜…\n\t 　123０abcＺ-.@#",
  ..."😀😡👍🇯🇵𠮷𩸽👩\u200d🍳\ufe0f",
  ..."か\u3099\u0301\u0000\u0007\u007f\u202e\ufeff\ud83d\udc4d\ue000",
];

describe("whatever comes in, surfaces join up to it and spans touch", () => {
  test("any Unicode string", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), expectWhole), {
      seed: 1,
      numRuns: 3_000,
    });
  });

  test("odd mixtures, lone surrogates included", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ODD), { maxLength: 80 }), (parts) =>
        expectWhole(parts.join("")),
      ),
      { seed: 2, numRuns: 3_000 },
    );
  });

  test("texts longer than a chunk", () => {
    const part = fc.constantFrom(...ODD, "味は良いが袋が開けにくい", "アイウエオ", "1234567890");
    fc.assert(
      fc.property(fc.array(part, { minLength: 300, maxLength: 600 }), (parts) =>
        expectWhole(parts.join("")),
      ),
      { seed: 3, numRuns: 60 },
    );
  });

  test.each([
    { why: "digits", input: "1234567890".repeat(200) },
    { why: "katakana", input: "アイウエオ".repeat(400) },
    { why: "hiragana", input: "あいうえお".repeat(400) },
    { why: "words without punctuation", input: "味は良いが袋が開けにくい".repeat(200) },
  ])("2,000 $why without a border take less than a second of processor time", ({ input }) => {
    const before = process.cpuUsage();
    expectWhole(input);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(1_000);
  });
});

test("an analyser that has read a text before gives what a fresh one gives", async () => {
  const text = "味は良いが、袋が開けにくい。味は良いが、高い。それでも😀また、買います";
  const first = analyzer.analyze(text);
  expect(analyzer.analyze(text)).toEqual(first);
  const fresh = await loadAnalyzer();
  for (const part of ["味は良いが", "袋が開けにくい。", "それでも😀また、買います"]) {
    expect(analyzer.analyze(part)).toEqual(fresh.analyze(part));
  }
});
