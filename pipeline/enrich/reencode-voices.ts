import { z } from "zod";
import { hasTopicHead } from "../../models/find-head.ts";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { PIPELINE_EPOCH } from "../epoch.ts";
import type { Home } from "../home.ts";
import type { Outcome } from "../outcome.ts";
import { goOn } from "../stop.ts";
import { query } from "../warehouse/query.ts";
import { type EncodedVoice, replaceEncoded } from "../warehouse/replace-encoded.ts";
import { deriveVoice } from "./derive-voice.ts";
import type { Encoded, WorkerPool } from "./worker-pool.ts";

/** Voices of one transaction: a few seconds of work, which is the longest that an import waits. */
const PAGE_VOICES = 512;
/** Segments that a worker gets at once. */
const CHUNK_SEGMENTS = 64;

const StaleRow = z.strictObject({
  segment_id: z.number(),
  voice_id: z.string(),
  position: z.number(),
  span_start: z.number(),
  span_end: z.number(),
  received_on: z.string(),
  text: z.string(),
});
type StaleRow = z.infer<typeof StaleRow>;

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
 * Gives every voice whose vectors another encoder made new vectors and tags, a page a transaction. A vector's own
 * encoder is the mark: whoever calls it after a crash goes on where the last page ended. Imports come between pages.
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
    const page = await query(home.warehouse.reader, file, params, StaleRow);
    const outcomes = (await reencodePage(pool, page)).map((outcome) => {
      if (outcome.status !== "ok") return outcome;
      const topics = outcome.value.topics.filter(({ taxonomy }) => taxonomies.includes(taxonomy));
      return { ...outcome, value: { ...outcome.value, topics } };
    });
    const { voices, failed } = groupVoices(page, outcomes);
    await replaceEncoded(home.warehouse, { voices, encoder, taxonomies, epoch: PIPELINE_EPOCH });
    total.voices += voices.length;
    total.failed += failed;
    total.segments += voices.reduce((sum, { segments }) => sum + segments.length, 0);
    if (page.length > 0) {
      events.advance(page.length);
      events.stage("reencoded");
    }
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
  page: readonly StaleRow[],
): Promise<Outcome<Encoded>[]> {
  const chunks: Promise<Outcome<Encoded>[]>[] = [];
  for (let start = 0; start < page.length; start += CHUNK_SEGMENTS) {
    const texts = page.slice(start, start + CHUNK_SEGMENTS).map(({ text }) => text);
    chunks.push(pool.reencode(texts));
  }
  return (await Promise.all(chunks)).flat();
}

/** A voice with one segment that could not be read stays whole as it was. */
function groupVoices(page: readonly StaleRow[], outcomes: readonly Outcome<Encoded>[]) {
  const groups = new Map<string, { row: StaleRow; outcome: Outcome<Encoded> | undefined }[]>();
  for (const [index, row] of page.entries()) {
    const group = groups.get(row.voice_id) ?? [];
    group.push({ row, outcome: outcomes[index] });
    groups.set(row.voice_id, group);
  }
  const voices: EncodedVoice[] = [];
  for (const [voiceId, group] of groups) {
    const segments = group.flatMap(({ row, outcome }) =>
      outcome?.status === "ok" ? [placed(row, outcome.value)] : [],
    );
    const receivedOn = group[0]?.row.received_on;
    if (receivedOn === undefined || segments.length < group.length) continue;
    voices.push({ voiceId, receivedOn, segments, derived: deriveVoice(segments) });
  }
  return { voices, failed: groups.size - voices.length };
}

function placed(row: StaleRow, encoded: Encoded): EncodedVoice["segments"][number] {
  const { segment_id: id, position, text, span_start: start, span_end: end } = row;
  return { ...encoded, id, position, text, start, end };
}
