import { z } from "zod";
import { deriveVerdict } from "../enrich/derive-voice.ts";
import { Kind, type Sentiment } from "../schema/enriched-record.ts";
import type { SegmentTagged } from "../schema/tag-actions.ts";
import { type Laid, placeTags, type SaidTag } from "../tag/place-tags.ts";
import { SAID_COLUMNS, saidTagOf } from "../tag/said-columns.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute, query } from "./query.ts";
import { stageIds } from "./stage-ids.ts";

/** Loads what people said of tags inside the open transaction. */
export async function loadPersonTags(
  warehouse: Warehouse,
  tags: readonly SegmentTagged[],
): Promise<void> {
  const voiceIds = [...new Set(tags.map(({ voiceId }) => voiceId))];
  await liftTags(warehouse, await taggedAmong(warehouse, () => voiceIds));
  for (const tag of tags) await addTag(warehouse, tag);
  await layTags(warehouse, voiceIds);
}

async function addTag({ connection }: Warehouse, tag: SegmentTagged): Promise<void> {
  await execute(connection, "load/add_person_tag.sql", {
    ...{ tag_id: tag.actionId, voice_id: tag.voiceId, revision_hash: tag.revision },
    ...{ span_start: tag.start, span_end: tag.end, step: tag.step },
    ...{ text_hash: tag.textHash, words_hash: tag.wordsHash },
    ...{ sentiment: tag.sentiment ?? null, kind: tag.kind ?? null },
    ...{ topics: JSON.stringify(tag.topics), author: tag.author, said_at: tag.at },
  });
}

/**
 * Changes voices as if nobody had ever said anything of their tags, then puts what people said in its place again:
 * whatever the machine says, in whichever order it comes, the tables are the same.
 *
 * @param voiceIds asked only where people said something at all
 * @param change adds no person's word; it may take some away
 */
export async function withMachineTags(
  warehouse: Warehouse,
  voiceIds: () => readonly string[],
  change: () => Promise<void>,
): Promise<void> {
  const tagged = await taggedAmong(warehouse, voiceIds);
  await liftTags(warehouse, tagged);
  await change();
  await layTags(warehouse, tagged);
}

async function taggedAmong(
  { connection }: Warehouse,
  voiceIds: () => readonly string[],
): Promise<string[]> {
  // In most homes nobody said anything: a batch's ids need not be listed then.
  const Any = z.strictObject({ has_tags: z.boolean() });
  const [any] = await query(connection, "load/has_person_tags.sql", {}, Any);
  if (!any?.has_tags) return [];
  const Row = z.strictObject({ voice_id: z.string() });
  const params = { ids: JSON.stringify(voiceIds()) };
  const rows = await query(connection, "load/tagged_among.sql", params, Row);
  return rows.map(({ voice_id }) => voice_id);
}

async function liftTags(warehouse: Warehouse, voiceIds: readonly string[]): Promise<void> {
  if (voiceIds.length === 0) return;
  await stageIds(warehouse, voiceIds);
  await execute(warehouse.connection, "load/lift_person_tags.sql");
}

const TagRow = z
  .strictObject({
    ...SAID_COLUMNS,
    is_of_now: z.boolean().nullable(),
    is_as_read: z.boolean(),
  })
  .transform((row) => ({
    ...saidTagOf(row),
    voiceId: row.voice_id,
    isAsRead: row.is_as_read,
    gone: goneBecause(row.is_of_now),
  }));
type TagRow = z.infer<typeof TagRow>;

const SegmentRow = z
  .strictObject({
    segment_id: z.number(),
    voice_id: z.string(),
    span_start: z.number().int(),
    span_end: z.number().int(),
    words_hash: z.string(),
    polarity: z.number(),
    kind: Kind.nullable(),
  })
  .transform(({ segment_id, voice_id, span_start, span_end, words_hash, ...verdict }) => ({
    ...{ ...verdict, wordsHash: words_hash },
    ...{ segmentId: segment_id, voiceId: voice_id, start: span_start, end: span_end },
  }));
type SegmentRow = z.infer<typeof SegmentRow>;

async function layTags(warehouse: Warehouse, voiceIds: readonly string[]): Promise<void> {
  if (voiceIds.length === 0) return;
  const { connection } = warehouse;
  await stageIds(warehouse, voiceIds);
  const tags = byVoice(await query(connection, "load/staged_person_tags.sql", {}, TagRow));
  const segments = byVoice(await query(connection, "load/staged_verdicts.sql", {}, SegmentRow));
  const voices = voiceIds.map((id) => placeInVoice(tags.get(id) ?? [], segments.get(id) ?? []));
  const states = voices.flatMap((voice) => voice.states);
  await execute(connection, "load/set_tag_states.sql", { tags: JSON.stringify(states) });
  const laid = voices.flatMap((voice) => voice.laid);
  if (laid.length === 0) return;
  await execute(connection, "load/laid_segments.sql", {
    segments: JSON.stringify(laid.map(laidRow)),
  });
  await execute(connection, "load/lay_person_tags.sql");
  const verdicts = voices.flatMap((voice) => voice.verdict);
  await execute(connection, "load/set_verdicts.sql", { voices: JSON.stringify(verdicts) });
}

function byVoice<Row extends { readonly voiceId: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, Row[]> {
  const voices = new Map<string, Row[]>();
  for (const row of rows) {
    const known = voices.get(row.voiceId);
    if (known === undefined) voices.set(row.voiceId, [row]);
    else known.push(row);
  }
  return voices;
}

function placeInVoice(tags: readonly TagRow[], segments: readonly SegmentRow[]) {
  const { laid, states } = placeTags(tags, segments);
  return {
    laid,
    states: [...states].map(([tagId, state]) => ({ tag_id: tagId, state })),
    verdict: verdictOf(segments, laid),
  };
}

/** @param isOfNow null where there is no voice */
function goneBecause(isOfNow: boolean | null): SaidTag["gone"] {
  if (isOfNow === null) return "no-voice";
  return isOfNow ? null : "other-words";
}

type LaidSegment = { readonly segment: SegmentRow; readonly said: Laid };

/** What is certain needs no scale: the probability of one label is 1. */
const POLARITY: Readonly<Record<Sentiment, number>> = { negative: -1, neutral: 0, positive: 1 };

function laidRow({ segment, said: { sentiment, kind, topics } }: LaidSegment) {
  return {
    ...{ segment_id: segment.segmentId, voice_id: segment.voiceId },
    sentiment: sentiment?.value ?? null,
    polarity: sentiment === null ? null : POLARITY[sentiment.value],
    sentiment_tag: sentiment?.tagId ?? null,
    ...{ kind: kind?.value ?? null, kind_tag: kind?.tagId ?? null },
    topics: topics.map(({ taxonomy, tagId, topics: said }) => ({
      ...{ taxonomy, tag_id: tagId, topics: said },
    })),
  };
}

/** @returns what the segments say of the voice together, on each head that people spoke of */
function verdictOf(segments: readonly SegmentRow[], laid: readonly LaidSegment[]) {
  const [first] = segments;
  const sentiment_said = laid.some(({ said }) => said.sentiment !== null);
  const kind_said = laid.some(({ said }) => said.kind !== null);
  if (first === undefined || !(sentiment_said || kind_said)) return [];
  const bySegment = new Map(laid.map(({ segment, said }) => [segment, said]));
  const verdicts = segments.map((segment) => {
    const said = bySegment.get(segment);
    return {
      polarity: said?.sentiment ? POLARITY[said.sentiment.value] : segment.polarity,
      kind: said?.kind?.value ?? segment.kind,
    };
  });
  return [{ voice_id: first.voiceId, sentiment_said, kind_said, ...deriveVerdict(verdicts) }];
}
