import { beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../../models/morphemes.ts";
import { maskVerbatim } from "./mask-verbatim.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

describe("a number that is one person's is masked as what it is", () => {
  test.each([
    {
      why: "My Number, labelled",
      input: "マイナンバーは3114-8748-0040",
      expected: "マイナンバーは【マイナンバー1】",
    },
    {
      why: "My Number by its check digit",
      input: "3114 8748 0040を書いた",
      expected: "【マイナンバー1】を書いた",
    },
    {
      why: "a driving licence",
      input: "免許証番号6394 6000 6811",
      expected: "免許証番号【免許証1】",
    },
    { why: "a passport", input: "旅券番号TH0400222", expected: "旅券番号【旅券1】" },
    {
      why: "a passport, spoken",
      input: "パスポートはティーケーゼロハチナナキュウロクイチロク",
      expected: "パスポートは【旅券1】",
    },
    {
      why: "health insurance",
      input: "保険証 記号7189 番号9595466",
      expected: "保険証 記号【保険証1】 番号【保険証2】",
    },
    { why: "a bank account", input: "普通口座 番号 0427789", expected: "普通口座 番号 【口座1】" },
    {
      why: "a savings book of the post",
      input: "ゆうちょ 記号10240 番号89798341",
      expected: "ゆうちょ 記号【口座1】 番号【口座2】",
    },
    {
      why: "an order",
      input: "注文番号K25-3701-Z908の件",
      expected: "注文番号【お客様番号1】の件",
    },
    {
      why: "a code before its label",
      input: "R-096303という注文番号",
      expected: "【お客様番号1】という注文番号",
    },
    { why: "a birthday", input: "昭和63年10月11日生まれ", expected: "【生年月日1】生まれ" },
    {
      why: "a birthday, spoken",
      input: "生年月日はしょうわじゅういちねんじゅうにがつふつか",
      expected: "生年月日は【生年月日1】",
    },
    { why: "a number plate", input: "品川 300 あ 12-34の車", expected: "【車両番号1】の車" },
    {
      why: "a postal code in words",
      input: "郵便番号七二二六八五八です",
      expected: "郵便番号【郵便番号1】です",
    },
    {
      why: "a telephone in sounds",
      input: "ぜろきゅうぜろ いちにさんよん ごろくななはちへ",
      expected: "【電話1】へ",
    },
    { why: "an extension", input: "090-1234-5678 内線12へ", expected: "【電話1】へ" },
    {
      why: "a card in sounds",
      input: "ヨンイチイチイチ イチイチイチイチ イチイチイチイチ イチイチイチイチ",
      expected: "【カード1】",
    },
    { why: "a profile", input: "https://x.com/taro_yamada を見て", expected: "【URL1】 を見て" },
    {
      why: "a mail address, spelled",
      input: "エムユーアイあっとまーくエグザンプルドットコムへ",
      expected: "【メール1】へ",
    },
    {
      why: "a town that is a home",
      input: "自宅は西宮市苦楽園です",
      expected: "自宅は【住所1】です",
    },
    {
      why: "a street of Kyoto",
      input: "京都市中京区烏丸通御池下る虎屋町566へ",
      expected: "【住所1】へ",
    },
  ])("$why", ({ input, expected }) => {
    expect(maskVerbatim(input, analyzer).text).toBe(expected);
  });
});

describe("a number that is nobody's stays", () => {
  test.each([
    { why: "twelve digits with a wrong check digit", input: "3114-8748-0041を押した" },
    { why: "a serial with a right one", input: "製造番号311487480040" },
    { why: "a day of purchase", input: "昭和63年10月11日に買った" },
    { why: "a page of a shop", input: "https://example.jp/recipe/12345 が見られない" },
    { why: "a city where somebody lives", input: "埼玉県在住です" },
    { why: "a date behind the word for booking", input: "予約した2025-08-13に行った" },
    { why: "an amount behind the word for ordering", input: "注文は12800円でした" },
  ])("$why", ({ input }) => {
    expect(maskVerbatim(input, analyzer).text).toBe(input);
  });
});
