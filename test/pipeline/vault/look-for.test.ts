import { expect, test } from "vitest";
import { customerKeyOf } from "../../../pipeline/intake/record/identify-voice.ts";
import { lookFor, wantedOf, withoutWanted } from "../../../pipeline/vault/look-for.ts";
import type { SealedContent } from "../../../pipeline/vault/seal-record.ts";
import { rawVoice } from "../../support/home-with-words.ts";

const KEY = Buffer.alloc(32, 1);

function finds(written: string, content: SealedContent): boolean {
  const wanted = wantedOf(written);
  if (wanted === undefined) throw new Error("too short");
  return lookFor([wanted], KEY)(content).length > 0;
}

test.each([
  { why: "blanks in a name", written: "山田 花子", said: "山田　花子と申します" },
  { why: "half-width kana", written: "サトウ", said: "ｻﾄｳです" },
  { why: "hiragana and katakana, voiced in two signs", written: "わだ ゆき", said: "ﾜﾀﾞ･ﾕｷ" },
  { why: "old forms of kanji", written: "渡辺 高志", said: "渡邉髙志です" },
  { why: "a surname beyond the basic plane", written: "吉田", said: "𠮷田と申します" },
  {
    why: "case and width of a mail address",
    written: "Hanako@Example.jp",
    said: "ＨＡＮＡＫＯ＠example.jp まで",
  },
  {
    why: "hyphens of a number",
    written: "090-1234-5678",
    said: "電話は０９０ー１２３４－５６７８",
  },
  { why: "the words between its parts", written: "09012345678", said: "090の1234の5678です" },
  { why: "a number as abroad", written: "+81 90 1234 5678", said: "090(1234)5678" },
  { why: "a number as from abroad", written: "090-1234-5678", said: "+81-90-1234-5678" },
  { why: "a number that a spreadsheet counted", written: "090-1234-5678", said: "9012345678" },
  { why: "a number as dialled from abroad", written: "090-1234-5678", said: "0108190-12345678" },
  { why: "a digit before the number", written: "090-1234-5678", said: "電話2 09012345678" },
  { why: "the last digits alone", written: "5678", said: "090-1234-5678" },
  { why: "a sign within an id", written: "A-12", said: "番号はＡ１２です" },
  { why: "a name within another", written: "山田", said: "小山田と申します" },
])("$why makes no difference", ({ written, said }) => {
  expect(finds(written, rawVoice("a", said))).toBe(true);
});

test.each([
  { why: "another person", written: "山田花子", said: "山田花江と申します" },
  { why: "parts of two words that stand apart in two fields", written: "山田花子", said: "山田" },
  { why: "another number", written: "090-1234-5678", said: "090-1234-5679" },
  { why: "an id that goes on in digits", written: "A-12", said: "A-127" },
  { why: "a number that goes on in digits", written: "1234", said: "12345 と 01234 です" },
  { why: "a telephone number that goes on", written: "090-1234-5678", said: "090-1234-56789" },
  { why: "a telephone number within another", written: "03-1234-5678", said: "090312345678" },
  { why: "a name in kanji where it was said in kana", written: "山田", said: "やまだです" },
])("$why is not found", ({ written, said }) => {
  expect(finds(written, rawVoice("a", said, { attributes: { 備考: "花子" } }))).toBe(false);
});

test.each([
  { where: "a column of names", changes: { known: ["山田花子"] } },
  { where: "a column that was kept", changes: { attributes: { 備考: "山田花子様より" } } },
  { where: "a contact", changes: { contacts: ["山田花子 090-1234-5678"] } },
  {
    where: "the customer's number",
    changes: { customerKey: customerKeyOf(KEY, "test", "山田花子") },
  },
])("a voice is found by $where", ({ changes }) => {
  expect(finds("山田花子", rawVoice("a", "袋が開かない", changes))).toBe(true);
});

test("of several words it is told which a record holds, a dead letter too", () => {
  const wanted = ["山田", "鈴木", "0901234"].flatMap((word) => wantedOf(word) ?? []);
  expect(lookFor(wanted, KEY)({ bytes: "不明,鈴木です。090-1234-5678" })).toEqual([1, 2]);
});

test.each(["林", "-", "123", " "])(
  "「%s」 stands in almost every record and is not looked for",
  (word) => {
    expect(wantedOf(word)).toBeUndefined();
  },
);

test.each([
  {
    reason: "ポチョムキンさん(A-12)の求め",
    words: ["ぽちょむきん", "A-12"],
    left: "【…】さん(【…】)の求め",
  },
  { reason: "ﾎﾟﾁｮﾑｷﾝ様より", words: ["ポチョムキン 花子"], left: "【…】様より" },
  { reason: "電話 090 1234 5678 の方", words: ["+81-90-1234-5678"], left: "電話 0【…】 の方" },
  { reason: "渡邉さんと渡辺さん", words: ["渡部", "渡邊"], left: "【…】さんと【…】さん" },
  { reason: "本人の求め", words: ["山田"], left: "本人の求め" },
])("of 「$reason」 the words that are looked for are left out", ({ reason, words, left }) => {
  expect(withoutWanted(reason, words)).toBe(left);
});
