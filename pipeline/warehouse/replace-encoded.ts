import type { EnrichedSegment, EnrichedVoice } from "../schema/enriched-record.ts";
import { appendRows, uuid } from "./append-rows.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute } from "./query.ts";
import { segmentRow, topicRows, vectorRow } from "./voice-rows.ts";

export type EncodedSegment = Omit<EnrichedSegment, "terms"> & {
  readonly id: number;
  /** From 0, in reading order. */
  readonly position: number;
  readonly text: string;
};

/** A stored voice whose segments got vectors and tags anew; ids, spans and words are what they were. */
export type EncodedVoice = {
  readonly voiceId: string;
  /** JST calendar date. */
  readonly receivedOn: string;
  readonly segments: readonly EncodedSegment[];
  readonly derived: Pick<
    EnrichedVoice,
    "sentiment" | "polarity" | "kind" | "emotions" | "intensity" | "harm"
  >;
};

/** Exchanges vectors and machine-set tags of some voices in one transaction; what a person confirmed stays. */
export async function replaceEncoded(
  warehouse: Warehouse,
  replacement: {
    readonly voices: readonly EncodedVoice[];
    /** SHA-256 of the encoder that made the vectors. */
    readonly encoder: string;
    /** Names of the taxonomies that the voices were tagged by; tags of others stay. */
    readonly taxonomies: readonly string[];
    readonly epoch: number;
  },
): Promise<void> {
  const { voices, encoder, taxonomies, epoch } = replacement;
  const { connection } = warehouse;
  const placed = voices.flatMap(({ voiceId, receivedOn, segments }) =>
    segments.map((segment) => ({
      voice: { voiceId, receivedAt: `${receivedOn}T00:00:00+09:00`, epoch },
      segment,
      at: { id: BigInt(segment.id), position: segment.position, text: segment.text },
    })),
  );
  await warehouse.transaction(async () => {
    await execute(connection, "load/staged_ids.sql");
    await appendRows(
      connection,
      "staged_ids",
      voices.map(({ voiceId }) => [uuid(voiceId)]),
    );
    await execute(connection, "load/clear_staged_topics.sql", {
      taxonomies: JSON.stringify(taxonomies),
    });
    await execute(connection, "load/delete_vectors.sql");
    await execute(connection, "load/delete_segments.sql");
    await appendRows(
      connection,
      "segments",
      placed.map(({ voice, segment, at }) => segmentRow(voice, segment, at)),
    );
    await appendRows(
      connection,
      "vectors",
      placed.map(({ segment, at }) => vectorRow(segment, at.id, encoder)),
    );
    await appendRows(
      connection,
      "segment_topics",
      placed.flatMap(({ voice, segment, at }) => topicRows(voice, segment, at.id)),
    );
    for (const { voiceId, derived } of voices) {
      const emotions = JSON.stringify(derived.emotions);
      await execute(connection, "load/set_derived_values.sql", {
        ...derived,
        emotions,
        voice_id: voiceId,
      });
    }
  });
}
