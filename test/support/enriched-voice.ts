import { createHash } from "node:crypto";
import type { EnrichedRecord, EnrichedVoice } from "../../pipeline/schema/enriched-record.ts";

/** A valid UUID made from a name. */
export function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export function revisionOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

/** A voice of one segment, as enrichment would give it. */
export function enrichedVoice(
  name: string,
  text: string,
  changes: Partial<EnrichedVoice> = {},
): EnrichedVoice {
  return {
    voiceId: uuidOf(name),
    revision: revisionOf(text),
    source: "test",
    sourceId: name,
    channel: "survey",
    receivedAt: "2025-07-30T10:00:00+09:00",
    receivedPrecision: "instant",
    attributes: { 県: "福井県" },
    epoch: 1,
    text,
    maskCount: 0,
    sentiment: "negative",
    polarity: -0.5,
    kind: "complaint",
    emotions: [{ emotion: "失望", confidence: 0.7 }],
    intensity: 2,
    harm: false,
    segments: [
      {
        start: 0,
        end: [...text].length,
        sentiment: "negative",
        sentimentConfidence: 0.9,
        polarity: -0.5,
        kind: "complaint",
        kindConfidence: 0.8,
        emotions: [{ emotion: "失望", confidence: 0.7 }],
        intensity: 2,
        intensityConfidence: 0.6,
        harm: false,
        harmConfidence: 0.01,
        why: ["遠い"],
        topics: [{ taxonomy: "tourism", topic: "parking", confidence: 0.7, by: "head", why: [] }],
        terms: [{ term: text.slice(0, 2), start: 0, end: 2 }],
        vector: Buffer.alloc(384, name.length).toString("base64"),
      },
    ],
    ...changes,
  };
}

/** Records of one origin stream, numbered as they stand. */
export function recordsOf(stream: string, voices: readonly EnrichedVoice[]): EnrichedRecord[] {
  return voices.map((voice, offset) => ({
    status: "ok",
    origin: { stream, source: "test", file: `${stream}.csv`, offset, row: offset + 2 },
    voice,
  }));
}
