import { expect, test } from "vitest";
import { describeVoice } from "../../../pipeline/cli/describe-voice.ts";
import { renderClassified } from "../../../pipeline/cli/render-classified.ts";
import { enrichedVoice } from "../../support/enriched-voice.ts";

const LABELS = new Map([["parking", "駐車場"]]);

test("a voice's own values stand on the first line, each segment's on one of its own", () => {
  const voice = enrichedVoice("1", "駐車場が遠い", { harm: true });
  const described = describeVoice({ status: "ok", value: voice });
  expect(renderClassified(described, LABELS).split("\n")).toEqual([
    "ネガティブ（極性 -0.50）　ご指摘　失望 0.70　強さ 2　お体への害",
    "  「駐車場が遠い」 ネガティブ（極性 -0.50）　ご指摘　失望 0.70　強さ 2　駐車場",
  ]);
});

test("what is held back is called 判定保留 in text and null in JSON", () => {
  const voice = enrichedVoice("1", "駐車場");
  const held = voice.segments.map((segment) => ({ ...segment, sentiment: null, kind: null }));
  const described = describeVoice({ status: "ok", value: { ...voice, segments: held } });
  expect(described.segments[0]).toMatchObject({ sentiment: null, kind: null, polarity: -0.5 });
  expect(renderClassified(described, LABELS)).toContain("判定保留（極性 -0.50）　種類は判定保留");
});

test("a line that cannot be read says why, and a voice without words is neutral", () => {
  const rejected = describeVoice({ status: "reject", reason: 'no "text"' });
  expect(renderClassified(rejected, LABELS)).toBe('読めません: no "text"');
  const skipped = describeVoice({ status: "skip", reason: "empty verbatim" });
  expect(skipped).toMatchObject({ sentiment: "neutral", polarity: 0, segments: [] });
  expect(skipped).not.toHaveProperty("error");
});
