import { expect, test } from "vitest";
import { detectPartedHomes } from "../../../../pipeline/text/mask/detect-parted-homes.ts";

const found = (text: string) =>
  detectPartedHomes(text).map(({ start, end }) => text.slice(start, end));

test.each([
  { why: "a lot behind its label", text: "津市栗真町で、番地は九十九番五号", part: "九十九番五号" },
  { why: "a lot called a number", text: "大田区本町で、番号は99の8。", part: "99の8" },
  {
    why: "a house by its name",
    text: "住所はつくば市、建物はメゾンひかりです",
    part: "メゾンひかり",
  },
  { why: "a room behind its label", text: "届け先の部屋が102号室です", part: "102号室" },
  { why: "a room put right", text: "マンションの部屋番号だけ訂正:1203→1302", part: "1203→1302" },
  {
    why: "with words between all parts",
    text: "吹田市の江坂町のですね、9丁目のですね、88番のですね、コスモ江坂の1101です",
    part: "吹田市の江坂町のですね、9丁目のですね、88番のですね、コスモ江坂の1101",
  },
  { why: "a block of a town alone", text: "志度9999番地99です", part: "志度9999番地99" },
  {
    why: "in kanji",
    text: "高島平九丁目九十九番九号棟一四〇八",
    part: "高島平九丁目九十九番九号棟一四〇八",
  },
  { why: "a lot left out", text: "住所の9-99-9が抜けてる", part: "9-99-9" },
])("a part of an address is found: $why", ({ text, part }) => {
  expect(found(text)).toContain(part);
});

test.each([
  "香林坊2丁目のバス停で",
  "部屋は広くて眺めが良い",
  "マンションは古いです",
  "注文番号は12-34です",
  "住所を書いたのは2024-7-1です",
  "県庁の番号はすぐ分かった",
])("no part of an address: %s", (text) => {
  expect(found(text)).toEqual([]);
});

test.each([
  "番地は一",
  "市の、",
  "部屋は1",
  "住所1-1-",
  "建物はメゾン",
  "一丁目一",
  "郡1丁目",
  "コーポあ",
])("20,000 units of %j are read at once", (piece) => {
  const text = `住所 市 番地 ${piece.repeat(20_000 / piece.length)}`;
  const started = performance.now();
  detectPartedHomes(text);
  expect(performance.now() - started).toBeLessThan(2_000);
});
