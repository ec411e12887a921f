import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readMaster } from "../../../pipeline/master/read-master.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { cp932Bytes } from "../intake/cp932-bytes.ts";

function fileOf(text: string | Uint8Array): string {
  const path = join(tempFolder(), "products.csv");
  writeFileSync(path, text);
  return path;
}

const HEADER = "code,name,brand,line,jan,aliases,soldFrom,soldUntil\n";

test("a product is read as Excel saves it in Japan: CP932, Japanese headings, other columns beside", async () => {
  const text =
    "商品コード,商品名,定価,ブランド,JANコード,別名,発売日,終売日\r\n" +
    "P1,じゃがビー①,150,髙橋製菓,4901330123451,ｼﾞｬｶﾞﾋﾞｰ｜じゃがびー;JB,2024年4月1日,R7.3.31\r\n";
  expect(await readMaster({ products: fileOf(cp932Bytes(text)) })).toEqual([
    {
      kind: "product",
      code: "P1",
      name: "じゃがビー①",
      brand: "髙橋製菓",
      line: null,
      jan: "4901330123451",
      area: null,
      aliases: ["ｼﾞｬｶﾞﾋﾞｰ", "じゃがびー", "JB"],
      soldFrom: "2024-04-01",
      soldUntil: "2025-03-31",
    },
  ]);
});

test("stores and desks are tables of their own, and an empty code or none is a mistake", async () => {
  const stores = fileOf("店舗コード,店舗名,地域,別名\n12,銀座店,関東,ぎんざ\n");
  const desks = fileOf("code,name\n,大阪窓口\n");
  expect(await readMaster({ stores })).toMatchObject([
    { kind: "store", code: "12", area: "関東", aliases: ["ぎんざ"] },
  ]);
  await expect(readMaster({ stores, desks })).rejects.toThrow("窓口の表");
  await expect(readMaster({ stores, desks })).rejects.toThrow(
    "2 行目 code … 読んだもの: （空）、期待: コード",
  );
});

test.each([
  {
    why: "a wrong check digit",
    line: "P1,ゼリー,,,4901330123450,,,",
    said: "2 行目 jan … 読んだもの: 4901330123450、期待: 検査数字",
  },
  {
    why: "what Excel makes of thirteen digits",
    line: "P1,ゼリー,,,4.90133E+12,,,",
    said: "Excel が数値に直しています",
  },
  { why: "too few digits", line: "P1,ゼリー,,,490133,,,", said: "13 桁か 8 桁" },
  {
    why: "a name that is not there",
    line: "P1,,,,,,,",
    said: "2 行目 name … 読んだもの: （空）、期待: 名前",
  },
  {
    why: "a day that is none",
    line: "P1,ゼリー,,,,,7月,",
    said: "2 行目 soldFrom … 読んだもの: 7月、期待: 日付",
  },
  {
    why: "an end before its beginning",
    line: "P1,ゼリー,,,,,2025-04-01,2025-03-31",
    said: "soldUntil … 読んだもの: 2025-03-31",
  },
  {
    why: "a quote that is never closed",
    line: 'P1,"ゼリー',
    said: "2 行目 列に分けられない行です",
  },
])(
  "$why is named with row, column, what was read and what was expected",
  async ({ line, said }) => {
    await expect(readMaster({ products: fileOf(`${HEADER}${line}\n`) })).rejects.toThrow(said);
  },
);

test("a code that comes twice is named with both rows, and all mistakes come together", async () => {
  const products = fileOf(`${HEADER}P1,ゼリー,,,,,,\nP2,,,,,,,\nP1,プリン,,,,,,\n`);
  await expect(readMaster({ products })).rejects.toThrow("2 件の誤り");
  await expect(readMaster({ products })).rejects.toThrow(
    "4 行目 code … 読んだもの: P1（2 行目にもあります）",
  );
});

test("a JAN with eight digits, full-width or with blanks is one", async () => {
  const products = fileOf(`${HEADER}P1,ゼリー,,,４９０１ ３３０６,,,\n`);
  expect(await readMaster({ products })).toMatchObject([{ jan: "49013306" }]);
});

test("a file that is not there is said, not passed over", async () => {
  await expect(readMaster({ products: "/nowhere/products.csv" })).rejects.toThrow("products.csv");
});
