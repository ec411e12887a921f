import { expect, test } from "vitest";
import { messageKey } from "../../../pipeline/streams/message-key.ts";
import { enrichedVoice, uuidOf } from "../../support/enriched-voice.ts";
import { deadLetter, originOf, rawRecord, reportMade } from "../../support/kafka/sample-records.ts";

const place = "file:abc:def:7";

test.each([
  {
    why: "a raw voice has its id, whatever its words",
    key: messageKey("voc.raw", rawRecord("A1", "別の言葉")),
    expected: uuidOf("A1"),
  },
  {
    why: "an enriched voice has the raw one's key",
    key: messageKey("voc.enriched", {
      status: "ok",
      origin: originOf(3),
      voice: enrichedVoice("A1", "駐車場が遠い"),
    }),
    expected: uuidOf("A1"),
  },
  {
    why: "a record that never became a voice has its origin's coordinates",
    key: messageKey("voc.raw", { status: "skip", origin: originOf(7), reason: "empty row" }),
    expected: place,
  },
  {
    why: "a skipped record keeps them when enriched",
    key: messageKey("voc.enriched", { status: "skip", origin: originOf(7), reason: "empty row" }),
    expected: place,
  },
  {
    why: "a dead letter has its origin's coordinates",
    key: messageKey("voc.dead", deadLetter(7)),
    expected: place,
  },
  {
    why: "tags that a voice got later have its key, so that they come after it",
    key: messageKey("voc.enriched", {
      status: "retagged",
      origin: originOf(7),
      voiceId: uuidOf("A1"),
      revision: "0".repeat(16),
      epoch: 2,
      encoder: "a".repeat(64),
      taxonomies: ["tourism"],
      segments: [[]],
    }),
    expected: uuidOf("A1"),
  },
  {
    why: "a discarded dead letter has the letter's key",
    key: messageKey("voc.actions", {
      type: "dead-letter-discarded",
      actionId: uuidOf("discard"),
      at: "2025-08-02T00:00:00.000Z",
      stream: originOf(7).stream,
      offset: 7,
      author: "林",
      reason: "合計の行",
    }),
    expected: place,
  },
  {
    why: "an awareness has its voice's id",
    key: messageKey("voc.actions", {
      ...{ type: "awareness-added", actionId: uuidOf("a"), voiceId: uuidOf("A1") },
      ...{ author: "林", reason: "袋の話です", at: "2025-08-04T08:00:00+09:00" },
    }),
    expected: uuidOf("A1"),
  },
  {
    why: "all revisions of a report have one key",
    key: messageKey("voc.actions", { ...reportMade("{}"), revision: 2 }),
    expected: "weekly:2025-W31",
  },
])("$why", ({ key, expected }) => {
  expect(key).toBe(expected);
});
