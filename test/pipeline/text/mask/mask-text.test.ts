import { beforeAll, describe, expect, test } from "vitest";
import type { Analyzer } from "../../../../models/morphemes.ts";
import { loadAnalyzer } from "../../../../models/morphemes.ts";
import { maskText } from "../../../../pipeline/text/mask/mask-text.ts";
import { maskVerbatim } from "./mask-verbatim.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

describe("a telephone number is masked", () => {
  test.each([
    { why: "mobile, hyphens", input: "090-1234-5678です", expected: "【電話1】です" },
    { why: "mobile, no hyphen", input: "09012345678です", expected: "【電話1】です" },
    { why: "mobile from 080", input: "080-6146-9671 コウノ", expected: "【電話1】 コウノ" },
    { why: "mobile from 070", input: "連絡先07012345678", expected: "連絡先【電話1】" },
    { why: "IP telephony", input: "050-1234-5678まで", expected: "【電話1】まで" },
    { why: "full-width digits", input: "０９０－１２３４－５６７８", expected: "【電話1】" },
    { why: "U+2010 hyphen", input: "090‐1234‐5678", expected: "【電話1】" },
    { why: "U+2011 non-breaking hyphen", input: "090‑1234‑5678", expected: "【電話1】" },
    { why: "en dash", input: "090–1234–5678", expected: "【電話1】" },
    { why: "em dash", input: "090—1234—5678", expected: "【電話1】" },
    { why: "horizontal bar", input: "090―1234―5678", expected: "【電話1】" },
    { why: "minus sign", input: "090−1234−5678", expected: "【電話1】" },
    { why: "prolonged sound mark", input: "090ー1234ー5678", expected: "【電話1】" },
    { why: "half-width sound mark", input: "090ｰ1234ｰ5678", expected: "【電話1】" },
    { why: "blanks", input: "090 1234 5678", expected: "【電話1】" },
    { why: "dots", input: "090.1234.5678", expected: "【電話1】" },
    { why: "hyphens with blanks", input: "090 - 1234 - 5678", expected: "【電話1】" },
    { why: "a line break after a hyphen", input: "090-1234-\n5678へ", expected: "【電話1】へ" },
    { why: "a line break for a hyphen", input: "090\n1234-5678へ", expected: "【電話1】へ" },
    { why: "a line break in the last group", input: "0901234\n5678へ", expected: "【電話1】へ" },
    { why: "Tokyo landline", input: "03-1234-5678に電話", expected: "【電話1】に電話" },
    { why: "Tokyo, no hyphen", input: "0312345678に電話", expected: "【電話1】に電話" },
    { why: "a three-digit area code", input: "045-123-4567", expected: "【電話1】" },
    { why: "a four-digit area code", input: "0776-20-1234です", expected: "【電話1】です" },
    { why: "a five-digit area code", input: "01267-2-3456", expected: "【電話1】" },
    { why: "area code in brackets", input: "(0776)20-1234", expected: "【電話1】" },
    { why: "full-width brackets", input: "０３（１２３４）５６７８", expected: "【電話1】" },
    { why: "brackets then hyphen", input: "(03)-1234-5678", expected: "【電話1】" },
    { why: "brackets round a mobile prefix", input: "(090)1234-5678", expected: "【電話1】" },
    { why: "free call", input: "0120-123-456にかけた", expected: "【電話1】にかけた" },
    {
      why: "free call in other groups",
      input: "フリーダイヤル0120-12-3456",
      expected: "フリーダイヤル【電話1】",
    },
    { why: "free call, no hyphen", input: "0120123456", expected: "【電話1】" },
    { why: "free call of eleven digits", input: "0800-123-4567", expected: "【電話1】" },
    { why: "navi dial", input: "0570-012-345が繋がらない", expected: "【電話1】が繋がらない" },
    { why: "country code", input: "+81-90-1234-5678", expected: "【電話1】" },
    { why: "country code, no hyphen", input: "+819012345678", expected: "【電話1】" },
    { why: "country code, blanks", input: "+81 3 1234 5678", expected: "【電話1】" },
    { why: "country code and trunk zero", input: "+81(0)90-1234-5678", expected: "【電話1】" },
    {
      why: "full-width country code",
      input: "＋８１－９０－１２３４－５６７８",
      expected: "【電話1】",
    },
    { why: "TEL touching the number", input: "TEL0776201234", expected: "TEL【電話1】" },
    { why: "TEL with a colon", input: "TEL:03-1234-5678", expected: "TEL:【電話1】" },
    { why: "fax too", input: "FAX 03-1234-5679", expected: "FAX 【電話1】" },
    {
      why: "a local number behind its label",
      input: "電話は22-1234です",
      expected: "電話は【電話1】です",
    },
    {
      why: "in brackets as a whole",
      input: "携帯(090-1234-5678)へ",
      expected: "携帯(【電話1】)へ",
    },
    {
      why: "touching Japanese",
      input: "大好きです。09023750001",
      expected: "大好きです。【電話1】",
    },
    { why: "behind an emoji", input: "📞090-1234-5678😊", expected: "📞【電話1】😊" },
    { why: "a sentence end after it", input: "番号は03-1234-5678.", expected: "番号は【電話1】." },
    {
      why: "the same number in two spellings is the same",
      input: "090-1234-5678と09012345678と+81 90 1234 5678",
      expected: "【電話1】と【電話1】と【電話1】",
    },
    {
      why: "two numbers are two",
      input: "090-1234-5678か03-1234-5678",
      expected: "【電話1】か【電話2】",
    },
  ])("$why", ({ input, expected }) => {
    expect(maskVerbatim(input, analyzer).text).toBe(expected);
  });
});

describe("a mail address is masked", () => {
  test.each([
    { why: "plain", input: "taro@example.comまで", expected: "【メール1】まで" },
    { why: "full-width at sign", input: "taro＠example.co.jp", expected: "【メール1】" },
    { why: "all full-width", input: "ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍ", expected: "【メール1】" },
    { why: "plus and dots", input: "t.yamada+voc@example.ne.jpです", expected: "【メール1】です" },
    { why: "carrier's double dot", input: "a..b.@docomo.ne.jp", expected: "【メール1】" },
    { why: "shortened domain", input: "hanako@docomoです", expected: "【メール1】です" },
    { why: "blanks round the at sign", input: "taro @ example.com", expected: "【メール1】" },
    { why: "(at) against robots", input: "taro(at)example.com", expected: "【メール1】" },
    {
      why: "touching Japanese",
      input: "メールはtaro@example.comへ",
      expected: "メールは【メール1】へ",
    },
    {
      why: "case does not make another person",
      input: "Taro@Example.com taro@example.com",
      expected: "【メール1】 【メール1】",
    },
    {
      why: "mail and telephone side by side",
      input: "happy@example.ne.jp 080-1234-5678 コウノ",
      expected: "【メール1】 【電話1】 コウノ",
    },
  ])("$why", ({ input, expected }) => {
    expect(maskVerbatim(input, analyzer).text).toBe(expected);
  });
});

describe("a card number is masked", () => {
  test.each([
    { why: "Visa in one run", input: "4111111111111111です", expected: "【カード1】です" },
    { why: "fours with hyphens", input: "4111-1111-1111-1111", expected: "【カード1】" },
    { why: "fours with blanks", input: "5555 5555 5555 4444", expected: "【カード1】" },
    { why: "full-width", input: "４１１１１１１１１１１１１１１１", expected: "【カード1】" },
    { why: "JCB", input: "3530111333300000", expected: "【カード1】" },
    { why: "American Express 4-6-5", input: "3782-822463-10005", expected: "【カード1】" },
    { why: "Diners 4-6-4", input: "3056 930902 5904", expected: "【カード1】" },
    { why: "a line break between groups", input: "4111-1111-\n1111-1111", expected: "【カード1】" },
    { why: "13 digits that are no JAN", input: "4222222222222", expected: "【カード1】" },
    { why: "19 digits", input: "6304000000000000000", expected: "【カード1】" },
  ])("$why", ({ input, expected }) => {
    expect(maskVerbatim(input, analyzer).text).toBe(expected);
  });
});

describe("a postal address is masked down to the room", () => {
  test.each([
    {
      why: "postal code, prefecture, hyphens",
      input: "〒910-0001福井県福井市大手3-17-1です",
      expected: "【住所1】です",
    },
    {
      why: "building and room",
      input: "〒123-4567 東京都足立区千住1-2-3 メゾン千住201号室 山田",
      expected: "【住所1】 【氏名1】",
    },
    {
      why: "no postal code",
      input: "住所は東京都千代田区丸の内1-9-1です",
      expected: "住所は【住所1】です",
    },
    {
      why: "no prefecture",
      input: "横浜市西区みなとみらい2-3-1に送って",
      expected: "【住所1】に送って",
    },
    { why: "丁目 番 号", input: "大阪府大阪市北区梅田三丁目1番3号", expected: "【住所1】" },
    { why: "番地", input: "金沢市広坂1丁目1番地1に住む", expected: "【住所1】に住む" },
    {
      why: "building and room on lines of their own",
      input: "大阪市浪速区元町1丁目4-17\nプレサンス難波エレガンス\n801号",
      expected: "【住所1】",
    },
    {
      why: "a line's end behind 丁目",
      input: "那覇市首里石嶺町4丁目\n373-1",
      expected: "【住所1】",
    },
    { why: "a room in kanji", input: "世田谷区上馬4-10-2 メゾン上馬二〇一", expected: "【住所1】" },
    { why: "a town that goods go to", input: "届け先:那覇市首里", expected: "届け先:【住所1】" },
    {
      why: "a town that somebody moved to",
      input: "金沢市泉が丘に引っ越した",
      expected: "【住所1】に引っ越した",
    },
    {
      why: "a town that somebody has lived in for years",
      input: "横浜市都筑区センター南に30年住んで",
      expected: "【住所1】に30年住んで",
    },
    {
      why: "a hiragana city that few know",
      input: "うきは市吉井町に住む",
      expected: "【住所1】に住む",
    },
    { why: "の for a hyphen", input: "福井市大手3の17の1", expected: "【住所1】" },
    { why: "county and town", input: "石川県河北郡津幡町加賀爪ニ3番地", expected: "【住所1】" },
    { why: "a hiragana city", input: "さいたま市浦和区高砂3-15-1へ", expected: "【住所1】へ" },
    { why: "room by a hyphen", input: "東京都港区芝公園4-2-8-101", expected: "【住所1】" },
    {
      why: "mansion without room",
      input: "福井市大手3-17-1 サンライズマンション",
      expected: "【住所1】",
    },
    { why: "full-width", input: "東京都新宿区西新宿２－８－１", expected: "【住所1】" },
    { why: "minus signs", input: "東京都新宿区西新宿2−8−1", expected: "【住所1】" },
    {
      why: "the postal code alone, with its mark",
      input: "〒910-0001です",
      expected: "【住所1】です",
    },
    {
      why: "postal code without its mark",
      input: "910-0001 福井県福井市大手3-17-1",
      expected: "【住所1】",
    },
    {
      why: "a prefecture makes a block enough",
      input: "東京都新宿区西新宿2丁目在住",
      expected: "【住所1】在住",
    },
    {
      why: "a line break after the postal code",
      input: "〒910-0001\n福井県福井市大手3-17-1",
      expected: "【住所1】",
    },
    {
      why: "address, then telephone",
      input: "福井県福井市大手3-17-1 0776-20-1234",
      expected: "【住所1】 【電話1】",
    },
    {
      why: "address, then name and telephone on new lines",
      input: "福井県福井市大手3-17-1\n山田太郎\n090-1234-5678",
      expected: "【住所1】\n【氏名1】\n【電話1】",
    },
  ])("$why", ({ input, expected }) => {
    expect(maskVerbatim(input, analyzer).text).toBe(expected);
  });
});

describe("the morphemes after masking", () => {
  test.each([
    { why: "nothing masked", input: "味が良い" },
    { why: "one in the middle", input: "電話は090-1234-5678です。良い" },
    { why: "emoji on both sides", input: "😀090-1234-5678😀😀taro@example.comまで😊" },
    { why: "a morpheme cut in two", input: "ロビー0901234\n5678ーです" },
    { why: "an address at the end", input: "送り先は福井県福井市大手3-17-1" },
  ])("join up to the masked text: $why", ({ input }) => {
    const { text, morphemes } = maskVerbatim(input, analyzer);
    expect(morphemes.map((each) => each.surface).join("")).toBe(text);
    const points = Array.from(text);
    let position = 0;
    for (const { start, end, surface } of morphemes) {
      expect(start).toBe(position);
      expect(points.slice(start, end).join("")).toBe(surface);
      position = end;
    }
  });

  test("a placeholder is one morpheme of its own kind", () => {
    const { morphemes, maskCount } = maskVerbatim("😀電話は090-1234-5678です", analyzer);
    expect(maskCount).toBe(1);
    expect(morphemes.find((each) => each.posDetail === "マスク")).toEqual({
      surface: "【電話1】",
      base: "【電話1】",
      pos: "名詞",
      posDetail: "マスク",
      start: 4,
      end: 9,
    });
  });

  test("a long text without any secret is done in milliseconds", () => {
    const text = "0a1-".repeat(5_000);
    const started = performance.now();
    maskText({ text, morphemes: [] });
    expect(performance.now() - started).toBeLessThan(500);
  });
});
