import { expect, test } from "vitest";
import { FORGOTTEN_TEXT } from "../../../pipeline/vault/forget-words.ts";
import { listedPart, partText, quotedPart } from "../../../reports/voices/cut-voice.ts";

const GREETING = "株式会社みほん食品 お客様相談室 御中\nはじめまして。【氏名1】と申します。\n";
const POINT = "袋の中に髪の毛のような黒い繊維が入っていました。";
const MAIL = `${GREETING}${POINT}\n折り返しご連絡をお願いいたします。`;

/** @param segments the words of each segment, in order */
function wordsOf(text: string, segments: readonly string[]) {
  let from = 0;
  const extents = segments.map((segment) => {
    const start = text.indexOf(segment, from);
    from = start + segment.length;
    return { start, end: from };
  });
  return { text, segments: extents };
}

test.each([
  {
    why: "starts at the words it is shown for, not at the greeting of the mail",
    text: MAIL,
    segments: [POINT],
    point: POINT,
    shown: `…${POINT}\n折り返しご連絡をお願いいたします。`,
  },
  {
    why: "keeps a few words before them",
    text: `プリンを買いました。${POINT}`,
    segments: ["プリンを買いました。", POINT],
    point: POINT,
    shown: `プリンを買いました。${POINT}`,
  },
  {
    why: "brings the sentence before short words along",
    text: "駅から少し歩くので雨の日は大変でした。スタッフの方がみなさん親切でした。施設も綺麗だった。",
    segments: [
      "駅から少し歩くので雨の日は大変でした。",
      "スタッフの方がみなさん親切でした。",
      "施設も綺麗だった。",
    ],
    point: "施設も綺麗だった。",
    shown: "…スタッフの方がみなさん親切でした。施設も綺麗だった。",
  },
  {
    why: "brings the clause before short words along",
    text: "先月はじめて通販で注文しました。届いた日の朝に食べて味はとても良かったが袋が開けにくい。",
    segments: [
      "先月はじめて通販で注文しました。",
      "届いた日の朝に食べて味はとても良かったが",
      "袋が開けにくい。",
    ],
    point: "袋が開けにくい。",
    shown: "…届いた日の朝に食べて味はとても良かったが袋が開けにくい。",
  },
  {
    why: "brings no more along than short words need",
    text: "昨日の夕方、家族四人で伺いました。とても静かで広い露天風呂でした。湯がぬるい。",
    segments: [
      "昨日の夕方、家族四人で伺いました。",
      "とても静かで広い露天風呂でした。",
      "湯がぬるい。",
    ],
    point: "湯がぬるい。",
    shown: "…とても静かで広い露天風呂でした。湯がぬるい。",
  },
  {
    why: "brings no greeting along by itself",
    text: `${GREETING}味が薄い。`,
    segments: ["味が薄い。"],
    point: "味が薄い。",
    shown: "…味が薄い。",
  },
  {
    why: "brings nothing along that would hide the point",
    text: `${"とても長い話が続き".repeat(14)}ました。味が薄い。`,
    segments: [`${"とても長い話が続き".repeat(14)}ました。`, "味が薄い。"],
    point: "味が薄い。",
    shown: "…味が薄い。",
  },
  {
    why: "of a forgotten voice is not cut",
    text: FORGOTTEN_TEXT,
    segments: [],
    point: undefined,
    shown: FORGOTTEN_TEXT,
  },
  {
    why: "without a place starts with the voice",
    text: MAIL,
    segments: [POINT],
    point: undefined,
    shown: MAIL,
  },
])("a quote $why", ({ text, segments, point, shown }) => {
  const start = point === undefined ? undefined : text.lastIndexOf(point);
  expect(partText(text, quotedPart(wordsOf(text, segments), start))).toBe(shown);
});

test("a quote of a forgotten voice is whole wherever its words stood", () => {
  const words = wordsOf(FORGOTTEN_TEXT, []);
  expect(partText(FORGOTTEN_TEXT, quotedPart(words, 40))).toBe(FORGOTTEN_TEXT);
});

test("what is brought along leaves the point in sight where only little is shown", () => {
  const lead = "届いた日の朝に食べて味はとても良かったが";
  const words = wordsOf(`先月はじめて通販で注文しました。${lead}袋が開けにくい。`, [
    lead,
    "袋が開けにくい。",
  ]);
  const start = words.text.indexOf("袋");
  expect(partText(words.text, quotedPart(words, start, 28))).toBe(`…${lead}袋が開けにくい。`);
  expect(partText(words.text, quotedPart(words, start, 27))).toBe("…袋が開けにくい。");
});

test("signs of two units are cut as one", () => {
  const text = `${"😀".repeat(20)}からい`;
  expect(partText(text, quotedPart({ text, segments: [] }, 20))).toBe("…からい");
});

test("a list shows a voice whole, and from the marked words on where it is too long", () => {
  const start = GREETING.length;
  const words = wordsOf(MAIL, [POINT]);
  expect(partText(MAIL, listedPart(words, start, 160))).toBe(MAIL);
  expect(partText(MAIL, listedPart(words, start, 24))).toBe(`…${POINT}…`);
});
