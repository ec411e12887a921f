import { expect, test } from "vitest";
import { detectMails } from "../../../../pipeline/text/mask/detect-mails.ts";

test.each([
  { why: "in lenticular brackets", input: "taro.tanaka【at】example.com", key: "taro.tanaka@" },
  { why: "in round brackets", input: "taro.tanaka(at)example.com", key: "taro.tanaka@" },
  { why: "in square brackets, with blanks", input: "taro [ AT ] example.com", key: "taro@" },
  { why: "in kana", input: "taro【アット】example.com", key: "taro@" },
  { why: "in kana, in full", input: "taro(アットマーク)example.com", key: "taro@" },
  { why: "typed twice", input: "taro@@example.com", key: "taro@" },
])("an at sign $why is one", ({ input, key }) => {
  expect(detectMails(input)).toEqual([
    { kind: "メール", key: `${key}example.com`, start: 0, end: input.length },
  ]);
});

test.each([
  { why: "a comma for the dot", input: "taro@example,com", keys: ["taro@example.com"] },
  { why: "commas for both dots", input: "taro@example,co,jp", keys: ["taro@example.co.jp"] },
  { why: "a domain in Japanese", input: "taro@日本語.jpです", keys: ["taro@日本語.jp"] },
  { why: "a domain in both scripts", input: "taro@abc商店.co.jp", keys: ["taro@abc商店.co"] },
  { why: "two with a comma", input: "a@b.com,info@d.com", keys: ["a@b.com", "info@d.com"] },
  { why: "two with dots in names", input: "a@b.com,co.x@d.com", keys: ["a@b.com", "co.x@d.com"] },
])("$why", ({ input, keys }) => {
  expect(detectMails(input).map(({ key }) => key)).toEqual(keys);
});

test.each([
  { why: "a price list", input: "りんご@120,みかん@80" },
  { why: "a price for each", input: "1個@120円、3個@300円" },
  { why: "a handle", input: "インスタの@fukui_tripを見た" },
  { why: "a place behind an at sign", input: "lunch@福井駅" },
  { why: "a place and a stop", input: "lunch@福井駅.良い" },
  { why: "a comma in a sentence", input: "ramen@fukui,おいしい" },
  { why: "a word in brackets", input: "大会【at】福井" },
])("$why is no address", ({ input }) => {
  expect(detectMails(input)).toEqual([]);
});
