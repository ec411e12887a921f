import { describe, expect, test } from "vitest";
import {
  identifyVoice,
  type UnidentifiedVoice,
} from "../../../../pipeline/intake/record/identify-voice.ts";
import { RawVoice } from "../../../../pipeline/schema/raw-voice.ts";

const identityKey = Buffer.alloc(32, 7);

function identify(change: Partial<UnidentifiedVoice>, occurrence = 0, key = identityKey): RawVoice {
  const voice: UnidentifiedVoice = {
    source: "相談室",
    channel: "phone",
    receivedAt: "2025-07-01T09:05:00+09:00",
    receivedPrecision: "instant",
    verbatim: "袋が開けにくい",
    attributes: { 年代: "60代", 区分: "食品" },
    ...change,
  };
  return identifyVoice(voice, { identityKey: key, countSame: () => occurrence });
}

const plain = identify({});
const withId = identify({ sourceId: "A-1" });

test("an identified voice is a raw voice, and its identity never changes", () => {
  expect(RawVoice.parse(plain)).toEqual(plain);
  expect([plain.voiceId, plain.revision, withId.voiceId]).toEqual([
    "97422b7c-40d0-50c0-b9ac-f9bff3e5fe4b",
    "da052fb172d1560e",
    "5e6643cd-bdf1-5c19-865d-34ef6006e307",
  ]);
});

describe("without an id of its own, a voice is its source, time, words and occurrence", () => {
  test.each([
    { why: "another source", other: identify({ source: "店頭" }) },
    { why: "another minute", other: identify({ receivedAt: "2025-07-01T09:06:00+09:00" }) },
    { why: "another word", other: identify({ verbatim: "袋が開けにくい。" }) },
    { why: "the second time the same", other: identify({}, 1) },
    { why: "another key", other: identify({}, 0, Buffer.alloc(32, 8)) },
  ])("$why is another voice", ({ other }) => {
    expect(other.voiceId).not.toBe(plain.voiceId);
  });

  test("another attribute is another revision of the same voice", () => {
    const other = identify({ attributes: { 年代: "60代" } });
    expect(other.voiceId).toBe(plain.voiceId);
    expect(other.revision).not.toBe(plain.revision);
  });
});

describe("with an id of its own, a voice is its source and id", () => {
  test("other words are another revision of the same voice", () => {
    const other = identify({ sourceId: "A-1", verbatim: "袋が開けやすい" });
    expect(other.voiceId).toBe(withId.voiceId);
    expect(other.revision).not.toBe(withId.revision);
  });

  test("the same id in another source is another voice", () => {
    expect(identify({ sourceId: "A-1", source: "店頭" }).voiceId).not.toBe(withId.voiceId);
  });
});

test("the order of columns makes no revision", () => {
  expect(identify({ attributes: { 区分: "食品", 年代: "60代" } }).revision).toBe(plain.revision);
});

test("a customer's key goes in, and only its keyed hash comes out", () => {
  const voice = identify({ customer: "会員0001" });
  expect(voice.customerKey).toMatch(/^[0-9a-f]{16}$/);
  expect(JSON.stringify(voice)).not.toContain("会員0001");
  expect(identify({ customer: "会員0001" }, 0, Buffer.alloc(32, 8)).customerKey).not.toBe(
    voice.customerKey,
  );
});

test("two words that differ only in a lone surrogate are two", () => {
  const [one, other] = [identify({ verbatim: "\ud83d" }), identify({ verbatim: "\ud83e" })];
  expect(one.voiceId).not.toBe(other.voiceId);
  expect(one.revision).not.toBe(other.revision);
});
