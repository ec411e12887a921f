import fc from "fast-check";
import type { Analyzer } from "../../models/morphemes.ts";
import { guardVerbatim } from "../../pipeline/text/guard-verbatim.ts";
import { maskField, maskFileName } from "../../pipeline/text/mask/mask-field.ts";
import { type MaskedText, maskText } from "../../pipeline/text/mask/mask-text.ts";
import { normalizeVerbatim } from "../../pipeline/text/normalize-verbatim.ts";

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
    "👨‍👩‍👧",
    "\ud83d",
    "が\u3099",
  ],
  ...[
    "090",
    "-",
    "1234",
    "０９０",
    "〇三",
    "の",
    "ぜろ",
    "きゅう",
    "マイナンバー",
    "4111 1111 1111 1111",
  ],
  ...[
    "東京都",
    "品川区",
    "大崎1-2-3",
    "〒141-0032",
    "@",
    "example.jp",
    "https://",
    "/users/",
    "(",
    ")",
  ],
  ...[
    "生年月日",
    "昭和63年",
    "7月1日",
    "品川 300 あ 12-34",
    "会員番号",
    "【氏名1】",
    "【",
    "】",
    "\n",
    " ",
  ],
  ...["、", "。", "「", "」", "袋が開けにくいです", "ポテト", "\u200b", "\u202e", "Tanaka", "ﾀﾅｶ"],
];

/** Any voice, with much of what is masked, and halves and marks in bad places. */
export const anyVoice: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(""));

/** @throws what the mask must never throw, or what does not hold of its result */
export function maskHolds(verbatim: string, analyzer: Analyzer): number {
  maskFileName(`${verbatim}.csv`);
  maskField(verbatim);
  const guarded = guardVerbatim(verbatim);
  if (guarded.status !== "ok") return 0;
  const masked = mask(normalizeVerbatim(guarded.value), analyzer);
  if (/\p{Surrogate}/u.test(masked.text)) throw new Error(`half a character: ${masked.text}`);
  const letters = [...masked.text];
  for (const { surface, start, end } of masked.morphemes) {
    if (letters.slice(start, end).join("") !== surface)
      throw new Error(`${surface} is not at ${start}`);
  }
  if (masked.morphemes.map(({ surface }) => surface).join("") !== masked.text) {
    throw new Error("morphemes are not the text");
  }
  const again = mask(masked.text, analyzer).text;
  if (!standsIn(placeholdersOf(masked.text), placeholdersOf(again))) {
    throw new Error(`masked again: ${masked.text} → ${again}`);
  }
  return masked.maskCount;
}

function mask(text: string, analyzer: Analyzer): MaskedText {
  return maskText({ text, morphemes: analyzer.analyze(text) });
}

function placeholdersOf(text: string): string[] {
  return text.match(/【[^【】]{1,12}[0-9]】/g) ?? [];
}

/**
 * Whether all of the first stand in the second, in order. More may: beside a placeholder other words are read as a
 * name than beside the number that stood there. So a text is masked once, and never twice.
 */
function standsIn(first: readonly string[], second: readonly string[]): boolean {
  let at = 0;
  for (const placeholder of second) if (placeholder === first[at]) at += 1;
  return at === first.length;
}
