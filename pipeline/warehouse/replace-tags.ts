import { z } from "zod";
import type { EncodedSegment, ReencodedVoice, RetaggedVoice } from "../schema/enriched-record.ts";
import { appendRows, day, uuid } from "./append-rows.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute, query } from "./query.ts";
import { stageIds } from "./stage-ids.ts";
import { segmentRow, topicRows, vectorRow } from "./voice-rows.ts";

type Tagged = RetaggedVoice | ReencodedVoice;

const StoredRow = z.strictObject({
  voice_id: z.string(),
  revision_hash: z.string(),
  segment_id: z.number(),
  position: z.number().int(),
  span_start: z.number().int(),
  span_end: z.number().int(),
  text: z.string(),
  received_on: z.string(),
  encoder: z.string(),
});
type StoredRow = z.infer<typeof StoredRow>;

type Stored = ReadonlyMap<string, readonly StoredRow[]>;

/**
 * Exchanges machine-set tags of stored voices, and vectors where they were read anew, inside the open transaction.
 * What a person confirmed stays; ids, spans and words are what they were. A voice that has got another revision or
 * other vectors since was tagged with them, so it is left alone.
 */
export async function replaceTags(warehouse: Warehouse, batch: readonly Tagged[]): Promise<void> {
  for (const group of groupsOf(batch)) {
    await stageIds(
      warehouse,
      group.map(({ voiceId }) => voiceId),
    );
    const stored = await storedSegments(warehouse);
    const fitting = group.filter((voice) => fits(voice, stored.get(voice.voiceId) ?? []));
    if (fitting.length === 0) continue;
    await stageIds(
      warehouse,
      fitting.map(({ voiceId }) => voiceId),
    );
    await replaceGroup(warehouse, fitting, stored);
  }
}

/** Cuts where the kind or the taxonomies change, and where a voice comes again: each group is one set of statements. */
function groupsOf(batch: readonly Tagged[]): Tagged[][] {
  const groups: Tagged[][] = [];
  let seen = new Set<string>();
  let last = "";
  for (const voice of batch) {
    const what = JSON.stringify([voice.status, voice.taxonomies]);
    if (what !== last || seen.has(voice.voiceId)) {
      groups.push([]);
      seen = new Set();
      last = what;
    }
    groups.at(-1)?.push(voice);
    seen.add(voice.voiceId);
  }
  return groups;
}

async function storedSegments({ connection }: Warehouse): Promise<Stored> {
  const rows = await query(connection, "load/staged_segments.sql", {}, StoredRow);
  const stored = new Map<string, StoredRow[]>();
  for (const row of rows) {
    const segments = stored.get(row.voice_id) ?? [];
    segments.push(row);
    stored.set(row.voice_id, segments);
  }
  return stored;
}

function fits(voice: Tagged, stored: readonly StoredRow[]): boolean {
  return (
    stored.length === voice.segments.length &&
    stored.every(
      ({ revision_hash, encoder }) =>
        revision_hash === voice.revision &&
        (voice.status === "reencoded" || encoder === voice.encoder),
    )
  );
}

async function replaceGroup(
  warehouse: Warehouse,
  voices: readonly Tagged[],
  stored: Stored,
): Promise<void> {
  const { connection } = warehouse;
  const taxonomies = JSON.stringify(voices[0]?.taxonomies);
  await execute(connection, "load/clear_staged_topics.sql", { taxonomies });
  const encoded = voices.filter((voice) => voice.status === "reencoded");
  if (encoded.length > 0) await replaceEncoded(warehouse, encoded, stored);
  await appendRows(
    connection,
    "segment_topics",
    voices.flatMap((voice) =>
      rowsOf(voice, stored).flatMap(({ segment_id, position }) =>
        topicRows(
          { voiceId: uuid(voice.voiceId), epoch: voice.epoch },
          { topics: topicsAt(voice, position) },
          BigInt(segment_id),
        ),
      ),
    ),
  );
}

function rowsOf({ voiceId }: Tagged, stored: Stored): readonly StoredRow[] {
  return stored.get(voiceId) ?? [];
}

function topicsAt(voice: Tagged, position: number): EncodedSegment["topics"] {
  if (voice.status === "retagged") return voice.segments[position] ?? [];
  return voice.segments[position]?.topics ?? [];
}

async function replaceEncoded(
  { connection }: Warehouse,
  voices: readonly ReencodedVoice[],
  stored: Stored,
): Promise<void> {
  await execute(connection, "load/delete_vectors.sql");
  await execute(connection, "load/delete_segments.sql");
  const placed = voices.flatMap((voice) =>
    rowsOf(voice, stored).flatMap((row) => {
      const encoded = voice.segments[row.position];
      return encoded === undefined ? [] : [{ voice, row, encoded }];
    }),
  );
  await appendRows(
    connection,
    "segments",
    placed.map(({ voice: { voiceId }, row, encoded }) =>
      segmentRow(
        { voiceId: uuid(voiceId), receivedOn: day(row.received_on) },
        { ...encoded, start: row.span_start, end: row.span_end },
        { id: BigInt(row.segment_id), position: row.position, text: row.text },
      ),
    ),
  );
  await appendRows(
    connection,
    "vectors",
    placed.map(({ voice, row, encoded }) =>
      vectorRow(encoded, BigInt(row.segment_id), voice.encoder),
    ),
  );
  const derived = voices.map(({ voiceId, derived }) => ({ voice_id: voiceId, ...derived }));
  await execute(connection, "load/set_derived_values.sql", { voices: JSON.stringify(derived) });
}
