import { z } from "zod";
import { hasTopicHead } from "../../models/find-head.ts";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { PIPELINE_EPOCH } from "../epoch.ts";
import type { Home } from "../home.ts";
import type { Outcome } from "../outcome.ts";
import type { EncodedSegment, ReencodedVoice } from "../schema/enriched-record.ts";
import { goOn } from "../stop.ts";
import { query } from "../warehouse/query.ts";
import { deriveVoice } from "./derive-voice.ts";
import { publishTags } from "./publish-tags.ts";
import { type AnsweredVoice, groupByVoice, StoredSegmentRow, tiedTo } from "./stored-voice.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** Voices of one frame: a few seconds of work, which is the longest that an import waits. */
const PAGE_VOICES = 512;
/** Segments that a worker gets at once. */
const CHUNK_SEGMENTS = 64;

/** @returns how many segments have a vector of another encoder than the config's: no head may score those */
export async function countOtherVectors({
  warehouse,
  encoder,
}: Pick<Home, "warehouse" | "encoder">): Promise<number> {
  const Row = z.strictObject({ segments: z.number().int() });
  const params = { encoder: encoder().id };
  const rows = await query(warehouse.reader, "questions/other_vectors.sql", params, Row);
  return rows[0]?.segments ?? 0;
}

/** @returns the same in voices */
export async function countOtherVoices({
  warehouse,
  encoder,
}: Pick<Home, "warehouse" | "encoder">): Promise<number> {
  const Row = z.strictObject({ voices: z.number().int() });
  const params = { encoder: encoder().id };
  const rows = await query(warehouse.reader, "questions/other_vector_voices.sql", params, Row);
  return rows[0]?.voices ?? 0;
}

/**
 * Names of the config's taxonomies by whether the encoder has a head for them. Where it has none, tags stay as they are:
 * those of the former head are worth more than none, and the rules' are the same.
 */
export function taxonomiesToReencode({ config, encoder }: Pick<Home, "config" | "encoder">) {
  const place = { encoder: encoder(), heads: config.heads };
  const names = config.taxonomies.map((choice) => findTaxonomy(choice).name);
  const tagged = names.filter((name) => hasTopicHead(name, place));
  return { tagged, kept: names.filter((name) => !tagged.includes(name)) };
}

/**
 * Gives every voice whose vectors another encoder made new vectors and tags, a page at a time, through `voc.enriched`
 * as all that the warehouse holds. A vector's own encoder is the mark: whoever calls it after a crash goes on where the
 * last page ended. Imports come between pages.
 *
 * @returns voices and segments that went through, and the voices that no worker could read, which stay as they were
 */
export async function reencodeVoices(
  home: Home,
  pool: WorkerPool,
  events: { advance(segments: number): void; stage(name: "reencoded"): void },
): Promise<{ voices: number; segments: number; failed: number }> {
  const encoder = home.encoder().id;
  const { tagged: taxonomies } = taxonomiesToReencode(home);
  const total = { voices: 0, segments: 0, failed: 0 };
  const nextPage = async (after: number): Promise<number | undefined> => {
    const params = { encoder, after, limit: PAGE_VOICES };
    const file = "questions/segments_to_reencode.sql";
    const page = await query(home.warehouse.reader, file, params, StoredSegmentRow);
    if (page.length === 0) return undefined;
    const voices = groupByVoice(page, await reencodePage(pool, page));
    // A voice with one segment that could not be read stays whole as it was.
    const records = voices.flatMap((voice) => reencoded(voice, { encoder, taxonomies }));
    if (records.length > 0) await publishTags(home, [records]);
    total.voices += records.length;
    total.failed += voices.length - records.length;
    total.segments += records.reduce((sum, { segments }) => sum + segments.length, 0);
    events.advance(page.length);
    events.stage("reencoded");
    return page.at(-1)?.segment_id;
  };
  // Within a turn nobody replaces the voices that were read.
  for (let after: number | undefined = -1; after !== undefined; ) {
    const from: number = after;
    goOn(home.stop);
    after = await home.intakeInTurn(() => nextPage(from));
  }
  return total;
}

async function reencodePage(
  pool: WorkerPool,
  page: readonly StoredSegmentRow[],
): Promise<Outcome<EncodedSegment>[]> {
  const chunks: Promise<Outcome<EncodedSegment>[]>[] = [];
  for (let start = 0; start < page.length; start += CHUNK_SEGMENTS) {
    const texts = page.slice(start, start + CHUNK_SEGMENTS).map(({ text }) => text);
    chunks.push(pool.reencode(texts));
  }
  return (await Promise.all(chunks)).flat();
}

/** @returns the voice's record; none where a segment could not be read */
function reencoded(
  voice: AnsweredVoice<StoredSegmentRow, Outcome<EncodedSegment>>,
  by: Pick<ReencodedVoice, "encoder" | "taxonomies">,
): ReencodedVoice[] {
  const segments = voice.flatMap(({ answer }) => (answer.status === "ok" ? [answer.value] : []));
  return segments.length < voice.length ? [] : [reencodedVoice(voice[0].row, segments, by)];
}

/** @param row any of the voice; @param segments all of it, in order */
export function reencodedVoice(
  row: StoredSegmentRow,
  segments: readonly EncodedSegment[],
  by: Pick<ReencodedVoice, "encoder" | "taxonomies">,
): ReencodedVoice {
  const own = segments.map((segment) => ({
    ...segment,
    topics: segment.topics.filter(({ taxonomy }) => by.taxonomies.includes(taxonomy)),
  }));
  const tied = { ...tiedTo(row), ...by, epoch: PIPELINE_EPOCH };
  return { status: "reencoded", ...tied, derived: deriveVoice(own), segments: own };
}
