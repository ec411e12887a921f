import { expect, test } from "vitest";
import { kanaNames } from "../../../../../pipeline/text/mask/names/kana-names.ts";

const namesIn = (text: string) => kanaNames(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["ふじえだ まなと 8さい\nおみせのひとへ", "ふじえだ まなと"],
  ["お名前はチュウジョウトモミになるように", "チュウジョウトモミ"],
  ["欄になおっちと書いた", "なおっち"],
  ["キヨばあの形見", "キヨ"],
  ["ユカリンにもろた", "ユカリン"],
])("%s", (text, name) => {
  expect(namesIn(text)).toEqual([name]);
});

test.each([
  "こっちのほう",
  "ある姉の家族",
  "どんりんはおいしい",
  "きりんの絵",
  "うみ かに",
  "コーヒーとケーキの予約",
  "かりん糖",
])("nobody's: %s", (text) => {
  expect(namesIn(text)).toEqual([]);
});

test.each(["なおっち", "なお ", "チュウジョウトモミ", "ァ"])(
  "20,000 units of %j are read at once",
  (piece) => {
    const started = performance.now();
    kanaNames(`名前 ${piece.repeat(20_000 / piece.length)}`);
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
