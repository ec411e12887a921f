import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maskField, maskFileName, maskSigner } from "../../../../pipeline/text/mask/mask-field.ts";

describe("what must not be seen in a cell is masked", () => {
  test.each([
    { why: "a mobile number", input: "090-1234-5678", expected: "【電話1】" },
    { why: "full-width", input: "０９０－１２３４－５６７８", expected: "【電話1】" },
    { why: "behind a zero-width character", input: "090\u200b12345678", expected: "【電話1】" },
    { why: "a landline in a place", input: "本店 TEL0776-20-1234", expected: "本店 TEL【電話1】" },
    { why: "two numbers", input: "03-1234-5678/090-1234-5678", expected: "【電話1】/【電話2】" },
    { why: "an author's mail", input: "山田 taro@example.com", expected: "【氏名1】 【メール1】" },
    { why: "a card", input: "4111-1111-1111-1111", expected: "【カード1】" },
    {
      why: "a card behind its brand",
      input: "VISA-4111111111111111",
      expected: "VISA-【カード1】",
    },
    { why: "an address as a place", input: "福井市大手３－１７－１", expected: "【住所1】" },
    { why: "a file's name", input: "tanaka_090-1234-5678.csv", expected: "tanaka_【電話1】.csv" },
    { why: "a file's name, in one run", input: "09012345678.csv", expected: "【電話1】.csv" },
    { why: "behind an underscore", input: "tel_0312345678.csv", expected: "tel_【電話1】.csv" },
    {
      why: "behind a date",
      input: "20250701_090-1234-5678.csv",
      expected: "20250701_【電話1】.csv",
    },
    { why: "an entity", input: "&#48;90-1234-5678", expected: "【電話1】" },
  ])("$why", ({ input, expected }) => {
    expect(maskField(input)).toBe(expected);
  });
});

describe("a cell without any comes back as it came", () => {
  test.each([
    { why: "empty", input: "" },
    { why: "blanks, not trimmed", input: "  福井 " },
    { why: "full-width, not folded", input: "ＡＢＣ店　１２３" },
    { why: "an entity, not decoded", input: "A&amp;B 123" },
    { why: "a month's file", input: "2025-07.csv" },
    { why: "a file of a desk", input: "相談室_202507.csv" },
    { why: "a day's file", input: "20250701_export.csv" },
    { why: "a file with a time", input: "export_20250701_093000.csv" },
    { why: "a file with a time in digits", input: "voc-20250701093000123.jsonl.gz" },
    { why: "a file of a range", input: "2025-07-01_2025-07-31.csv" },
    { why: "a time that passes Luhn", input: "20250701093004.csv" },
    { why: "a time to the millisecond that passes Luhn", input: "20250701093000006.csv" },
    { why: "a time in milliseconds that passes Luhn", input: "1751328000101.csv" },
    { why: "a photograph", input: "IMG_20250701_0901.jpg" },
    { why: "a short id", input: "A-1234" },
    { why: "a hashed id", input: "hk-9d6603be10c5cb6e" },
    { why: "a hashed id of digits only that passes Luhn", input: "hk-4813137798218300" },
    { why: "such an id behind an underscore", input: "hk_5772691992573155" },
    { why: "a running id", input: "R-2025-000123" },
    { why: "a long running id", input: "CS-0901234567" },
    { why: "a running id of ten digits", input: "VOC-2025-0701-000123" },
    { why: "a UUID", input: "0a090123-4567-4890-8123-456789012345" },
    { why: "a lot of digits", input: "25070112" },
    { why: "a lot with a slash", input: "250701/A2" },
    { why: "a lot with its label", input: "LOT_09012345678" },
    { why: "a lot with a colon", input: "ロット:0250701123" },
    { why: "a JAN code", input: "4901234567894" },
    { why: "a JAN code that passes Luhn", input: "4900000000108" },
    { why: "a short JAN code", input: "49012347" },
    { why: "a model number", input: "KX-0901234-5678" },
    { why: "a product and its weight", input: "コーヒー100g×10袋" },
    { why: "a date", input: "2025/07/01" },
    { why: "a time", input: "2025-07-01T09:05:00+09:00" },
    { why: "an age", input: "60-69" },
    { why: "a place", input: "道の駅「越前おおの荒島の郷」 エリア" },
    { why: "a town", input: "福井市中央1丁目" },
    { why: "a floor", input: "本館3F-201" },
    { why: "a handle", input: "@fukui_trip" },
    { why: "a version", input: "1.2.3456" },
  ])("$why", ({ input }) => {
    expect(maskField(input)).toBe(input);
  });

  test("any UUID", () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => maskField(uuid) === uuid),
      { numRuns: 2_000 },
    );
  });
});

describe("names in cells", () => {
  test.each([
    { why: "a column of names", column: "氏名", input: "葛西和也", expected: "【氏名1】" },
    { why: "its reading", column: "フリガナ", input: "カサイ", expected: "【氏名1】" },
    { why: "who was in charge", column: "担当者", input: "桐谷", expected: "【氏名1】" },
    { why: "an empty cell of it", column: "氏名", input: "-", expected: "-" },
    { why: "another column", column: "年代", input: "40代", expected: "40代" },
    { why: "a place", column: "店舗名", input: "福井店", expected: "福井店" },
    {
      why: "a person in a memo",
      column: "メモ",
      input: "香坂様へ折返し",
      expected: "【氏名1】様へ折返し",
    },
  ])("$why", ({ column, input, expected }) => {
    expect(maskField(input, { column })).toBe(expected);
  });

  test("a colleague signs with a name, but not with a number", () => {
    expect(maskSigner("佐藤 花子")).toBe("佐藤 花子");
    expect(maskSigner("佐藤 090-1234-5678")).toBe("佐藤 【電話1】");
  });

  test.each([
    { input: "氷室澪_通話.csv", expected: "【氏名】_通話.csv" },
    { input: "田中様_202507.csv", expected: "【氏名1】様_202507.csv" },
    { input: "相談室_202507.csv", expected: "相談室_202507.csv" },
    { input: "北陸アンケート.xlsx", expected: "北陸アンケート.xlsx" },
  ])("the file $input is called $expected", ({ input, expected }) => {
    expect(maskFileName(input)).toBe(expected);
  });
});

test.each(["user.screen_name", "screen_name", "username", "ハンドル", "アカウント", "投稿者"])(
  "a cell under %s is somebody's name as a whole",
  (column) => {
    expect(maskField("kinjo_38", { column })).toBe("【氏名1】");
  },
);
