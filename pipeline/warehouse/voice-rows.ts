import {
  blobValue,
  type DuckDBDateValue,
  type DuckDBTimestampTZValue,
  type DuckDBUUIDValue,
  listValue,
} from "@duckdb/node-api";
import type { EnrichedSegment, EnrichedVoice } from "../schema/enriched-record.ts";
import { sliceCodePoints } from "../text/code-points.ts";
import { type AppendTable, emotionList, instant, jstDay, type Row, uuid } from "./append-rows.ts";
import type { Arrival } from "./decide-revisions.ts";

/** Ids that the loader gives; both go back to what is stored when a transaction is undone. */
export type IdSource = {
  nextSegmentId: number;
  nextTermId: number;
  readonly termIds: Map<string, number>;
};

type VoiceRows = Record<
  Extract<AppendTable, "voices" | "segments" | "segment_topics" | "segment_terms" | "vectors">,
  Iterable<Row>
>;

/** What made all vectors before records said it; `sql/schema/003_vector_encoder.sql` has the same. */
const FIRST_ENCODER = "f77ece30975747e8a9c7192b2a1c002f9e16572e973a1e8eed65943a7abe32a9";

type Placed = Arrival & { readonly revision: number };

export function* revisionRows(placed: readonly Placed[], ownerOf: OwnerOf): Generator<Row> {
  for (const { voice, origin, revision } of placed) {
    const { voiceId, receivedAt, epoch } = ownerOf(voice);
    yield [
      voiceId,
      revision,
      voice.revision,
      epoch,
      receivedAt,
      voice.text,
      origin.stream,
      BigInt(origin.offset),
    ];
  }
}

/**
 * All rows of the voices' current state, with ids for their segments. Each is made when it is asked for.
 *
 * @param ids knows their terms, see `termRows`
 */
export function voiceRows(placed: readonly Placed[], ids: IdSource, ownerOf: OwnerOf): VoiceRows {
  const firstId = ids.nextSegmentId;
  for (const { voice } of placed) ids.nextSegmentId += voice.segments.length;
  const segments = () => segmentsOf(placed, firstId, ownerOf);
  return {
    voices: eachRow(placed, (entry) => [voiceRow(entry, ownerOf(entry.voice))]),
    segments: eachRow(segments(), ({ voice, owner, segment, id, position }) => {
      const text = sliceCodePoints(voice.text, segment.start, segment.end);
      return [segmentRow(owner, segment, { id, position, text })];
    }),
    segment_topics: eachRow(segments(), ({ owner, segment, id }) => topicRows(owner, segment, id)),
    segment_terms: eachRow(segments(), ({ segment, id }) =>
      segment.terms.map(({ term, start, end }) => [id, ids.termIds.get(term) ?? null, start, end]),
    ),
    vectors: eachRow(segments(), ({ voice, segment, id }) => [
      vectorRow(segment, id, voice.encoder ?? FIRST_ENCODER),
    ]),
  };
}

function* eachRow<T>(items: Iterable<T>, rowsOf: (item: T) => readonly Row[]): Generator<Row> {
  for (const item of items) for (const row of rowsOf(item)) yield row;
}

function* segmentsOf(placed: readonly Placed[], firstId: number, ownerOf: OwnerOf) {
  let id = firstId;
  for (const { voice } of placed) {
    const owner = ownerOf(voice);
    for (const [position, segment] of voice.segments.entries()) {
      yield { voice, owner, segment, position, id: BigInt(id) };
      id += 1;
    }
  }
}

/**
 * Terms that are new, with ids for them. Of states that were replaced before they were stored, too: stored one by one they
 * would have left theirs; so the table is the same however the stream is cut into batches, and a rebuild gives it again.
 */
export function termRows(placed: readonly Placed[], ids: IdSource): Row[] {
  const rows: Row[] = [];
  for (const { voice } of placed) {
    for (const { terms } of voice.segments) {
      for (const { term } of terms) {
        if (ids.termIds.has(term)) continue;
        ids.termIds.set(term, ids.nextTermId);
        rows.push([ids.nextTermId, term]);
        ids.nextTermId += 1;
      }
    }
  }
  return rows;
}

function voiceRow(
  { voice, origin, revision }: Placed,
  { voiceId, receivedAt, receivedOn }: OwnerCells,
): Row {
  return [
    voiceId,
    revision,
    voice.epoch,
    voice.source,
    voice.sourceId ?? null,
    voice.channel,
    receivedAt,
    voice.receivedPrecision,
    receivedOn,
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
    voice.intensity,
    voice.harm,
    emotionList(voice.emotions),
  ];
}

/** What all rows of a voice and its segments say of it. */
type OwnerCells = {
  readonly voiceId: DuckDBUUIDValue;
  readonly receivedAt: DuckDBTimestampTZValue;
  readonly receivedOn: DuckDBDateValue;
  readonly epoch: number;
};
type OwnerOf = (voice: EnrichedVoice) => OwnerCells;

/** Makes them once for each voice of a batch: they are a tenth of what its rows cost. */
export function ownersOfBatch(): OwnerOf {
  const made = new Map<EnrichedVoice, OwnerCells>();
  return (voice) => {
    const known = made.get(voice);
    if (known !== undefined) return known;
    const { voiceId, receivedAt, epoch } = voice;
    const owner = {
      voiceId: uuid(voiceId),
      receivedAt: instant(receivedAt),
      receivedOn: jstDay(receivedAt),
      epoch,
    };
    made.set(voice, owner);
    return owner;
  };
}

export function segmentRow(
  owner: Pick<OwnerCells, "voiceId" | "receivedOn">,
  segment: Omit<EnrichedSegment, "terms" | "topics" | "vector">,
  at: { readonly id: bigint; readonly position: number; readonly text: string },
): Row {
  return [
    at.id,
    owner.voiceId,
    at.position,
    segment.start,
    segment.end,
    at.text,
    owner.receivedOn,
    segment.sentiment,
    segment.sentimentConfidence,
    segment.polarity,
    segment.kind,
    segment.kindConfidence,
    listValue(segment.why),
    segment.intensity,
    segment.intensityConfidence,
    segment.harm,
    segment.harmConfidence,
    emotionList(segment.emotions),
  ];
}

export function topicRows(
  owner: Pick<OwnerCells, "voiceId" | "epoch">,
  segment: Pick<EnrichedSegment, "topics">,
  id: bigint,
): Row[] {
  return segment.topics.map((tag) => [
    id,
    owner.voiceId,
    tag.taxonomy,
    tag.topic,
    tag.confidence,
    tag.by,
    listValue(tag.why),
    owner.epoch,
  ]);
}

/** @param encoder SHA-256 of the encoder that made the vector */
export function vectorRow(
  { vector }: Pick<EnrichedSegment, "vector">,
  id: bigint,
  encoder: string,
): Row {
  return [id, blobValue(Buffer.from(vector, "base64")), encoder];
}
