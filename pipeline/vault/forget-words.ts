import type { EnrichedRecord, EnrichedVoice } from "../schema/enriched-record.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { countCodePoints } from "../text/code-points.ts";

/** Stands where the words of a forgotten voice stood, on screens and in tables. */
export const FORGOTTEN_TEXT = "（消去された声です）";

const WHOLE = { start: 0, end: countCodePoints(FORGOTTEN_TEXT) };

/** What may stay of a voice: its day, and what was read out of its words. */
export function forgetVoice(voice: EnrichedVoice): EnrichedVoice {
  const { sourceId, rating, product, place, lot, customerKey, ...stays } = voice;
  return {
    ...stays,
    attributes: {},
    text: FORGOTTEN_TEXT,
    maskCount: 0,
    segments: voice.segments.map((segment) => ({
      ...segment,
      ...WHOLE,
      why: [],
      topics: segment.topics.map((tag) => ({ ...tag, why: [] })),
      terms: [],
      vector: "",
    })),
  };
}

/** The same for any record of a voice in `voc.enriched`. A record without a voice has no words. */
export function forgetEnriched(record: EnrichedRecord): EnrichedRecord {
  switch (record.status) {
    case "ok":
      return { ...record, voice: forgetVoice(record.voice) };
    case "retagged":
      return {
        ...record,
        segments: record.segments.map((tags) => tags.map((tag) => ({ ...tag, why: [] }))),
      };
    case "reencoded":
      return {
        ...record,
        segments: record.segments.map((segment) => ({
          ...segment,
          why: [],
          topics: segment.topics.map((tag) => ({ ...tag, why: [] })),
          vector: "",
        })),
      };
    default:
      return record;
  }
}

/** Why a record that came again was skipped; it is counted by. */
export const FORGOTTEN_REASON = "forgotten voice";

/** Of what came in only the place stays: enriched again, it is a record without words. */
export function forgetRaw({ origin, retry }: RawRecord): RawRecord {
  return { status: "skip", origin, reason: FORGOTTEN_REASON, ...(retry && { retry }) };
}
