import { expect, test } from "vitest";
import { nameColumns } from "../../../../pipeline/intake/propose/name-columns.ts";
import { questionOnPersons } from "../../../../pipeline/intake/propose/question-on-persons.ts";
import { Sample } from "../../../../pipeline/intake/table/sample.ts";

const WORDS = "袋の切り口が固くて開けにくいので困っています。";

/** A header-less log, named: time, words, and one column between them. */
function named(cells: readonly string[]) {
  const rows = cells.map((cell, index) => [
    "9:0",
    `2026-10-0${(index % 9) + 1}`,
    cell,
    `${WORDS}${index}`,
  ]);
  const places = ["1列目", "2列目", "3列目", "4列目"];
  const byPlace = rows.map((row) => new Map(row.map((cell, index) => [places[index] ?? "", cell])));
  const names = nameColumns(byPlace);
  const byName = rows.map((row) => new Map(row.map((cell, index) => [names[index] ?? "", cell])));
  return { name: names[2], asked: questionOnPersons(new Sample(byName)).join("\n") };
}

const NUMBERS = ["090-1234-5678", "0776-12-3456", "03-1234-5678", "08011112222", "090 3333 4444"];
const PEOPLE = ["山田花子", "佐藤 一郎", "鈴木美咲様", "高橋健太", "不明"];
const ADDRESSES = ["石川県金沢市本町1-2-3", "福井県福井市大手3-17-1", "不明"];

test.each([
  { cells: NUMBERS, name: "電話番号" },
  { cells: [...NUMBERS, "非通知", "公衆電話", "不明"], name: "電話番号" },
  {
    cells: [...NUMBERS, "非通知", "非通知", "非通知", "番号非通知", "公衆", "-", ""],
    name: "電話番号",
  },
  { cells: ["090-1234-5678（携帯）", "0776-12-3456", "090-2222-3333"], name: "電話番号" },
  { cells: ADDRESSES, name: "住所" },
])("$cells hold no more than a $name, and nothing is asked", ({ cells, name }) => {
  expect(named(cells)).toEqual({ name, asked: "" });
});

test.each([
  { cells: PEOPLE, name: "氏名" },
  { cells: ["山田", "佐藤", "鈴木", "高橋", "羽衣石", "中村"], name: "氏名" },
  { cells: ["ヤマダ ハナコ", "サトウ イチロウ", "スズキ ミサキ"], name: "フリガナ" },
  { cells: ["佐藤一郎", "佐藤一郎", "佐藤一郎", "佐藤一郎", "鈴木美咲"], name: "担当者" },
  {
    cells: ["0776-12-3456", "山田様の奥様へ", "夜はご主人様へ", "折り返し不要", "なし"],
    name: "連絡先",
  },
])("$cells are taken for 「$name」, which a person has to look at", ({ cells, name }) => {
  expect(named(cells)).toEqual({ name, asked: expect.stringContaining(`「${name}」は、中身から`) });
});

test("names that no list knows keep their place, and are asked about", () => {
  const { name, asked } = named(["羽衣石郁", "小鳥遊琴吹", "勘解由小路某"]);
  expect(name).toBe("3列目");
  expect(asked).toContain("「3列目」に何があるか、中身からはわかりません");
});

test.each([
  [["金沢", "福井", "福井", "小松", "金沢", "福井", "金沢", "小松"]],
  [["しおせんべい", "海老シューマイ", "花子さんの飴", "森のクッキー", "白えびチップス"]],
  [["店頭", "通販", "店頭", "通販", "店頭"]],
  [["本人様", "奥様", "お客様", "本人様", "ご主人様"]],
])("shops, goods and ways are nobody's names: %j", (cells) => {
  expect(named(cells).name).not.toMatch(/氏名|フリガナ|担当者/);
});
