import { z } from "zod";
import type { EnrichedRecord, ReencodedVoice, RetaggedVoice } from "../schema/enriched-record.ts";
import type { Origin } from "../schema/origin.ts";
import { FORGOTTEN_REASON, forgetVoice } from "../vault/forget-words.ts";
import { appendRows } from "./append-rows.ts";
import { type Arrival, decideRevisions, type KnownRevision } from "./decide-revisions.ts";
import { settleDeadLetters } from "./load-dead-letters.ts";
import { forgetRows, forgottenAmong } from "./load-forgotten.ts";
import { markLoaded } from "./loaded-records.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { withMachineTags } from "./person-tags.ts";
import { execute, query } from "./query.ts";
import { replaceTags } from "./replace-tags.ts";
import { stageIds } from "./stage-ids.ts";
import { type IdSource, ownersOfBatch, revisionRows, termRows, voiceRows } from "./voice-rows.ts";

const KnownRow = z.strictObject({
  voice_id: z.string(),
  revision: z.number(),
  revision_hash: z.string(),
  epoch: z.number(),
});

/** Loads one batch of `voc.enriched` inside the open transaction. Loading it twice changes nothing. */
export async function loadEnriched(
  warehouse: Warehouse,
  batch: readonly EnrichedRecord[],
  ids: IdSource,
): Promise<void> {
  const voiceIds = () => [...new Set(batch.flatMap(voiceIdOf))];
  await withMachineTags(warehouse, voiceIds, () => loadRecords(warehouse, batch, ids));
}

async function loadRecords(
  warehouse: Warehouse,
  batch: readonly EnrichedRecord[],
  ids: IdSource,
): Promise<void> {
  let arrived: Arrived[] = [];
  let tagged: Tagged[] = [];
  const flush = async (): Promise<void> => {
    if (arrived.length > 0) await loadArrived(warehouse, arrived, ids);
    if (tagged.length > 0) await replaceTags(warehouse, tagged);
    arrived = [];
    tagged = [];
  };
  // New tags count for the voice as it stands at their place in the stream.
  for (const record of batch) {
    const isTagged = record.status === "retagged" || record.status === "reencoded";
    if ((isTagged ? arrived : tagged).length > 0) await flush();
    if (isTagged) tagged.push(record);
    else arrived.push(record);
  }
  await flush();
}

type Tagged = RetaggedVoice | ReencodedVoice;
type Arrived = Exclude<EnrichedRecord, Tagged>;

/** What a voice's earlier words left, the voice itself last. */
const REPLACED = [
  "segment_terms",
  "product_mentions",
  "vectors",
  "segment_topics",
  "segments",
  "voices",
] as const;

async function loadArrived(
  warehouse: Warehouse,
  given: readonly Arrived[],
  ids: IdSource,
): Promise<void> {
  const { connection } = warehouse;
  const voiceIds = [...new Set(given.flatMap(voiceIdOf))];
  const forgotten = await forgottenAmong(connection, voiceIds);
  const batch = forgotten.size === 0 ? given : given.map((one) => withoutWords(one, forgotten));
  const arrivals = batch.filter((record) => record.status === "ok");
  await stageIds(warehouse, voiceIds);
  const known = await knownRevisions(warehouse);
  const decided = decideRevisions(arrivals, known);
  const replaced = decided.current.filter(({ voice }) => known.has(voice.voiceId));
  if (replaced.length > 0) {
    await stageIds(
      warehouse,
      replaced.map(({ voice }) => voice.voiceId),
    );
    for (const table of REPLACED) {
      await execute(connection, `load/delete_${table}.sql`);
    }
  }
  const ownerOf = ownersOfBatch();
  const terms = termRows([...decided.current, ...decided.superseded], ids);
  const rows = voiceRows(decided.current, ids, ownerOf);
  await appendRows(connection, "voices", rows.voices);
  await appendRows(connection, "voice_revisions", revisionRows(decided.revisions, ownerOf));
  await appendRows(connection, "segments", rows.segments);
  await appendRows(connection, "segment_topics", rows.segment_topics);
  await appendRows(connection, "terms", terms);
  await appendRows(connection, "segment_terms", rows.segment_terms);
  await appendRows(connection, "vectors", rows.vectors);
  for (const { voice, revision } of decided.raised) {
    const { voiceId, epoch, text } = voice;
    await execute(connection, "load/raise_epoch.sql", { voice_id: voiceId, revision, epoch, text });
  }
  if (forgotten.size > 0) await forgetRows(warehouse, forgotten);
  const settled = await settleDeadLetters(warehouse, batch);
  await countOrigins(
    warehouse,
    [...(await firstReadings(warehouse, batch)), ...settled],
    decided.fresh,
  );
}

function voiceIdOf(record: EnrichedRecord): string[] {
  if (record.status === "ok") return [record.voice.voiceId];
  return "voiceId" in record ? [record.voiceId] : [];
}

/** A forgotten voice comes again from another export, or from a worker that was late. It is counted as any other. */
function withoutWords(record: Arrived, forgotten: ReadonlyMap<string, unknown>): Arrived {
  if (record.status !== "ok" || !forgotten.has(record.voice.voiceId)) return record;
  return { ...record, voice: forgetVoice(record.voice) };
}

async function knownRevisions(warehouse: Warehouse): Promise<Map<string, KnownRevision[]>> {
  const rows = await query(warehouse.connection, "load/known_revisions.sql", {}, KnownRow);
  const known = new Map<string, KnownRevision[]>();
  for (const row of rows) {
    const versions = known.get(row.voice_id) ?? [];
    versions.push({ hash: row.revision_hash, revision: row.revision, epoch: row.epoch });
    known.set(row.voice_id, versions);
  }
  return known;
}

/** Adds records to their source files' counts. @param counted each record of a source once, however often it comes */
async function countOrigins(
  { connection }: Warehouse,
  counted: readonly Arrived[],
  fresh: ReadonlySet<Arrival>,
): Promise<void> {
  const counts = new Map<string, OriginCounts>();
  for (const record of counted) {
    const { stream } = record.origin;
    const count = counts.get(stream) ?? emptyCounts(record.origin);
    counts.set(stream, count);
    // A retry that reads a dead letter's record takes it from the one count to another.
    if (record.retry === undefined) count.records += 1;
    else count.dead_letters -= 1;
    if (record.status === "skip") {
      count.skipped += 1;
      if (record.reason === FORGOTTEN_REASON) count.forgotten += 1;
    } else if (record.status === "dead") count.dead_letters += 1;
    else if (fresh.has(record)) count.voices += 1;
    else count.duplicates += 1;
  }
  const origins = JSON.stringify([...counts.values()]);
  await execute(connection, "load/add_origins.sql", { origins });
}

/** A retry has the place of a record that was counted already; `settleDeadLetters` says whether it counts. */
async function firstReadings(
  warehouse: Warehouse,
  batch: readonly Arrived[],
): Promise<readonly Arrived[]> {
  const readings = batch.filter(({ retry }) => retry === undefined);
  const places = readings.map(({ origin }) => origin);
  const firstTimes = await markLoaded(warehouse, places);
  return readings.filter((_, index) => firstTimes[index]);
}

type OriginCounts = ReturnType<typeof emptyCounts>;

function emptyCounts({ stream, file, source }: Origin) {
  return {
    stream,
    file,
    source,
    records: 0,
    voices: 0,
    duplicates: 0,
    skipped: 0,
    forgotten: 0,
    dead_letters: 0,
  };
}
