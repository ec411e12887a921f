import { beforeAll, describe, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../../models/morphemes.ts";
import { guardVerbatim } from "../../../../pipeline/text/guard-verbatim.ts";
import { maskVerbatim } from "./mask-verbatim.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

function maskGuarded(verbatim: string): string {
  const guarded = guardVerbatim(verbatim);
  return maskVerbatim(guarded.status === "ok" ? guarded.value : "", analyzer).text;
}

describe("both of two numbers are masked", () => {
  test.each([
    { why: "a slash", input: "03-1234-5678/090-7777-0002", expected: "【電話1】/【電話2】" },
    { why: "a comma", input: "090-7777-0003,090-7777-0004", expected: "【電話1】,【電話2】" },
    {
      why: "an ideographic comma",
      input: "03-1234-5678、090-7777-0002",
      expected: "【電話1】、【電話2】",
    },
    {
      why: "a full-width slash",
      input: "03-1234-5678／03-9876-5432",
      expected: "【電話1】/【電話2】",
    },
    { why: "a hyphen", input: "090-7777-0001-090-7777-0002", expected: "【電話1】-【電話2】" },
    { why: "a wave dash", input: "0776-20-1234〜0776-20-5678", expected: "【電話1】〜【電話2】" },
    {
      why: "a comma, in one run",
      input: "09077770003,09077770004",
      expected: "【電話1】,【電話2】",
    },
    {
      why: "a slash, landline in one run",
      input: "0312345678/09077770004",
      expected: "【電話1】/【電話2】",
    },
    {
      why: "slashes, three of them",
      input: "03-1234-5678/03-9876-5432/090-7777-0004",
      expected: "【電話1】/【電話2】/【電話3】",
    },
    {
      why: "a comma, a card and a telephone",
      input: "4111-1111-1111-1111,090-7777-0001",
      expected: "【カード1】,【電話1】",
    },
  ])("with $why between them", ({ input, expected }) => {
    expect(maskGuarded(input)).toBe(expected);
  });
});

describe("a telephone number is masked whatever parts it", () => {
  test.each([
    { why: "slashes", input: "090/7777/0007" },
    { why: "underscores", input: "090_7777_0008" },
    { why: "commas", input: "090,7777,0012" },
    { why: "full-width commas", input: "０９０，７７７７，００１２" },
    { why: "ideographic commas", input: "090、7777、0012" },
    { why: "ellipses", input: "090…7777…0013" },
    { why: "long ellipses", input: "090……7777……0013" },
    { why: "arrows", input: "090→7777→0014" },
    { why: "の", input: "090の7777の0015" },
    { why: "の in blanks", input: "090 の 7777 の 0015" },
    { why: "colons", input: "090:7777:0015" },
    { why: "bars", input: "090|7777|0015" },
    { why: "emoji", input: "090📞7777📞0015" },
    { why: "the kanji one", input: "090一7777一0015" },
    { why: "the word for a hyphen", input: "090ハイフン7777ハイフン0015" },
    { why: "two kinds of marks", input: "090-7777_0015" },
    { why: "slashes in a landline", input: "03/1234/5678" },
    { why: "slashes in a long area code", input: "0776/20/1234" },
    { why: "commas in a free call", input: "0120,123,456" },
    { why: "の in a landline", input: "045の123の4567" },
    { why: "the code for abroad", input: "0081-90-7777-0016" },
    { why: "the way abroad from Japan", input: "010-81-90-7777-0016" },
    { why: "keycaps", input: "0️⃣9️⃣0️⃣7️⃣7️⃣7️⃣7️⃣0️⃣0️⃣0️⃣1️⃣" },
    { why: "words for where it goes on", input: "090から始まって、7777、最後が0017" },
    { why: "words while it is looked for", input: "052の871の、ちょっと待ってくださいね、4460" },
    { why: "a dot between all digits", input: "0・9・0・7・7・7・7・0・0・1・8" },
    { why: "a line's end inside a group", input: "0120-55-71\n34" },
    { why: "the word for an exchange", input: "(06) 6772 局 4139" },
    { why: "stars", input: "080*7777*0019" },
    { why: "an extension in brackets", input: "06-0527-2646(内2486)" },
    { why: "the code of another country", input: "+49 30 12345678" },
    { why: "America's groups", input: "1-800-555-0147" },
    { why: "the country's code without a plus", input: "81 90 7777 0019" },
    { why: "the country's code in brackets", input: "(+81)90-7777-0019" },
    { why: "Hangul's blanks", input: "090\u115f7777\u1160000\u31641\uffa0" },
  ])("$why", ({ input }) => {
    expect(maskGuarded(input)).toBe("【電話1】");
  });
});

describe("a telephone number is masked in whatever scripts it is said", () => {
  test.each([
    { why: "katakana and Arabic", input: "ゼロキュウゼロの7777の0021です" },
    { why: "hiragana behind Arabic", input: "090のななななななななのぜろぜろにいいちです" },
    { why: "kanji behind Arabic", input: "090の七七七七の〇〇二一です" },
    { why: "Arabic behind kanji", input: "〇九〇の7777の0021です" },
    { why: "both kana", input: "ゼロはちぜろの7777、ぜろぜろにいちです" },
    {
      why: "a comma between all",
      input: "ゼロ、キュウ、ゼロ、ナナ、ナナ、ナナ、ナナ、ゼロ、ゼロ、ニ、イチです",
    },
    { why: "long vowels", input: "ぜろきゅーぜろ ぜろごーにーいち よんごうろくななです" },
  ])("$why", ({ input }) => {
    expect(maskGuarded(input)).toBe("【電話1】です");
  });

  test.each([
    { why: "a particle behind and a time", input: "090 〇八七二 9552に3時ごろ", rest: "に3時ごろ" },
    { why: "a name in brackets behind", input: "080の七七七七の0021(内田)", rest: "(内田)" },
  ])("and not $why", ({ input, rest }) => {
    expect(
      maskGuarded(input)
        .replace(/^【電話1】/, "")
        .replace(/【氏名1】/, "内田"),
    ).toBe(rest);
  });

  test.each([
    "90*4*4=1440",
    "+5〜+10度",
    "+2 1500円",
    "1-800円",
    "二〇二五年0七月",
    "まるさんに2回",
  ])("%s is none", (input) => {
    expect(maskGuarded(input)).not.toContain("電話");
  });
});

describe("a telephone number is masked whatever it touches", () => {
  test.each([
    { why: "a carrier", input: "au090-7777-0005", expected: "au【電話1】" },
    { why: "a carrier, in one run", input: "docomo09077770005", expected: "docomo【電話1】" },
    { why: "a carrier and a hyphen", input: "au-090-7777-0005", expected: "au-【電話1】" },
    { why: "a carrier and a colon", input: "携帯au:090-7777-0005", expected: "携帯au:【電話1】" },
    { why: "a word", input: "keitai090-7777-0005", expected: "keitai【電話1】" },
    { why: "a word behind", input: "090-7777-0005tel", expected: "【電話1】tel" },
    { why: "a yen sign", input: "¥090-7777-0005", expected: "¥【電話1】" },
    { why: "the word yen", input: "090-7777-0001円", expected: "【電話1】円" },
    { why: "a year behind a slash", input: "090-1234-5678/2025", expected: "【電話1】/2025" },
    { why: "a year before a slash", input: "2025/090-1234-5678", expected: "2025/【電話1】" },
    { why: "a colon and a digit", input: "090-7777-0020:5", expected: "【電話1】:5" },
    { why: "the line's other number", input: "0776-20-1234/5", expected: "【電話1】/5" },
    { why: "its place in a list", input: "1.090-7777-0020", expected: "1.【電話1】" },
    { why: "a count behind a blank", input: "03-1234-5678 2人", expected: "【電話1】 2人" },
    { why: "the word for an order", input: "注文番号090-1234-5678", expected: "注文番号【電話1】" },
    {
      why: "the word for a slip",
      input: "伝票番号: 080-1234-5678",
      expected: "伝票番号: 【電話1】",
    },
  ])("$why", ({ input, expected }) => {
    expect(maskGuarded(input)).toBe(expected);
  });
});

describe("a card number is masked", () => {
  test.each([
    { why: "slashes", input: "4111/1111/1111/1111", expected: "【カード1】" },
    { why: "dots", input: "4111.1111.1111.1111", expected: "【カード1】" },
    { why: "commas", input: "5555,5555,5555,4444", expected: "【カード1】" },
    { why: "with its expiry", input: "4111-1111-1111-1111/12/25", expected: "【カード1】" },
    { why: "with a long expiry", input: "4111111111111111 12/2025", expected: "【カード1】" },
    {
      why: "in blanks, with its expiry",
      input: "4111 1111 1111 1111 12/25",
      expected: "【カード1】",
    },
    {
      why: "slashes, with its expiry",
      input: "4111/1111/1111/1111/12/25",
      expected: "【カード1】",
    },
    { why: "before a count", input: "4111 1111 1111 1111 2枚", expected: "【カード1】 2枚" },
    {
      why: "two with a slash",
      input: "4111-1111-1111-1111/5555-5555-5555-4444",
      expected: "【カード1】/【カード2】",
    },
  ])("$why", ({ input, expected }) => {
    expect(maskGuarded(input)).toBe(expected);
  });
});
