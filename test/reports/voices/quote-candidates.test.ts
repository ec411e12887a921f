import { expect, test } from "vitest";
import type { QuotableSegmentRow, QuotableVoiceRow } from "../../../reports/report-rows.ts";
import { praiseCandidates, SURE_PRAISE } from "../../../reports/voices/quote-candidates.ts";
import { quotePlaces } from "../../../reports/voices/quote-places.ts";

const PRAISE: QuotableSegmentRow = {
  segment_id: 1,
  voice_id: "a",
  span_start: 0,
  span_end: 20,
  sentiment: "positive",
  sentiment_confidence: 0.95,
  kind: "praise",
  kind_confidence: 0.95,
  topic: "food",
  topic_confidence: 0.95,
  is_confirmed: false,
};
const VOICE: QuotableVoiceRow = {
  ...{ voice_id: "a", received_on: "2026-01-05", text: "おいしい。", place: null, product: null },
  ...{ customer_key: null, has_negative: false },
};
const voiceOf = (voice: QuotableVoiceRow) => new Map([[voice.voice_id, voice]]);
const LOW = SURE_PRAISE - 0.01;
const NOWHERE = quotePlaces(undefined);

test.each([
  { why: "sure praise is quoted", rows: [PRAISE], quoted: 1 },
  { why: "a doubtful feeling is not", rows: [{ ...PRAISE, sentiment_confidence: LOW }], quoted: 0 },
  { why: "a doubtful kind is not", rows: [{ ...PRAISE, kind_confidence: LOW }], quoted: 0 },
  { why: "a doubtful topic is not", rows: [{ ...PRAISE, topic_confidence: LOW }], quoted: 0 },
  {
    why: "a topic that a person gave is",
    rows: [{ ...PRAISE, topic_confidence: LOW, is_confirmed: true }],
    quoted: 1,
  },
  {
    why: "praise without a topic is",
    rows: [{ ...PRAISE, topic: null, topic_confidence: null, is_confirmed: null }],
    quoted: 1,
  },
])("$why", ({ rows, quoted }) => {
  expect(
    praiseCandidates({ segments: rows, places: NOWHERE, voices: voiceOf(VOICE) }),
  ).toHaveLength(quoted);
});

test.each([
  { text: "おいしい。", hasNegative: false, quoted: 1 },
  { text: "おいしい。もう買わない。", hasNegative: true, quoted: 0 },
  { text: "悪くはないが、また買いたいとは思わない。", quoted: 0 },
  { text: "見た目はきれいです。もう一度行きたいと思えませんでした。", quoted: 0 },
  { text: "また買いたいと思います。", quoted: 1 },
  { text: "帰りたくないと思うほど楽しかったです。", quoted: 1 },
  { text: "思わないところに駐車場があり、また来たいと思いました。", quoted: 1 },
])("$text is quoted as praise $quoted times", ({ text, hasNegative = false, quoted }) => {
  const voices = voiceOf({ ...VOICE, text, has_negative: hasNegative });
  expect(praiseCandidates({ segments: [PRAISE], places: NOWHERE, voices })).toHaveLength(quoted);
});
