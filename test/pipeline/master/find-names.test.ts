import { beforeAll, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../models/morphemes.ts";
import { NameFinder } from "../../../pipeline/master/find-names.ts";
import { nameKey } from "../../../pipeline/master/fold-name.ts";
import type { MasterEntry } from "../../../pipeline/master/master-entry.ts";
import { indexNames, spokenNames } from "../../../pipeline/master/name-index.ts";
import { wholeWords } from "../../../pipeline/master/whole-words.ts";
import { sliceCodePoints } from "../../../pipeline/text/code-points.ts";
import { normalizeVerbatim } from "../../../pipeline/text/normalize-verbatim.ts";

let analyzer: Analyzer;
beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

function product(code: string, name: string, changes: Partial<MasterEntry> = {}): MasterEntry {
  const unsaid = {
    brand: null,
    line: null,
    jan: null,
    area: null,
    soldFrom: null,
    soldUntil: null,
  };
  return { kind: "product", code, name, aliases: [], ...unsaid, ...changes };
}

const PRODUCTS = [
  product("JB", "じゃがビー"),
  product("PAN", "パン"),
  product("UME", "うめ"),
  product("CHA", "茶"),
  product("PC", "ポテトチップス"),
  product("PCU", "ポテトチップスうすしお味", { aliases: ["ポテチ うすしお"] }),
  product("OTT", "おっとっと"),
  product("CUR", "カレー"),
  product("SRV", "サーバー"),
  product("JR", "じゃがりこ"),
  product("PU", "ぷっちょ"),
  product("PN", "ピノラテ"),
];

function found(text: string, on = "2025-07-01", products = PRODUCTS): string[] {
  const finder = new NameFinder(indexNames(products, spokenNames).index);
  const normal = normalizeVerbatim(text);
  return finder
    .find(normal, on, wholeWords(normal, analyzer))
    .map(({ code, start, end }) => `${code}:${sliceCodePoints(normal, start, end)}`);
}

test.each([
  { why: "hiragana", text: "じゃがびーが好き", expected: ["JB:じゃがびー"] },
  { why: "half-width kana", text: "ｼﾞｬｶﾞﾋﾞｰを買った", expected: ["JB:ジャガビー"] },
  {
    why: "a vowel in place of the long mark",
    text: "じゃがびいを食べた",
    expected: ["JB:じゃがびい"],
  },
  {
    why: "a blank inside, none taken at the end",
    text: "ポテチうすしお を開けた",
    expected: ["PCU:ポテチうすしお"],
  },
  {
    why: "the longest name",
    text: "ポテトチップスうすしお味が割れた",
    expected: ["PCU:ポテトチップスうすしお味"],
  },
  {
    why: "the shorter one where the longer is not there",
    text: "ポテトチップスが割れた",
    expected: ["PC:ポテトチップス"],
  },
  { why: "no word in a longer word", text: "パンツを買った", expected: [] },
  { why: "the word itself", text: "パンを買った", expected: ["PAN:パン"] },
  { why: "no kanji in a longer word", text: "茶わんが欠けた。お茶碗も", expected: [] },
  {
    why: "a kana before it that would lengthen its first vowel",
    text: "このおっとっとは",
    expected: ["OTT:おっとっと"],
  },
  { why: "a final long vowel that is left out", text: "サーバが熱い", expected: ["SRV:サーバ"] },
  { why: "no short word that only lacks its long vowel", text: "かれが言った", expected: [] },
  { why: "a name that is drawn out", text: "じゃがりこーおいしい", expected: ["JR:じゃがりこー"] },
  {
    why: "two in a sentence, in code points",
    text: "😀😀じゃがビーとパン",
    expected: ["JB:じゃがビー", "PAN:パン"],
  },
])("$why: $text", ({ text, expected }) => {
  expect(found(text)).toEqual(expected);
});

test("what is not sold on the day is not meant, and the last day of sale counts", () => {
  const old = [product("P", "うめゼリー", { soldFrom: "2024-04-01", soldUntil: "2025-03-31" })];
  expect(found("うめゼリーが", "2025-03-31", old)).toEqual(["P:うめゼリー"]);
  expect(found("うめゼリーが", "2025-04-01", old)).toEqual([]);
  expect(found("うめゼリーが", "2024-03-31", old)).toEqual([]);
});

test("a renewed product that keeps its name is told apart by the day", () => {
  const renewed = [
    product("A", "うめゼリー", { soldUntil: "2025-03-31" }),
    product("B", "うめゼリー", { soldFrom: "2025-04-01" }),
  ];
  expect(found("うめゼリーが", "2025-03-31", renewed)).toEqual(["A:うめゼリー"]);
  expect(found("うめゼリーが", "2025-04-01", renewed)).toEqual(["B:うめゼリー"]);
});

test("an alias of two products that are sold on the same day is said and not used", () => {
  const both = [
    product("A", "うめゼリー", { aliases: ["ゼリー"] }),
    product("B", "ももゼリー", { aliases: ["ｾﾞﾘｰ"], soldFrom: "2025-04-01" }),
  ];
  const { shared } = indexNames(both, spokenNames);
  expect(shared.map(({ entries }) => entries.map(({ code }) => code))).toEqual([["A", "B"]]);
  expect(found("ゼリーが固い", "2025-07-01", both)).toEqual([]);
  expect(found("ももゼリーが固い", "2025-07-01", both)).toEqual(["B:ももゼリー"]);
});

test("names that sound alike stay two where only a short vowel stands between them", () => {
  expect(nameKey("ビル")).not.toBe(nameKey("ビール"));
  expect(nameKey("カレー")).not.toBe(nameKey("かれ"));
  expect(nameKey("ケーキ")).toBe(nameKey("けえき"));
});
