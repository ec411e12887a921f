import { blobValue, listValue } from "@duckdb/node-api";
import { jstDate } from "../period.ts";
import type { EnrichedSegment } from "../schema/enriched-record.ts";
import { type AppendTable, day, instant, type Row, uuid } from "./append-rows.ts";
import type { Arrival } from "./decide-revisions.ts";

/** Ids that the loader gives; both go back to what is stored when a transaction is undone. */
export type IdSource = {
  nextSegmentId: number;
  readonly termIds: Map<string, number>;
};

type VoiceRows = Record<
  Extract<
    AppendTable,
    "voices" | "segments" | "segment_topics" | "terms" | "segment_terms" | "vectors"
  >,
  Row[]
>;

type Placed = Arrival & { readonly revision: number };

export function revisionRow({ voice, origin, revision }: Placed): Row {
  return [
    uuid(voice.voiceId),
    revision,
    voice.revision,
    voice.epoch,
    instant(voice.receivedAt),
    voice.text,
    origin.stream,
    BigInt(origin.offset),
  ];
}

/** All rows of the voices' current state, with ids for their segments and new terms. */
export function voiceRows(placed: readonly Placed[], ids: IdSource): VoiceRows {
  const rows: VoiceRows = {
    voices: placed.map(voiceRow),
    segments: [],
    segment_topics: [],
    terms: [],
    segment_terms: [],
    vectors: [],
  };
  for (const entry of placed) {
    const points = [...entry.voice.text];
    for (const [position, segment] of entry.voice.segments.entries()) {
      const id = BigInt(ids.nextSegmentId);
      ids.nextSegmentId += 1;
      const text = points.slice(segment.start, segment.end).join("");
      rows.segments.push(segmentRow(entry, segment, { id, position, text }));
      rows.segment_topics.push(...topicRows(entry, segment, id));
      rows.vectors.push([id, blobValue(Buffer.from(segment.vector, "base64"))]);
      for (const span of segment.terms) {
        rows.segment_terms.push([id, termId(span.term, ids, rows.terms), span.start, span.end]);
      }
    }
  }
  return rows;
}

function voiceRow({ voice, origin, revision }: Placed): Row {
  return [
    uuid(voice.voiceId),
    revision,
    voice.epoch,
    voice.source,
    voice.sourceId ?? null,
    voice.channel,
    instant(voice.receivedAt),
    voice.receivedPrecision,
    day(jstDate(new Date(voice.receivedAt))),
    voice.rating ?? null,
    voice.product ?? null,
    voice.place ?? null,
    voice.lot ?? null,
    voice.customerKey ?? null,
    JSON.stringify(voice.attributes),
    voice.text,
    voice.maskCount,
    voice.sentiment,
    voice.polarity,
    voice.kind,
    voice.segments.length,
    origin.stream,
    BigInt(origin.offset),
    BigInt(origin.row),
  ];
}

function segmentRow(
  { voice }: Placed,
  segment: EnrichedSegment,
  at: { readonly id: bigint; readonly position: number; readonly text: string },
): Row {
  return [
    at.id,
    uuid(voice.voiceId),
    at.position,
    segment.start,
    segment.end,
    at.text,
    day(jstDate(new Date(voice.receivedAt))),
    segment.sentiment,
    segment.sentimentConfidence,
    segment.polarity,
    segment.kind,
    segment.kindConfidence,
    listValue(segment.why),
  ];
}

function topicRows({ voice }: Placed, segment: EnrichedSegment, id: bigint): Row[] {
  return segment.topics.map((tag) => [
    id,
    uuid(voice.voiceId),
    tag.taxonomy,
    tag.topic,
    tag.confidence,
    tag.by,
    listValue(tag.why),
    voice.epoch,
  ]);
}

function termId(term: string, ids: IdSource, newTerms: Row[]): number {
  const known = ids.termIds.get(term);
  if (known !== undefined) return known;
  const id = ids.termIds.size;
  ids.termIds.set(term, id);
  newTerms.push([id, term]);
  return id;
}
