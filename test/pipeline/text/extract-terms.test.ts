import { beforeAll, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../models/morphemes.ts";
import { sliceCodePoints } from "../../../pipeline/text/code-points.ts";
import { extractTerms } from "../../../pipeline/text/extract-terms.ts";
import { maskVerbatim } from "./mask/mask-verbatim.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

function terms(text: string): string {
  return extractTerms(analyzer.analyze(text), { start: 0, end: 1_000 })
    .map((each) => each.term)
    .join(" ");
}

test.each([
  { why: "nouns and adjectives", input: "味は良いが袋が開けにくい", expected: "味 良い 袋 開ける" },
  { why: "a compound and not its parts", input: "賞味期限が短い", expected: "賞味期限 短い" },
  { why: "a noun and its suffix", input: "駐車場が狭い", expected: "駐車場 狭い" },
  {
    why: "katakana compounds",
    input: "キャッシュレス決済が使えない",
    expected: "キャッシュレス決済 使える",
  },
  { why: "a suru-verb is its noun", input: "早く改善してほしい", expected: "早い 改善" },
  { why: "verbs in their base form", input: "壊れていた", expected: "壊れる" },
  { why: "adjectives in their base form", input: "美味しかったです", expected: "美味しい" },
  { why: "a negated adjective keeps its plain base", input: "おいしくない", expected: "おいしい" },
  { why: "a な-adjective", input: "スタッフが親切でした", expected: "スタッフ 親切" },
  { why: "さ folds into its adjective", input: "美味しさと不便さ", expected: "美味しい 不便" },
  { why: "the polite prefix goes", input: "お土産とご案内", expected: "土産 案内" },
  { why: "another prefix stays", input: "新商品を買う", expected: "新商品 買う" },
  { why: "さん and 中 go", input: "店員さんに旅行中会う", expected: "店員 旅行 会う" },
  { why: "numbers and counters go", input: "3個で500円だった", expected: "" },
  { why: "pronouns go", input: "これは私のです", expected: "" },
  { why: "light verbs go", input: "駐車場がないと思います", expected: "駐車場" },
  {
    why: "nouns that only point go",
    input: "食べる所が他の物より少ない事",
    expected: "食べる 少ない",
  },
  { why: "物 as a suffix stays", input: "建築物と土産物", expected: "建築物 土産物" },
  { why: "words of time alone go", input: "今日の朝", expected: "" },
  { why: "but not in a compound", input: "駅周辺の平日限定品", expected: "駅周辺 平日限定品" },
  { why: "Latin names", input: "QRコードとWi-Fiが不便", expected: "QRコード Wi-Fi 不便" },
  { why: "digits in a Latin name", input: "A5ランクの肉", expected: "A5ランク 肉" },
  {
    why: "a stem behind a noun is a compound's end",
    input: "品揃えが豊富で子連れの客",
    expected: "品揃え 豊富 子連れ 客",
  },
  {
    why: "a stem that goes on is a verb",
    input: "バスに乗り駅へ行く",
    expected: "バス 乗る 駅 行く",
  },
  {
    why: "adverbs of manner",
    input: "ゆっくりのんびりできてきちんとしている",
    expected: "ゆっくり のんびり きちんと",
  },
  { why: "adverbs of degree go", input: "とてもかなりやっぱりもっと", expected: "" },
  { why: "laughter and emoji go", input: "楽しいwww😊", expected: "楽しい" },
  { why: "signs end a compound", input: "トイレ・駐車場", expected: "トイレ 駐車場" },
  { why: "nothing", input: "", expected: "" },
])("$why", ({ input, expected }) => {
  expect(terms(input)).toBe(expected);
});

test("a placeholder is no term and parts its neighbours", () => {
  const { morphemes } = maskVerbatim("電話090-1234-5678受付", analyzer);
  expect(extractTerms(morphemes, { start: 0, end: 99 }).map((each) => each.term)).toEqual([
    "電話",
    "受付",
  ]);
});

test("only the segment's own terms, with spans in code points of the whole text", () => {
  const text = "😀味は良い。賞味期限が短い";
  const found = extractTerms(analyzer.analyze(text), { start: 6, end: 13 });
  expect(found.map((each) => each.term)).toEqual(["賞味期限", "短い"]);
  expect(found.map(({ start, end }) => sliceCodePoints(text, start, end))).toEqual([
    "賞味期限",
    "短い",
  ]);
});
