import { describe, expect, test } from "vitest";
import { ConfigError } from "../../../pipeline/errors.ts";
import { loadSource, parseSource } from "../../../pipeline/intake/source.ts";
import { useTempFolder } from "./temp-folder.ts";

const write = useTempFolder();

const WHOLE = `
name: お客様相談室
channel:
  column: 受付方法
  values: { 電話: phone, Ｅメール: mail }
  otherwise: other
encoding: cp932
format: csv
columns:
  id: 受付番号
  receivedAt: 受付日時
  verbatim: お申し出内容
  customerKey: 会員番号
attributes: [区分, 年代]
defaults: { product: おかき }
`;

test("a description is read from YAML, and a channel's values are folded as the column's will be", async () => {
  expect(await loadSource(await write("説明.yaml", WHOLE))).toEqual({
    name: "お客様相談室",
    channel: {
      column: "受付方法",
      values: { 電話: "phone", Eメール: "mail" },
      otherwise: "other",
    },
    encoding: "cp932",
    format: "csv",
    columns: {
      id: "受付番号",
      receivedAt: "受付日時",
      verbatim: "お申し出内容",
      customerKey: "会員番号",
    },
    attributes: ["区分", "年代"],
    defaults: { product: "おかき" },
  });
});

test("name, channel, time and verbatim are all that has to be said", () => {
  const yaml = "{ name: a, channel: phone, columns: { receivedAt: 日付, verbatim: 声 } }";
  expect(parseSource(yaml, "短い.yaml")).toMatchObject({
    encoding: "auto",
    format: "auto",
    attributes: [],
    defaults: {},
  });
});

test("all mistakes are said at once, each with path, value read and value expected", () => {
  const yaml = `
name: 5
channel: { column: 方法, values: { 電話: telephone } }
encoding: sjis
columns: { receivedAt: 日付, verbatm: 声 }
attributes: 区分
`;
  const read = () => parseSource(yaml, "誤り.yaml");
  expect(read).toThrow(ConfigError);
  for (const line of [
    "誤り.yaml: 取り込み元の説明に誤りが 6 件あります。",
    "  - name: 読んだ値 5、期待する値 文字列",
    '  - channel.values.電話: 読んだ値 "telephone"、期待する値 phone | mail | web | letter | social | survey | other のどれか',
    '  - encoding: 読んだ値 "sjis"、期待する値 auto | utf-8 | cp932 | euc-jp | iso-2022-jp | utf-16le | utf-16be のどれか',
    "  - columns.verbatim: 読んだ値 なし、期待する値 列名、または列名の一覧",
    '  - columns.verbatm: 読んだ値 "声"、期待する値 この項目はありません。次の項目の組: id, receivedAt, verbatim',
    '  - attributes: 読んだ値 "区分"、期待する値 列名の一覧',
  ]) {
    expect(read).toThrow(line);
  }
});

describe("a column that would leak or vanish is refused", () => {
  test.each([
    { why: "the verbatim as an attribute", attributes: "[声]", says: "attributes の 1 番目" },
    {
      why: "the customer's key as an attribute",
      attributes: "[会員番号]",
      says: "attributes から「会員番号」を消してください",
    },
    { why: "one attribute twice", attributes: "[区分, 区分]", says: "attributes の 2 番目" },
    {
      why: "an attribute that objects take for a prototype",
      attributes: "[__proto__]",
      says: "__proto__",
    },
  ])("$why", ({ attributes, says }) => {
    const yaml = `{ name: a, channel: web, columns: { receivedAt: 日付, verbatim: 声, customerKey: 会員番号 }, attributes: ${attributes} }`;
    expect(() => parseSource(yaml, "説明.yaml")).toThrow(says);
  });
});

test.each([
  { why: "broken YAML", yaml: "name: [", says: /YAML として読めません/ },
  { why: "an empty file", yaml: "", says: /（全体）: 読んだ値 なし/ },
])("$why is a config error", ({ yaml, says }) => {
  expect(() => parseSource(yaml, "説明.yaml")).toThrow(ConfigError);
  expect(() => parseSource(yaml, "説明.yaml")).toThrow(says);
});

test("a missing description is a config error that names it", async () => {
  await expect(loadSource("/nowhere/説明.yaml")).rejects.toThrow(ConfigError);
  await expect(loadSource("/nowhere/説明.yaml")).rejects.toThrow("/nowhere/説明.yaml");
});

test.each([
  {
    why: "beside a header",
    more: "names: [日付, 声]\nheader: [日付, 声]",
    says: "header か names",
  },
  { why: "given twice", more: "names: [日付, 声, 声]", says: "二度あるもの: 声" },
  { why: "without a column in use", more: "names: [日付, 本文]", says: "ないもの: 声" },
])("names of columns $why are refused", ({ more, says }) => {
  const yaml = `name: a\nchannel: phone\ncolumns: { receivedAt: 日付, verbatim: 声 }\n${more}`;
  expect(() => parseSource(yaml, "説明.yaml")).toThrow(says);
});
