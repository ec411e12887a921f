import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { PIPELINE_EPOCH } from "../epoch.ts";
import { KizukiError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { Outcome } from "../outcome.ts";
import {
  type EncodedSegment,
  ReencodedVoice,
  RetaggedVoice,
  type TopicTag,
} from "../schema/enriched-record.ts";
import { EmbeddedLog } from "../streams/embedded-log.ts";
import { query } from "../warehouse/query.ts";
import { publishTags } from "./publish-tags.ts";
import { reencodedVoice } from "./reencode-voices.ts";
import { groupByVoice, StoredSegmentRow, tiedTo } from "./stored-voice.ts";
import type { StoredSegment } from "./worker-messages.ts";
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
    super(`文「${text.slice(0, 40)}」のタグを付け直せません（${reason}）。何も変えていません。`);
  }
}

/**
 * Gives every stored voice whose vectors are of the config's encoder its topics anew, or all that heads decide, from its
 * words and those vectors: nothing is encoded. What a person confirmed stays, and so do the tags of voices with vectors of
 * another encoder, which no head may score.
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
  options: RetagOptions,
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

type RetagOptions = {
  readonly taxonomies: readonly string[];
  /** Whether sentiment, kind, emotions, intensity and harm are given anew as well. */
  readonly all: boolean;
  readonly advance: (segments: number) => void;
};

const SPOOL = "retagged";

const Frame = z.array(z.union([RetaggedVoice, ReencodedVoice]));

async function* framesOf(spool: EmbeddedLog): AsyncGenerator<z.infer<typeof Frame>> {
  for await (const { records } of spool.readFrom(0)) yield Frame.parse(records);
}

async function tagAll(
  { warehouse, encoder: readEncoder }: Home,
  pool: WorkerPool,
  { taxonomies, all, advance, spool }: RetagOptions & { readonly spool: EmbeddedLog },
): Promise<number> {
  const by = { encoder: readEncoder().id, taxonomies: [...taxonomies] };
  let count = 0;
  for (let after = -1; ; ) {
    const params = { encoder: by.encoder, after, limit: PAGE_SEGMENTS };
    const file = "questions/segments_to_retag.sql";
    const page = await query(warehouse.reader, file, params, StoredRow);
    const last = page.at(-1);
    if (last === undefined) return count;
    after = last.segment_id;
    const records = all
      ? await classifyPage(page, by, (segments) => pool.reclassify(segments))
      : await retagPage(page, by, (segments) => pool.retag(segments));
    await spool.append(records, {});
    count += page.length;
    advance(page.length);
  }
}

type By = Pick<RetaggedVoice, "encoder" | "taxonomies">;

async function retagPage(
  page: readonly StoredRow[],
  by: By,
  ask: Ask<TopicTag[]>,
): Promise<RetaggedVoice[]> {
  return (await answerPage(page, ask)).map((voice) => {
    const segments = voice.map(({ answer }) =>
      answer.filter(({ taxonomy }) => by.taxonomies.includes(taxonomy)),
    );
    return { status: "retagged", ...tiedTo(voice[0].row), ...by, epoch: PIPELINE_EPOCH, segments };
  });
}

/** The record of a voice that was encoded anew, with the vectors that it has. */
async function classifyPage(
  page: readonly StoredRow[],
  by: By,
  ask: Ask<EncodedSegment>,
): Promise<ReencodedVoice[]> {
  return (await answerPage(page, ask)).map((voice) =>
    reencodedVoice(
      voice[0].row,
      voice.map(({ answer }) => answer),
      by,
    ),
  );
}

type Ask<Answer> = (segments: readonly StoredSegment[]) => Promise<Outcome<Answer>[]>;

async function answerPage<Answer>(page: readonly StoredRow[], ask: Ask<Answer>) {
  const chunks: Promise<Outcome<Answer>[]>[] = [];
  for (let start = 0; start < page.length; start += CHUNK_SEGMENTS) {
    const segments = page.slice(start, start + CHUNK_SEGMENTS);
    chunks.push(ask(segments.map(({ text, vector }) => ({ text, vector }))));
  }
  const answers = (await Promise.all(chunks)).flat().map((answer, index) => {
    if (answer.status === "ok") return answer.value;
    throw new RetagError(page[index]?.text ?? "", answer.reason);
  });
  return groupByVoice(page, answers);
}
