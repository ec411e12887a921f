import { expect, test } from "vitest";
import { describeVoice } from "../../../pipeline/cli/describe-voice.ts";
import { renderClassified } from "../../../pipeline/cli/render-classified.ts";
import { enrichedVoice } from "../../support/enriched-voice.ts";

const LABELS = new Map([["parking", "駐車場"]]);

test("a voice's own values stand on the first line, each segment's on one of its own", () => {
  const voice = enrichedVoice("1", "駐車場が遠い", { harm: true });
  const described = describeVoice({ status: "ok", value: voice });
  expect(renderClassified(described, LABELS).split("\n")).toEqual([
    "ネガティブ（-0.50）　ご指摘　失望 0.70　強さ 2　お体への害",
    "  「駐車場が遠い」 ネガティブ（-0.50）　ご指摘　失望 0.70　強さ 2　駐車場",
  ]);
});

test("what is held back is called 判定保留 in text and null in JSON", () => {
  const voice = enrichedVoice("1", "駐車場");
  const held = voice.segments.map((segment) => ({ ...segment, sentiment: null, kind: null }));
  const described = describeVoice({ status: "ok", value: { ...voice, segments: held } });
  expect(described.segments[0]).toMatchObject({ sentiment: null, kind: null, polarity: -0.5 });
  expect(renderClassified(described, LABELS)).toContain("判定保留（-0.50）　種類は判定保留");
});

test.each([
  { reason: 'no "text"', says: "読めません: text の項目がないか、文字列ではない" },
  { reason: "tokenize mismatch", says: "読めません: 文を語に分けられない" },
  { reason: "verbatim too long", says: "読めません: 本文が長すぎる" },
  { reason: "worker crashed", says: "読めません: 読み取りの途中で処理が落ちた" },
])("staff read in Japanese why a line is not read: $reason", ({ reason, says }) => {
  expect(renderClassified(describeVoice({ status: "reject", reason }), LABELS)).toBe(says);
});

test("a line that is not read has its error and no verdict, least of all that it is harmless", () => {
  expect(describeVoice({ status: "reject", reason: "tokenize mismatch" })).toEqual({
    text: "",
    sentiment: null,
    polarity: null,
    kind: null,
    emotions: [],
    intensity: null,
    harm: null,
    segments: [],
    error: "tokenize mismatch",
  });
});

test("a voice without words is neutral and no error", () => {
  const skipped = describeVoice({ status: "skip", reason: "empty verbatim" });
  expect(skipped).toMatchObject({ sentiment: "neutral", polarity: 0, segments: [] });
  expect(skipped).not.toHaveProperty("error");
});
