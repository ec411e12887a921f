import { expect, test } from "vitest";
import { knownPersons } from "../../../../pipeline/intake/record/known-persons.ts";

test.each([
  {
    why: "a customer's name and its reading",
    column: "お客様氏名",
    cell: "霧ヶ谷 澄江 ",
    known: ["霧ヶ谷 澄江"],
  },
  { why: "half-width kana in the heading", column: "ﾌﾘｶﾞﾅ", cell: "キリガヤ", known: ["キリガヤ"] },
  { why: "who sent a mail", column: "差出人の氏名", cell: "霧ヶ谷", known: ["霧ヶ谷"] },
  { why: "who took the call", column: "受付者", cell: "雲居", known: ["雲居"] },
  { why: "a name in English", column: "Customer Name", cell: "Rei", known: ["Rei"] },
  { why: "a telephone number", column: "電話番号", cell: "076-200-0001", known: ["076-200-0001"] },
  {
    why: "a mailbox in any column",
    column: "from",
    cell: '"霧ヶ谷 澄江" <a@example.jp>',
    known: ["霧ヶ谷 澄江", "a@example.jp"],
  },
  {
    why: "an object in a cell",
    column: "author",
    cell: '{"name":"霧ヶ谷","id":"1"}',
    known: ["霧ヶ谷"],
  },
  { why: "a handle", column: "screen_name", cell: "kinjo_38", known: ["kinjo_38"] },
  { why: "a handle inside", column: "user.screen_name", cell: "kinjo_38", known: ["kinjo_38"] },
  { why: "a handle", column: "username", cell: "kinjo_38", known: ["kinjo_38"] },
  { why: "a handle in Japanese", column: "ハンドル", cell: "@kinjo_38", known: ["@kinjo_38"] },
  { why: "an account", column: "アカウント", cell: "kinjo_38", known: ["kinjo_38"] },
  { why: "who posted", column: "投稿者", cell: "金城 澄江", known: ["金城 澄江"] },
  {
    why: "a user's handle in an object",
    column: "user",
    cell: '{"screen_name":"kinjo_38","lang":"ja"}',
    known: ["kinjo_38"],
  },
  { why: "no shop's name", column: "店舗名", cell: "金沢店", known: undefined },
  { why: "no product's name", column: "商品名", cell: "霧ヶ谷せんべい", known: undefined },
  { why: "no nickname: it is any word", column: "ニックネーム", cell: "ポテト", known: undefined },
  { why: "an empty cell", column: "氏名", cell: "  ", known: undefined },
  { why: "broken JSON", column: "author", cell: "{name", known: undefined },
])("$why: $column, $cell", ({ column, cell, known }) => {
  expect(knownPersons(new Map([[column, cell]]))).toEqual(known);
});
