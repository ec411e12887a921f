import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { hasGrave } from "../../models/taxonomy.ts";
import { PIPELINE_EPOCH } from "../epoch.ts";
import { KizukiError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { Outcome } from "../outcome.ts";
import {
  type EncodedSegment,
  ReencodedVoice,
  RetaggedVoice,
  Sentiment,
} from "../schema/enriched-record.ts";
import { EmbeddedLog } from "../streams/embedded-log.ts";
import { query } from "../warehouse/query.ts";
import { publishTags } from "./publish-tags.ts";
import { reencodedVoice } from "./reencode-voices.ts";
import { type AnsweredVoice, groupByVoice, StoredSegmentRow, tiedTo } from "./stored-voice.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** Segments read at once: enough to keep all cores at work, few enough for memory. */
const PAGE_SEGMENTS = 8192;
/** Segments that a worker gets at once. */
const CHUNK_SEGMENTS = 256;

const StoredRow = StoredSegmentRow.extend({
  sentiment: Sentiment.nullable(),
  vector: z.instanceof(Uint8Array),
});
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
 * All is decided anew as well for a voice with a grave topic whose sentence has another sentiment than it would be given
 * now: a desk's offset, be it one of long ago, may have hidden it while the topic was none, see `tagReading`.
 *
 * The answers wait in a file until the last is there, so that a failure changes nothing; then they go through
 * `voc.enriched` as all that the warehouse holds. A kill in these last moments leaves each voice either as it was or
 * tagged anew; the same command again tags the rest.
 *
 * @returns how many segments went through, and, where topics alone are asked for, of how many the sentiment is another one now
 */
export async function retagSegments(
  home: Home,
  pool: WorkerPool,
  options: RetagOptions,
): Promise<Retagged> {
  const root = join(home.config.home, "tmp");
  await rm(join(root, SPOOL), { recursive: true, force: true });
  const spool = await EmbeddedLog.open({ name: SPOOL, root });
  try {
    const retagged = await tagAll(home, pool, { ...options, spool });
    // No report is frozen between the first voice and the last.
    await home.reportInTurn(() => publishTags(home, framesOf(spool)));
    return retagged;
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

export type Retagged = { readonly segments: number; readonly sentiments: number };

const SPOOL = "retagged";

const Frame = z.array(z.union([RetaggedVoice, ReencodedVoice]));

async function* framesOf(spool: EmbeddedLog): AsyncGenerator<z.infer<typeof Frame>> {
  for await (const { records } of spool.readFrom(0)) yield Frame.parse(records);
}

async function tagAll(
  { config, warehouse, encoder: readEncoder }: Home,
  pool: WorkerPool,
  { taxonomies, all, advance, spool }: RetagOptions & { readonly spool: EmbeddedLog },
): Promise<Retagged> {
  const by = { encoder: readEncoder().id, taxonomies: [...taxonomies] };
  const known = config.taxonomies.map(findTaxonomy);
  const hasOtherSentiment = ({ row, answer }: Answered) =>
    !all && row.sentiment !== answer.sentiment && hasGrave(known, answer.topics);
  const done = { segments: 0, sentiments: 0 };
  for (let after = -1; ; ) {
    const params = { encoder: by.encoder, after, limit: PAGE_SEGMENTS };
    const file = "questions/segments_to_retag.sql";
    const page = await query(warehouse.reader, file, params, StoredRow);
    const last = page.at(-1);
    if (last === undefined) return done;
    after = last.segment_id;
    const voices = await answerPage(page, pool);
    const records = voices.map((voice) =>
      all || voice.some(hasOtherSentiment)
        ? reclassifiedVoice(voice, by)
        : retaggedVoice(voice, by),
    );
    await spool.append(records, {});
    done.segments += page.length;
    done.sentiments += voices.flat().filter(hasOtherSentiment).length;
    advance(page.length);
  }
}

type By = Pick<RetaggedVoice, "encoder" | "taxonomies">;
type Voice = AnsweredVoice<StoredRow, EncodedSegment>;
type Answered = Voice[number];

function retaggedVoice(voice: Voice, by: By): RetaggedVoice {
  const segments = voice.map(({ answer }) =>
    answer.topics.filter(({ taxonomy }) => by.taxonomies.includes(taxonomy)),
  );
  return { status: "retagged", ...tiedTo(voice[0].row), ...by, epoch: PIPELINE_EPOCH, segments };
}

/** The record of a voice that was encoded anew, with the vectors that it has. */
function reclassifiedVoice(voice: Voice, by: By): ReencodedVoice {
  const answers = voice.map(({ answer }) => answer);
  return reencodedVoice(voice[0].row, answers, by);
}

async function answerPage(page: readonly StoredRow[], pool: WorkerPool): Promise<Voice[]> {
  const chunks: Promise<Outcome<EncodedSegment>[]>[] = [];
  for (let start = 0; start < page.length; start += CHUNK_SEGMENTS) {
    const segments = page.slice(start, start + CHUNK_SEGMENTS);
    chunks.push(pool.reclassify(segments.map(({ text, vector }) => ({ text, vector }))));
  }
  const answers = (await Promise.all(chunks)).flat().map((answer, index) => {
    if (answer.status === "ok") return answer.value;
    throw new RetagError(page[index]?.text ?? "", answer.reason);
  });
  return groupByVoice(page, answers);
}
