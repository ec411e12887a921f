import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { PIPELINE_EPOCH } from "../epoch.ts";
import { KizukiError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { Outcome } from "../outcome.ts";
import { RetaggedVoice, type TopicTag } from "../schema/enriched-record.ts";
import { EmbeddedLog } from "../streams/embedded-log.ts";
import { query } from "../warehouse/query.ts";
import { publishTags } from "./publish-tags.ts";
import { type AnsweredVoice, groupByVoice, StoredSegmentRow, tiedTo } from "./stored-voice.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** Segments read at once: enough to keep all cores at work, few enough for memory. */
const PAGE_SEGMENTS = 8192;
/** Segments that a worker gets at once. */
const CHUNK_SEGMENTS = 256;

const StoredRow = StoredSegmentRow.extend({ vector: z.instanceof(Uint8Array) });
type StoredRow = z.infer<typeof StoredRow>;

/** One segment without an answer undoes all: history would be tagged by two taxonomies. */
class RetagError extends KizukiError {
  readonly code = "KIZUKI_RETAG";

  constructor(text: string, reason: string) {
    super(`文「${text.slice(0, 40)}」の話題を付け直せません（${reason}）。何も変えていません。`);
  }
}

/**
 * Gives every stored voice whose vectors are of the config's encoder its topics anew, from its words and those vectors:
 * nothing is encoded. What a person confirmed stays, and so do the topics of voices with vectors of another encoder,
 * which no head may score.
 *
 * The answers wait in a file until the last is there, so that a failure changes nothing; then they go through
 * `voc.enriched` as all that the warehouse holds. A kill in these last moments leaves each voice either as it was or
 * tagged anew; the same command again tags the rest.
 *
 * @returns how many segments went through
 */
export async function retagSegments(
  home: Home,
  pool: WorkerPool,
  options: { readonly taxonomy: string; readonly advance: (segments: number) => void },
): Promise<number> {
  const root = join(home.config.home, "tmp");
  await rm(join(root, SPOOL), { recursive: true, force: true });
  const spool = await EmbeddedLog.open({ name: SPOOL, root });
  try {
    const count = await tagAll(home, pool, { ...options, spool });
    // No report is frozen between the first voice and the last.
    await home.reportInTurn(() => publishTags(home, framesOf(spool)));
    return count;
  } finally {
    await spool.close();
    await rm(join(root, SPOOL), { recursive: true, force: true });
  }
}

const SPOOL = "retagged";

async function* framesOf(spool: EmbeddedLog): AsyncGenerator<RetaggedVoice[]> {
  for await (const { records } of spool.readFrom(0)) yield z.array(RetaggedVoice).parse(records);
}

async function tagAll(
  { warehouse, encoder: readEncoder }: Home,
  pool: WorkerPool,
  {
    taxonomy,
    advance,
    spool,
  }: { taxonomy: string; advance: (segments: number) => void; spool: EmbeddedLog },
): Promise<number> {
  const encoder = readEncoder().id;
  let count = 0;
  for (let after = -1; ; ) {
    const params = { encoder, after, limit: PAGE_SEGMENTS };
    const file = "questions/segments_to_retag.sql";
    const page = await query(warehouse.reader, file, params, StoredRow);
    const last = page.at(-1);
    if (last === undefined) return count;
    after = last.segment_id;
    const voices = groupByVoice(page, await retagPage(pool, page));
    const records = voices.map((voice) => retagged(voice, { encoder, taxonomy }));
    await spool.append(records, {});
    count += page.length;
    advance(page.length);
  }
}

async function retagPage(
  pool: WorkerPool,
  page: readonly StoredRow[],
): Promise<Outcome<TopicTag[]>[]> {
  const chunks: Promise<Outcome<TopicTag[]>[]>[] = [];
  for (let start = 0; start < page.length; start += CHUNK_SEGMENTS) {
    const segments = page.slice(start, start + CHUNK_SEGMENTS);
    chunks.push(pool.retag(segments.map(({ text, vector }) => ({ text, vector }))));
  }
  return (await Promise.all(chunks)).flat();
}

function retagged(
  voice: AnsweredVoice<StoredRow, Outcome<TopicTag[]>>,
  { encoder, taxonomy }: { readonly encoder: string; readonly taxonomy: string },
): RetaggedVoice {
  const segments = voice.map(({ row, answer }) => {
    if (answer.status !== "ok") throw new RetagError(row.text, answer.reason);
    return answer.value.filter((tag) => tag.taxonomy === taxonomy);
  });
  const tied = { ...tiedTo(voice[0].row), encoder, taxonomies: [taxonomy], epoch: PIPELINE_EPOCH };
  return { status: "retagged", ...tied, segments };
}
