import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { deriveKeys } from "../../../pipeline/keys.ts";
import { messageJsonSchema, type StreamName } from "../../../pipeline/schema/message.ts";
import { decodeMessage } from "../../../pipeline/streams/decode-message.ts";
import { encodeMessage } from "../../../pipeline/streams/encode-message.ts";
import { sealMessage } from "../../../pipeline/streams/seal-message.ts";
import { sealWithKey } from "../../../pipeline/streams/seal-with-key.ts";
import { MAX_VALUE_BYTES } from "../../../pipeline/streams/stream-definitions.ts";
import { REASON_WORDS } from "../../../reports/words.ts";
import { enrichedVoice, recordsOf } from "../../support/enriched-voice.ts";
import { deadLetter, KEYS, rawRecord, reportMade } from "../../support/kafka/sample-records.ts";

const OTHER_KEYS = deriveKeys(Buffer.alloc(32, 8));
const raw = rawRecord("A1");

function sealed(keys = KEYS, record = raw) {
  const outcome = encodeMessage("voc.raw", record, keys);
  if (outcome.status !== "ok") throw new Error(outcome.status);
  return { key: Buffer.from(outcome.value.key), value: outcome.value.value };
}

function json(value: unknown) {
  return { key: null, value: Buffer.from(JSON.stringify(value)) };
}

function bytes(text: string) {
  return { key: null, value: Buffer.from(text, "latin1") };
}

/** As every record was sealed once, however short. */
function packed() {
  const { key, value } = sealed();
  const place = Buffer.from(`voc.raw\n${key}`);
  const plain = Buffer.from(JSON.stringify({ version: 2, record: raw }));
  const prefix = value.subarray(0, "KZS1".length + 8);
  return {
    key,
    value: Buffer.concat([prefix, sealWithKey(KEYS.raw).seal(gzipSync(plain), place)]),
  };
}

/** With one bit of its last byte turned. */
function changed({ key, value }: ReturnType<typeof sealed>) {
  const copy = Buffer.from(value);
  copy.writeUInt8(copy.readUInt8(copy.length - 1) ^ 1, copy.length - 1);
  return { key, value: copy };
}

test.each([
  { why: "what was encoded", message: sealed() },
  { why: "a short record that was packed before it was sealed", message: packed() },
  {
    why: "a value that another producer wrote unsealed",
    message: json({ version: 2, record: raw }),
  },
  { why: "a record of the version before", message: json({ version: 1, record: raw }) },
  { why: "a bare record", message: json(raw) },
])("$why is decoded to the same raw record", ({ message }) => {
  expect(decodeMessage("voc.raw", message, KEYS)).toEqual({ status: "ok", value: raw });
});

test("names of the row are of version 2, so that a consumer of version 1 says that it is too old", () => {
  const { voice } = raw;
  const record = { ...raw, voice: { ...voice, known: ["羽衣石 花子"] } };
  const encoded = encodeMessage("voc.raw", record, KEYS);
  if (encoded.status !== "ok") throw new Error(encoded.status);
  const message = { key: Buffer.from(encoded.value.key), value: encoded.value.value };
  expect(decodeMessage("voc.raw", message, KEYS)).toEqual({ status: "ok", value: record });
  expect(messageJsonSchema("voc.raw")).toMatchObject({
    properties: { version: { const: 2 } },
  });
});

test("a long record is packed, and comes back", () => {
  const record = rawRecord("A1", "駅から遠い。".repeat(1000));
  const message = sealed(KEYS, record);
  expect(message.value.length).toBeLessThan(1000);
  expect(decodeMessage("voc.raw", message, KEYS)).toEqual({ status: "ok", value: record });
});

test.each<{ stream: StreamName; value: unknown }>([
  { stream: "voc.enriched", value: recordsOf("a", [enrichedVoice("A1", "駐車場が遠い")])[0] },
  { stream: "voc.dead", value: deadLetter(3) },
  { stream: "voc.actions", value: reportMade("{}") },
])("$stream's records come back as they were, with and without a version", ({ stream, value }) => {
  for (const message of [json({ version: 1, record: value }), json(value)]) {
    expect(decodeMessage(stream, message, KEYS)).toEqual({ status: "ok", value });
  }
});

test.each([
  { why: "no value at all", message: { key: null, value: null }, reason: "no value" },
  { why: "no bytes", message: bytes(""), reason: "broken JSON" },
  { why: "half a record", message: bytes('{"version":1,"rec'), reason: "broken JSON" },
  { why: "a broken UTF-8 sequence", message: bytes('{"a":"\xe3\x81"}'), reason: "broken JSON" },
  {
    why: "more bytes than a stream takes",
    message: { key: null, value: Buffer.alloc(MAX_VALUE_BYTES + 1, " ") },
    reason: "too large",
  },
  {
    why: "a small sealed value that unpacks to more than that",
    message: {
      key: Buffer.from("k"),
      value: sealMessage(Buffer.alloc(MAX_VALUE_BYTES + 1, " "), "voc.raw\nk", KEYS),
    },
    reason: "too large",
  },
  {
    why: "the version after",
    message: json({ version: 3, record: raw }),
    reason: "unknown version",
  },
  {
    why: "a version in words",
    message: json({ version: "2", record: raw }),
    reason: "unknown version",
  },
  { why: "a number", message: json(3), reason: "not a raw voice" },
  { why: "null", message: json(null), reason: "not a raw voice" },
  { why: "a version without a record", message: json({ version: 2 }), reason: "not a raw voice" },
  {
    why: "a field beside version and record",
    message: json({ version: 2, record: raw, more: 1 }),
    reason: "not a raw voice",
  },
  {
    why: "a verbatim that is longer than any",
    message: json({ version: 2, record: rawRecord("A1", "あ".repeat(20_001)) }),
    reason: "not a raw voice",
  },
  { why: "one bit turned", message: changed(sealed()), reason: "broken seal" },
  {
    why: "a sealed value under another voice's key",
    message: { ...sealed(), key: Buffer.from("other") },
    reason: "broken seal",
  },
  {
    why: "a sealed value cut off",
    message: { ...sealed(), value: sealed().value.subarray(0, 30) },
    reason: "broken seal",
  },
  { why: "another master key", message: sealed(OTHER_KEYS), reason: "sealed with another key" },
])("$why is rejected as $reason", ({ message, reason }) => {
  expect(decodeMessage("voc.raw", message, KEYS)).toMatchObject({ status: "reject", reason });
  // Another key stops the process; all else is a dead letter, whose reason staff read.
  if (reason !== "sealed with another key") expect(REASON_WORDS).toHaveProperty(reason);
});

test.each<{ stream: StreamName; reason: string }>([
  { stream: "voc.enriched", reason: "not an enriched voice" },
  { stream: "voc.dead", reason: "not a dead letter" },
  { stream: "voc.actions", reason: "not an action" },
])("another stream's record in $stream is $reason", ({ stream, reason }) => {
  expect(decodeMessage(stream, json({ version: 1, record: raw }), KEYS)).toMatchObject({ reason });
});

test("no reject carries the customer's words", () => {
  const words = "ひみつの言葉";
  for (const text of [words, `{"verbatim":"${words}`]) {
    const message = { key: null, value: Buffer.from(text) };
    const outcome = decodeMessage("voc.raw", message, KEYS);
    expect(JSON.stringify(outcome)).not.toContain("ひみつ");
    expect(outcome).not.toHaveProperty("cause");
  }
});

test("the same voice's sealed value never has the same bytes, and neither holds its words", () => {
  const record = rawRecord("A1", "himitsu no koe");
  const [one, two] = [sealed(KEYS, record), sealed(KEYS, record)];
  expect(one.value).not.toEqual(two.value);
  expect(one.value.toString("latin1")).not.toContain("himitsu");
});
