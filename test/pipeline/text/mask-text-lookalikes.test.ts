import { beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../models/morphemes.ts";
import { normalizeVerbatim } from "../../../pipeline/text/normalize-verbatim.ts";
import { maskVerbatim } from "./mask-verbatim.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

describe("what only looks like it stays", () => {
  test.each([
    { why: "a best-before date with dots", input: "賞味期限 2025.07.01" },
    { why: "an ISO date", input: "2025-07-01に購入" },
    { why: "a date with slashes", input: "2025/07/01購入" },
    { why: "a short date", input: "25.07.01製造" },
    { why: "a date in one run", input: "賞味期限20250701" },
    { why: "a date and time in one run", input: "20250701123000" },
    { why: "a Japanese date", input: "令和7年7月1日 10時30分" },
    { why: "a day-first date", input: "01-07-2025" },
    { why: "a price", input: "1,234円でした" },
    { why: "a price without comma", input: "12800円" },
    { why: "a price with a yen sign", input: "¥1234567890" },
    { why: "a long price", input: "0123456789円" },
    { why: "minutes", input: "10-20分待った" },
    { why: "people", input: "3-4人で行った" },
    { why: "opening hours", input: "09:00-18:00" },
    { why: "opening hours with a wave dash", input: "10:00〜17:30" },
    { why: "years", input: "2020-2025年" },
    { why: "a JAN code", input: "JAN 4901234567894" },
    { why: "a bare JAN code", input: "4901234567894の商品" },
    { why: "a JAN code that passes Luhn too", input: "4900000000108" },
    { why: "a 45 JAN code", input: "4512345678906" },
    { why: "an ITF code of a case", input: "14901234567891" },
    { why: "a lot number", input: "ロット A25070112" },
    { why: "a lot number like a telephone number", input: "ロット番号0123-45-6789" },
    { why: "a lot number of ten digits", input: "ロット:0250701123" },
    { why: "a lot number in Latin", input: "LOT No.0312345678" },
    { why: "a maker's own sign", input: "製造所固有記号 0312345678" },
    { why: "a part number like a mobile number", input: "品番09012345678" },
    { why: "sixteen digits that fail Luhn", input: "1234567890123456" },
    { why: "fours that fail Luhn", input: "1234-5678-9012-3456" },
    { why: "twenty digits", input: "41111111111111111111" },
    { why: "an order number that passes Luhn", input: "注文番号4111111111111111" },
    { why: "a model number", input: "型番KX-0901234-5678" },
    { why: "a model number with letters", input: "NR-F609WPX-N" },
    { why: "a model in front of digits", input: "ABC0312345678" },
    { why: "children's sizes", input: "服(80-110など)" },
    { why: "clothes sizes", input: "サイズは080 090 100 110 120" },
    { why: "ages", input: "0-3歳向け" },
    { why: "a decimal", input: "0.123456789" },
    { why: "grams", input: "100g×10袋" },
    { why: "per cent", input: "10-20%引き" },
    { why: "an ordinal", input: "1-2番目に好き" },
    { why: "a score", input: "3-0で勝った" },
    { why: "a phone's name", input: "電話がつながらない" },
    { why: "the short dial", input: "119に電話した" },
    { why: "a free dial's name", input: "フリーダイヤル0120が混んでいる" },
    { why: "an at sign for a price", input: "スーパーの@より割安" },
    { why: "an at sign and a number", input: "1個@120円" },
    { why: "a handle", input: "インスタの@fukui_tripを見た" },
    { why: "a URL", input: "https://example.com/a/2025-07-01" },
    { why: "a version", input: "アプリ12.34.5678が落ちる" },
    { why: "a prefecture and hours", input: "東京都から3-4時間" },
    { why: "a city and people", input: "福井市で3-4人" },
    { why: "a city and hours", input: "金沢市内2-3時間" },
    { why: "a city and a stay", input: "金沢市に1-2泊" },
    { why: "a road", input: "福井市の国道8号線" },
    { why: "a road in a city", input: "福井市国道8号" },
    { why: "a bus stop", input: "金沢市1番乗り場" },
    { why: "a coach", input: "北陸新幹線の3号車" },
    { why: "a place, not a home", input: "福井市中央1丁目付近のクラフトビール店" },
    { why: "a block alone", input: "3丁目の夕日" },
    { why: "a city and a year", input: "福井市2024-2025の冬" },
    { why: "a market and its stalls", input: "朝市に10-20店" },
    { why: "seven digits without a postal mark", input: "会員123-4567です" },
    { why: "a floor and a room of a shop", input: "イオン3階201" },
    { why: "a stall of a market", input: "近江町1番からブラブラ歩いた" },
    { why: "a ratio", input: "1:2-3くらい" },
    { why: "a range of prices", input: "1000-2000円" },
    { why: "a thousand and more", input: "1,000,000,000人" },
    { why: "coordinates", input: "36.0652,136.2216" },
    { why: "a tracking number of twelve digits", input: "追跡 123456789012" },
    { why: "years of a company", input: "創業1804-2024" },
  ])("$why", ({ input }) => {
    expect(maskVerbatim(input, analyzer)).toMatchObject({
      text: normalizeVerbatim(input),
      maskCount: 0,
    });
  });
});
