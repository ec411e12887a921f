import { expect, test } from "vitest";
import { detectPhones } from "../../../../pipeline/text/mask/detect-phones.ts";

test.each([
  { why: "kanji digits", input: "〇九〇―一二三四―五六七八", digits: ["09012345678"] },
  { why: "kanji digits in one run", input: "零九零一二三四五六七八", digits: ["09012345678"] },
  { why: "a circle for nought", input: "○三ー一二三四ー五六七八", digits: ["0312345678"] },
  { why: "kanji digits and の", input: "◯八◯の一二三四の五六七八", digits: ["08012345678"] },
  {
    why: "kanji beside Arabic",
    input: "〇九〇―一二三四―五六七八/03-1234-5678",
    digits: ["09012345678", "0312345678"],
  },
])("a number in $why is found", ({ input, digits }) => {
  expect(detectPhones(input).map(({ key }) => key)).toEqual(digits);
});

test.each([
  { why: "counting", input: "〇一二三四五六七八九" },
  { why: "counting with commas", input: "〇、一、二、三、四、五、六、七、八、九" },
  { why: "a year", input: "二〇二五年〇七月" },
  { why: "a circle as a mark of praise", input: "○一番良い" },
  { why: "a row of circles", input: "○○○○○○○○○○○" },
])("kanji that are $why are no number", ({ input }) => {
  expect(detectPhones(input)).toEqual([]);
});

test("a span covers the number and nothing else", () => {
  const [found] = detectPhones("電話は〇九〇―一二三四―五六七八です");
  expect(found).toEqual({ kind: "電話", key: "09012345678", start: 3, end: 16 });
});

test.each(["0-", "090-1234-", "090 ", "(0", "09012345678,", "〇九", "0/", "090の1234…", "0 - 9"])(
  "20,000 units of %j are read at once",
  (piece) => {
    const text = piece.repeat(20_000 / piece.length);
    const started = performance.now();
    detectPhones(text);
    expect(performance.now() - started).toBeLessThan(500);
  },
);

test.each([
  { why: "without its first nought", text: "90-1234-5678に電話を", part: "90-1234-5678" },
  {
    why: "without its first nought, in kanji",
    text: "八〇の三三一六の九〇四二",
    part: "八〇の三三一六の九〇四二",
  },
  { why: "with a digit that nobody could read", text: "0749-62-58○4", part: "0749-62-58○4" },
  { why: "of an exchange", text: "昔から42局の3316です", part: "42局の3316" },
  { why: "by its last digits", text: "私のは080-1187-4260で、主人のは下が4261です", part: "4261" },
  { why: "by the end of a range", text: "代表0242-28-3016から3018まで", part: "3018" },
  { why: "in halves", text: "番号は下がごーはちまるまる、上は072-229", part: "072-229" },
  { why: "an extension alone", text: "内線の204で呼んで", part: "内線の204" },
  { why: "with an extension", text: "03-1234-5678の内線204", part: "03-1234-5678の内線204" },
  { why: "with 内 for it", text: "03-1234-5678 内204へ", part: "03-1234-5678 内204" },
  { why: "with x for it", text: "03-1234-5678 x204", part: "03-1234-5678 x204" },
  {
    why: "with two extensions",
    text: "03-1234-5678(内線204、205)",
    part: "03-1234-5678(内線204、205)",
  },
  { why: "by its last four", text: "携帯の下四桁 7719", part: "7719" },
  { why: "by its last four in brackets", text: "TEL(下4けた「5678」)", part: "5678" },
  { why: "by its end", text: "電話は末尾5678の方", part: "5678" },
  {
    why: "by its last four in katakana",
    text: "電話の下4桁がイチニーサンヨン",
    part: "イチニーサンヨン",
  },
  { why: "by its last four in kanji", text: "電話の下四桁は七七一九", part: "七七一九" },
  { why: "of a second line", text: "03-1234-5678または5679へ", part: "5679" },
  { why: "of an exchange with the area", text: "0776局の22の3456", part: "0776局の22の3456" },
  { why: "without the area", text: "電話は2341の5678", part: "2341の5678" },
  { why: "without the area, in kanji", text: "電話は三四の五六七八", part: "三四の五六七八" },
  { why: "with letters for digits", text: "TEL: O9O-l234-5678", part: "O9O-l234-5678" },
  { why: "before a count", text: "+81-76-165-9087 6時に", part: "+81-76-165-9087" },
  { why: "before a day", text: "+81 994 03 8954\n3日前", part: "+81 994 03 8954" },
  {
    why: "digit by digit before a count",
    text: "0 3 0 9 9 3 5 4 5 7 2回",
    part: "0 3 0 9 9 3 5 4 5 7",
  },
  { why: "abroad, free of charge", text: "+81 800 123 4567", part: "+81 800 123 4567" },
  { why: "read out, free of charge", text: "0800のえーと021の5605", part: "0800のえーと021の5605" },
])("a part of a number is found: $why", ({ text, part }) => {
  expect(detectPhones(text).map(({ start, end }) => text.slice(start, end))).toContain(part);
});

test.each([
  "3局の10人",
  "0○○○-○○-○○○○",
  "下が2024年の版",
  "190-1234-56789",
  "電話した。ロット番号の末尾が5678",
  "電話番号は不明、レシートの下4桁は5678",
  "電話 末尾2024年版",
  "電話は2の5で負けた",
  "内線が3本、内線100台",
  "Ol-l2 lOl",
])("no part of a number: %s", (text) => {
  expect(detectPhones(text)).toEqual([]);
});

test.each(["90-1234-", "八〇の", "0○-", "下は", "1局", "内線", "下4桁", "三の", "0lO"])(
  "20,000 units of %j are read at once",
  (piece) => {
    const text = piece.repeat(20_000 / piece.length);
    const started = performance.now();
    detectPhones(`電話${text}`);
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
