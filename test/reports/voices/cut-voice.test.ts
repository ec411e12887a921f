import { expect, test } from "vitest";
import { FORGOTTEN_TEXT } from "../../../pipeline/vault/forget-words.ts";
import { listedPart, partText, quotedPart } from "../../../reports/voices/cut-voice.ts";

const GREETING = "株式会社みほん食品 お客様相談室 御中\nはじめまして。【氏名1】と申します。\n";
const POINT = "袋の中に髪の毛のような黒い繊維が入っていました。";
const MAIL = `${GREETING}${POINT}\n折り返しご連絡をお願いいたします。`;

test.each([
  {
    why: "starts at the words it is shown for, not at the greeting of the mail",
    text: MAIL,
    start: GREETING.length,
    shown: `…${POINT}\n折り返しご連絡をお願いいたします。`,
  },
  {
    why: "keeps a few words before them",
    text: `プリンを買いました。${POINT}`,
    start: 10,
    shown: `プリンを買いました。${POINT}`,
  },
  {
    why: "of a forgotten voice is not cut",
    text: FORGOTTEN_TEXT,
    start: 40,
    shown: FORGOTTEN_TEXT,
  },
  { why: "without a place starts with the voice", text: MAIL, start: undefined, shown: MAIL },
])("a quote $why", ({ text, start, shown }) => {
  expect(partText(text, quotedPart(text, start))).toBe(shown);
});

test("signs of two units are cut as one", () => {
  const text = `${"😀".repeat(20)}からい`;
  expect(partText(text, quotedPart(text, 20))).toBe("…からい");
});

test("a list shows a voice whole, and from the marked words on where it is too long", () => {
  const start = GREETING.length;
  expect(partText(MAIL, listedPart(MAIL, start, 160))).toBe(MAIL);
  expect(partText(MAIL, listedPart(MAIL, start, 24))).toBe(`…${POINT}…`);
});
