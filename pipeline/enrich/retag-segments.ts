import { z } from "zod";
import { PIPELINE_EPOCH } from "../epoch.ts";
import { KizukiError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { TopicTag } from "../schema/enriched-record.ts";
import { query } from "../warehouse/query.ts";
import { replaceMachineTopics } from "../warehouse/replace-machine-topics.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** Segments read at once: enough to keep all cores at work, few enough for memory. */
const PAGE_SEGMENTS = 8192;
/** Segments that a worker gets at once. */
const CHUNK_SEGMENTS = 256;

const StoredRow = z.strictObject({
  segment_id: z.number(),
  voice_id: z.string(),
  text: z.string(),
  vector: z.instanceof(Uint8Array),
});
type StoredRow = z.infer<typeof StoredRow>;

/** One segment without an answer undoes all: its old tags would be gone. */
class RetagError extends KizukiError {
  readonly code = "KIZUKI_RETAG";

  constructor(text: string, reason = "no answer") {
    super(`文「${text.slice(0, 40)}」の話題を付け直せません（${reason}）。何も変えていません。`);
  }
}

export type Retagged = { readonly segment: StoredRow; readonly topics: readonly TopicTag[] };

/**
 * Gives every stored segment whose vector is of the config's encoder its topics anew, from its words and that
 * vector: nothing is encoded. All of them or none; what a person confirmed stays, and so do the topics of segments
 * with a vector of another encoder, which no head may score.
 *
 * @returns how many segments went through
 */
export async function retagSegments(
  home: Home,
  pool: WorkerPool,
  options: { readonly taxonomy: string; readonly advance: (segments: number) => void },
): Promise<number> {
  const encoder = home.encoder().id;
  let count = 0;
  const pages = async function* (): AsyncGenerator<Retagged[]> {
    for (let after = -1; ; ) {
      const params = { encoder, after, limit: PAGE_SEGMENTS };
      const page = await query(
        home.warehouse.reader,
        "questions/segments_to_retag.sql",
        params,
        StoredRow,
      );
      const last = page.at(-1);
      if (last === undefined) return;
      after = last.segment_id;
      yield await retagPage(pool, page, options.taxonomy);
      count += page.length;
      options.advance(page.length);
    }
  };
  await replaceMachineTopics(home.warehouse, {
    taxonomy: options.taxonomy,
    encoder,
    epoch: PIPELINE_EPOCH,
    pages: pages(),
  });
  return count;
}

async function retagPage(
  pool: WorkerPool,
  page: readonly StoredRow[],
  taxonomy: string,
): Promise<Retagged[]> {
  const chunks: Promise<Retagged[]>[] = [];
  for (let start = 0; start < page.length; start += CHUNK_SEGMENTS) {
    const segments = page.slice(start, start + CHUNK_SEGMENTS);
    chunks.push(
      pool.retag(segments.map(({ text, vector }) => ({ text, vector }))).then((outcomes) =>
        segments.map((segment, index) => {
          const outcome = outcomes[index];
          if (outcome?.status !== "ok") throw new RetagError(segment.text, outcome?.reason);
          return { segment, topics: outcome.value.filter((tag) => tag.taxonomy === taxonomy) };
        }),
      ),
    );
  }
  return (await Promise.all(chunks)).flat();
}
