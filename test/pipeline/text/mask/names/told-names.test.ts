import { expect, test } from "vitest";
import { toldNames } from "../../../../../pipeline/text/mask/names/told-names.ts";

const found = (text: string) => toldNames(text).map(({ start, end }) => text.slice(start, end));

test.each([
  {
    why: "a pen name behind its label",
    text: "ペンネーム:しろくまの父 毎週読んでいます",
    names: ["しろくまの父"],
  },
  {
    why: "a handle of mixed signs",
    text: "投稿者:たまご太郎1987 味が薄い",
    names: ["たまご太郎1987"],
  },
  { why: "a door plate of one kanji", text: "表札は『段』です", names: ["段"] },
  { why: "how a name is written and read", text: "永遠と書いてとわと読みます", names: ["とわ"] },
  {
    why: "a reading that is none",
    text: "名字は「かくた」ではありません",
    names: ["かくた"],
  },
  {
    why: "a name of parts with a particle",
    text: "ルイス・デ・ソウザ・中村です",
    names: ["ルイス・デ・ソウザ・中村"],
  },
  { why: "an initial between two names", text: "宝田 J. 美咲", names: ["宝田 J. 美咲"] },
  {
    why: "a name as airlines print it",
    text: "ONODERA/KAZUKI MRと印字",
    names: ["ONODERA/KAZUKI"],
  },
  { why: "a mother called after her child", text: "ゆうとママです。麦茶が好き", names: ["ゆうと"] },
])("$why is a name", ({ text, names }) => {
  expect(found(text)).toEqual(expect.arrayContaining(names));
});

test.each([
  { why: "what is written on a thing", text: "冷凍と書いてあって、よく読めない" },
  {
    why: "a word in brackets where nobody speaks of names",
    text: "「しお」ではなく「さとう」です",
  },
  { why: "a label with nothing behind", text: "ニックネーム:匿名 期待しています" },
])("$why is none", ({ text }) => {
  expect(found(text)).toEqual([]);
});

test.each(["ア ", "ア・デ・", "「あ", "投稿者:", "と書いて", "山 A. ", "名字", "上の子が"])(
  "20,000 units of %j are read at once",
  (piece) => {
    const text = `名前${piece.repeat(20_000 / piece.length)}`;
    const started = performance.now();
    toldNames(text);
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
