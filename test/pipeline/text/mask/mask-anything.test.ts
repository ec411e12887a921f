import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../../models/morphemes.ts";
import { countCodePoints } from "../../../../pipeline/text/code-points.ts";
import { guardVerbatim } from "../../../../pipeline/text/guard-verbatim.ts";
import { findPersonal, maskText } from "../../../../pipeline/text/mask/mask-text.ts";
import { normalizeVerbatim } from "../../../../pipeline/text/normalize-verbatim.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

const PIECES = [
  ...[
    "田中",
    "様",
    "さん",
    "と申します",
    "担当の",
    "氏名:",
    "😀",
    "𠮷野",
    "090",
    "-",
    "1234",
    "の",
  ],
  ...["ぜろ", "きゅう", "マイナンバー", "東京都", "市", "区", "3丁目", "@", "example.jp", "(", ")"],
  ...[
    "https://",
    "/users/",
    "生年月日",
    "昭和63年",
    "\n",
    " ",
    "、",
    "。",
    "「",
    "」",
    "品川",
    "300",
  ],
];

describe("any voice is masked without harm", () => {
  test("placeholders break no surrogate pair, and morphemes join up to the text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: "grapheme" }))),
        (parts) => {
          const guarded = guardVerbatim(parts.join(""));
          const text = guarded.status === "ok" ? normalizeVerbatim(guarded.value) : "";
          const masked = maskText({ text, morphemes: analyzer.analyze(text) });
          expect(masked.text).not.toMatch(/\p{Surrogate}/u);
          expect(masked.morphemes.map(({ surface }) => surface).join("")).toBe(masked.text);
          expect(masked.morphemes.at(-1)?.end ?? 0).toBe(countCodePoints(masked.text));
        },
      ),
      { numRuns: 2_000, seed: 20_250_730 },
    );
  }, 120_000);

  test("what is found lies in order inside the text, without overlap", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (parts) => {
        const text = normalizeVerbatim(parts.join(""));
        let from = 0;
        for (const { start, end } of findPersonal({ text, morphemes: analyzer.analyze(text) })) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeGreaterThan(start);
          from = end;
        }
        expect(from).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000, seed: 20_250_731 },
    );
  }, 120_000);
});

describe("no search blows up", () => {
  /** What each pattern begins with, repeated, so that it is tried at every place and fails at the last moment. */
  test.each([
    ...[
      "0a1-",
      "1 ",
      "1の",
      "〇一",
      "にい",
      "ゼロ、",
      "0の一",
      "まる0",
      "ニイ、",
      "田",
      "田中、",
      "市",
      "市川1",
      "様",
      "さん",
      "の",
      "です",
    ],
    ...[
      "担当の",
      "氏名:",
      "Aa ",
      "ア",
      "ア・",
      "a@a.",
      "a at ",
      "https://a.b/",
      "(",
      "「",
      "注文番号",
      "昭和6",
    ],
    ...[
      "品川3",
      "〒1",
      "丁目",
      "1-",
      "東京都1",
      "娘の",
      "Tokyo-to, ",
      "郵便",
      "お",
      "あっちゃん",
      "\n",
      "カ シ ",
    ],
  ])(
    "a voice of the greatest length of 「%s」 takes four times a quarter of it, or a little more",
    (piece) => {
      const quarter = cpuMs(piece, LONGEST / 4);
      const whole = cpuMs(piece, LONGEST);
      // Twice the linear growth, and some for a busy machine; what blows up grows sixteenfold and more.
      expect(whole).toBeLessThan(8 * quarter + 400);
    },
    60_000,
  );
});

/** The guard refuses what is longer. */
const LONGEST = 20_000;

function cpuMs(piece: string, length: number): number {
  const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  const before = process.cpuUsage();
  findPersonal({ text, morphemes: [] });
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
