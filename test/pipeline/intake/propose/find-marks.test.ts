import { describe, expect, test } from "vitest";
import { findMarks } from "../../../../pipeline/intake/propose/find-marks.ts";
import { splitSpeakers } from "../../../../pipeline/intake/record/split-speakers.ts";

const SAID = "袋が開けにくい。";
const DONE = "お詫びし、代わりの品をお送りした。";

describe("the desk's words are told from the customer's by what is in the cells", () => {
  test.each([
    `【お申し出】\n${SAID}\n【対応】\n${DONE}`,
    `【ご指摘内容】${SAID}【当社対応】${DONE}`,
    `お申し出：${SAID}\n対応：${DONE}`,
    `客：${SAID}\n当社：${DONE}`,
    `客:${SAID}　当社:${DONE}`,
    `客：${SAID} 当社：${DONE}`,
    `お申し出: ${SAID}  対応: ${DONE}`,
    `Q: ${SAID} A: ${DONE}`,
    `Q.${SAID}\nA.${DONE}`,
    `Ｑ：${SAID}\nＡ：${DONE}`,
    `■お問い合わせ内容\n${SAID}\n■ご回答\n${DONE}`,
    `（お客様）${SAID}（相談室）${DONE}`,
    `${SAID}\n<回答>\n${DONE}`,
    `○相談 ${SAID}\n○処置 ${DONE}`,
  ])("%j", (cell) => {
    const cells = [cell, cell, "何も書いていない"];
    expect(splitSpeakers(cell, findMarks(cells))).toEqual({ customer: SAID, desk: DONE });
  });
});

test.each([
  "店員さんの対応：とても良かったです",
  "（対応が悪い）と感じました",
  "【感想】味が良い【要望】量を増やしてほしい",
  "当社: と書いてある箱でした",
])("one voice that speaks so among many parts nothing: %j", (cell) => {
  const others = Array.from({ length: 9 }, () => SAID);
  expect(findMarks([cell, ...others])).toBeUndefined();
});

test("where speakers take turns in one line, each has their own words", () => {
  const cell = "客：10:30 に https://example.jp/a を見た 当社：伺った 客：袋が固い 当社：詫びた";
  expect(splitSpeakers(cell, findMarks([cell]))).toEqual({
    customer: "10:30 に https://example.jp/a を見た\n袋が固い",
    desk: "伺った\n詫びた",
  });
});

test.each([
  "味:普通 対応:良い 価格:高い",
  "開店は 10:30 対応：早い",
  "詳しくは https://example.jp 当社：とある",
  "良い店 Q: と A: がある",
])("a word before a colon within a line of one voice is no mark: %j", (cell) => {
  expect(findMarks([cell, cell])).toBeUndefined();
  const marks = { customer: ["客："], desk: ["対応:", "対応：", "当社：", "A:"] };
  expect(splitSpeakers(cell, marks)).toEqual({ customer: cell, desk: "" });
});

test("a mark is one and the same in half width and in full", () => {
  const marks = { customer: ["Ｑ．"], desk: ["A."] };
  expect(splitSpeakers(`Q.${SAID}\nＡ．${DONE}`, marks)).toEqual({ customer: SAID, desk: DONE });
});

test("a row of a hundred thousand blanks is passed in no time", () => {
  const marks = { customer: ["客："], desk: ["当社："] };
  const began = performance.now();
  splitSpeakers(`客${" ".repeat(100_000)}`, marks);
  findMarks([`客${"　".repeat(100_000)}`]);
  expect(performance.now() - began).toBeLessThan(2000);
});
