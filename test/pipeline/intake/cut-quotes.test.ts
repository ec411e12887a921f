import { expect, test } from "vitest";
import { cutQuotes } from "../../../pipeline/intake/cut-quotes.ts";

test.each([
  {
    why: "quoted lines go, answers between them stay",
    text: "> 色は？\n赤です。\n＞ 大きさは？\n中です。",
    left: "赤です。\n中です。",
  },
  {
    why: "all goes from the head of the answered mail",
    text: "直りません。\n\n-----Original Message-----\n確認します。",
    left: "直りません。",
  },
  {
    why: "Outlook's head is two lines",
    text: "直りません。\n差出人: 相談室\n送信日時: 2025年7月1日\n確認します。",
    left: "直りません。",
  },
  {
    why: "Gmail's head is one",
    text: "直りません。\n2025年7月1日(火) 9:05 相談室 <a@example.jp>:\n> はい",
    left: "直りません。",
  },
  {
    why: "English ones too",
    text: "直りません。\nOn Tue, Jul 1, 2025 at 9:05, desk wrote:\n確認します。",
    left: "直りません。",
  },
  {
    why: "a signature goes where it says so",
    text: "直りません。\n-- \n山田",
    left: "直りません。",
  },
  {
    why: "a dash in a sentence is no signature",
    text: "直りません。\n-- 困ります",
    left: "直りません。\n-- 困ります",
  },
  {
    why: "a customer's own 差出人 is no head",
    text: "差出人: 私\n直りません。",
    left: "差出人: 私\n直りません。",
  },
  {
    why: "a date at the head of a line is no head",
    text: "2025年7月1日に買いました。\n直りません。",
    left: "2025年7月1日に買いました。\n直りません。",
  },
  { why: "where nothing would be left, all stays", text: "> 直りません。", left: "> 直りません。" },
])("$why", ({ text, left }) => {
  expect(cutQuotes(text)).toBe(left);
});
