import { expect, test } from "vitest";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { findRudeStaff } from "../../models/rude-staff.ts";

const analyzer = await loadAnalyzer();
const found = (text: string) => findRudeStaff(analyzer.analyze(text));

test.each([
  "担当者失礼",
  "店長横柄",
  "担当の方が失礼です",
  "受付の人が無愛想だった",
  "オペレーターの対応が高圧的",
  "店員さんの不親切さが際立つ。",
])("「%s」 tells of somebody who was rude", (text) => {
  expect(found(text)).toBeDefined();
});

test.each([
  { text: "担当者様、失礼します", why: "takes leave" },
  { text: "窓口の方、失礼いたしました", why: "begs pardon" },
  { text: "失礼ですが担当の方は", why: "asks for patience" },
  { text: "店員さん、失礼ですがお名前は", why: "asks for patience, of somebody" },
  { text: "担当者は失礼ではなかった", why: "denies" },
  { text: "店員が不親切なら困る", why: "supposes" },
  { text: "スタッフに失礼な客がいた", why: "tells of a customer" },
  { text: "係の人に失礼なことを言った", why: "tells of oneself" },
  { text: "愛想のよい店員でした", why: "praises" },
])("「$text」 $why", ({ text }) => {
  expect(found(text)).toBeUndefined();
});
