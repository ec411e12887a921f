import { expect, test } from "vitest";
import { deriveVoice } from "../../../pipeline/enrich/derive-voice.ts";
import type { EnrichedSegment } from "../../../pipeline/schema/enriched-record.ts";
import { enrichedVoice } from "../../support/enriched-voice.ts";

function segment(changes: Partial<EnrichedSegment>): EnrichedSegment {
  const [first] = enrichedVoice("1", "文").segments;
  if (first === undefined) throw new Error("the example has a segment");
  return { ...first, ...changes };
}

test.each([
  {
    why: "what says nothing does not thin a complaint",
    polarities: [0.02, -0.9, 0],
    is: "negative",
  },
  {
    why: "praise and complaint of one strength are neutral",
    polarities: [0.9, -0.9],
    is: "neutral",
  },
  { why: "one clear word outweighs two faint ones", polarities: [0.9, -0.2, -0.2], is: "positive" },
  { why: "faint signs alone stay neutral", polarities: [0.1, 0.05], is: "neutral" },
  { why: "a voice without segments is neutral", polarities: [], is: "neutral" },
])("$why", ({ polarities, is }) => {
  const { sentiment, polarity } = deriveVoice(
    polarities.map((each) => segment({ polarity: each })),
  );
  expect(sentiment).toBe(is);
  expect(Math.abs(polarity)).toBeLessThanOrEqual(1);
});

test("a voice of one segment has its polarity", () => {
  expect(deriveVoice([segment({ polarity: -0.4 })]).polarity).toBeCloseTo(-0.4);
});

test("a segment whose sentiment is held back still tells its polarity", () => {
  expect(deriveVoice([segment({ polarity: -0.4, sentiment: null })]).sentiment).toBe("negative");
});

test.each([
  {
    why: "what needs an answer names the voice",
    kinds: ["praise", null, "complaint"],
    is: "complaint",
  },
  { why: "a decided kind names it before an undecided one", kinds: [null, "praise"], is: "praise" },
  { why: "an undecided one is not called その他", kinds: ["other", null], is: null },
  { why: "without segments it is その他", kinds: [], is: "other" },
] as const)("kind: $why", ({ kinds, is }) => {
  expect(deriveVoice(kinds.map((kind) => segment({ kind }))).kind).toBe(is);
});

test("harm in one segment is harm of the voice; nothing is said where nobody looked", () => {
  const harmOf = (...harms: (boolean | null)[]) =>
    deriveVoice(harms.map((harm) => segment({ harm }))).harm;
  expect(harmOf(false, true)).toBe(true);
  expect(harmOf(null, true)).toBe(true);
  expect(harmOf(false, false)).toBe(false);
  expect(harmOf(false, null)).toBe(null);
});

test("emotions are those of the segments, once each, surest first; intensity is the highest", () => {
  const voice = deriveVoice([
    segment({ emotions: [{ emotion: "失望", confidence: 0.6 }], intensity: 1 }),
    segment({
      emotions: [
        { emotion: "怒り", confidence: 0.8 },
        { emotion: "失望", confidence: 0.5 },
      ],
      intensity: 3,
    }),
    segment({ emotions: [], intensity: null }),
  ]);
  expect(voice.emotions).toEqual([
    { emotion: "怒り", confidence: 0.8 },
    { emotion: "失望", confidence: 0.6 },
  ]);
  expect(voice.intensity).toBe(3);
});
