import { expect, test } from "vitest";
import { detectHomes } from "../../../../pipeline/text/mask/detect-homes.ts";
import { WordView } from "../../../../pipeline/text/mask/word-view.ts";

const found = (text: string) =>
  detectHomes(text, () => new WordView(text, [])).map(({ start, end }) => text.slice(start, end));

test.each([
  { why: "a lot of a town of a city", text: "境港市上道町987の漁師", home: "境港市上道町987" },
  {
    why: "a lot of a town behind its prefecture",
    text: "三重県伊勢市宇治今在家町98",
    home: "三重県伊勢市宇治今在家町98",
  },
  { why: "where somebody's house is", text: "浦安市舞浜98にうちがある", home: "浦安市舞浜98" },
  { why: "a town that no list knows", text: "雲雀原9-98-7に住んでいる", home: "雲雀原9-98-7" },
])("an address is found: $why", ({ text, home }) => {
  expect(found(text)).toContain(home);
});

test.each([
  { why: "a year", text: "金沢市片町2024" },
  { why: "a price", text: "金沢市片町で15000円" },
  { why: "a lot without a town", text: "金沢市98" },
  { why: "a walk", text: "金沢市片町30分" },
  { why: "a product's number", text: "雲雀原9-98-7を買った" },
])("$why is no address", ({ text }) => {
  expect(found(text)).toEqual([]);
});
