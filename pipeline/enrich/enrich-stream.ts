import type { Clock } from "../clock.ts";
import { PIPELINE_EPOCH } from "../epoch.ts";
import { type Measures, silentMeasures } from "../measures.ts";
import type { DeadLetter } from "../schema/dead-letter.ts";
import type { EnrichedRecord } from "../schema/enriched-record.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { BrokerWatch, countUndone } from "../streams/broker-watch.ts";
import { readCommitted, readWatermarks, withAdmin } from "../streams/kafka-admin.ts";
import type { KafkaLog } from "../streams/kafka-client.ts";
import { type BehindChunk, type Chunk, KafkaConsumer } from "../streams/kafka-consumer.ts";
import { KafkaProducer } from "../streams/kafka-producer.ts";
import type { KafkaSettings } from "../streams/kafka-settings.ts";
import { readRawChunk } from "../streams/read-raw-chunk.ts";
import { refuseLoss } from "../streams/refuse-loss.ts";
import type { SealingKeys } from "../streams/seal-message.ts";
import { undoneHeader } from "../streams/undone-header.ts";
import {
  datedLetters,
  type EnrichedRecords,
  enrichRecords,
  tellMeasures,
} from "./enrich-records.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** All workers share one group: each partition of `voc.raw` is read by one of them. */
export const ENRICH_GROUP = "kizuki-enrich";

/** Enough for each process of a worker to have a chunk, few enough that a rebalance waits a second. */
const CHUNK_RECORDS = 128;

export type EnrichOptions = {
  readonly keys: SealingKeys;
  readonly pool: WorkerPool;
  /** The pool's, see `calibrationMark`. */
  readonly calibration: string;
  readonly clock: Clock;
  /** Partitions worked on at the same time; where fewer have records, the next chunk of one is begun. */
  readonly concurrency: number;
  readonly measures?: Measures;
  /** Named points of the way, for the test that kills there. */
  readonly stage?: (name: "enriched" | "published") => void;
  readonly log?: KafkaLog;
};

export type StreamWorker = {
  /** Rejects when it has ended for good. */
  readonly failed: Promise<never>;
  /** Records that wait for this very worker; undefined where no broker answers soon. */
  lag(): Promise<number | undefined>;
  close(): Promise<void>;
};

/**
 * One worker: `voc.raw` in, `voc.enriched` and `voc.dead` out, then the offset. A kill between the two brings records
 * twice, which the loader removes; nothing is lost.
 *
 * @throws StreamLossError where records were deleted before any worker had read them
 */
export async function enrichStream(
  settings: KafkaSettings,
  options: EnrichOptions,
): Promise<StreamWorker> {
  const partitions = await refuseLostRaw(settings);
  const { keys, log, concurrency } = options;
  const producer = await KafkaProducer.connect(settings, { keys, ...(log && { log }) });
  try {
    const consumer = await KafkaConsumer.start(settings, {
      groupId: ENRICH_GROUP,
      streams: ["voc.raw"],
      concurrency,
      note: options.calibration,
      partitions,
      chunkRecords: CHUNK_RECORDS,
      handle: enrichAhead(producer, options),
      ...(log && { log }),
    });
    const watch = new BrokerWatch(settings, { streams: ["voc.raw"], groupId: ENRICH_GROUP });
    return {
      failed: consumer.failed,
      async lag() {
        const state = await watch.state();
        // What stands in other partitions is for other workers.
        return state && countUndone(state, state.committed, (place) => consumer.places.has(place));
      },
      async close() {
        await consumer.close();
        await watch.close();
        await producer.close();
      },
    };
  } catch (cause) {
    await producer.close();
    throw cause;
  }
}

/** @returns how many partitions there are */
async function refuseLostRaw(settings: KafkaSettings): Promise<number> {
  return await withAdmin(settings, "voc.raw を調べられません", async (admin) => {
    const committed = await readCommitted(admin, ENRICH_GROUP, ["voc.raw"]);
    const watermarks = await readWatermarks(admin, ["voc.raw"]);
    refuseLoss(committed, watermarks);
    return watermarks.size;
  });
}

/** The next chunk of a partition is enriched while this one is published and committed, where processes would be idle. */
function enrichAhead(producer: KafkaProducer, options: EnrichOptions) {
  const { keys, pool, concurrency } = options;
  // Weak: a chunk that went to another worker is asked for no more.
  const begun = new WeakMap<Chunk, Promise<EnrichedRecords>>();
  let enriching = 0;
  const enrich = async (chunk: Chunk): Promise<EnrichedRecords> => {
    enriching += 1;
    try {
      return await enrichRecords(pool, readUnsealed(chunk, keys));
    } finally {
      enriching -= 1;
    }
  };
  return async (chunk: Chunk, behind: BehindChunk): Promise<void> => {
    const results = begun.get(chunk) ?? enrich(chunk);
    if (behind.following !== undefined && enriching < concurrency) {
      const ahead = enrich(behind.following);
      // A failure is seen when its turn comes; until then it must not count as unhandled.
      ahead.catch(() => undefined);
      begun.set(behind.following, ahead);
    }
    await publishChunk(results, behind.records, producer, options);
  };
}

async function publishChunk(
  enriching: Promise<EnrichedRecords>,
  undone: () => number,
  producer: KafkaProducer,
  { clock, measures = silentMeasures, stage = () => undefined }: EnrichOptions,
): Promise<void> {
  const end = measures.batchBegun("enrich");
  try {
    const results = await enriching;
    stage("enriched");
    const refused = await publish(producer, results, undone(), clock);
    stage("published");
    tellMeasures(measures, results);
    if (refused > 0) measures.died("enrich", refused);
  } finally {
    end();
  }
}

/** The bytes of what is no record stay where they are: in voc.raw, at that place. */
export function readUnsealed(chunk: Chunk, keys: SealingKeys): RawRecord[] {
  return readRawChunk(chunk, keys, {
    bytesOf: () => "",
    otherKey: `別の鍵で封がされています（この鍵の印: ${keys.fingerprint}）。kizuki serve と同じ鍵を、鍵のファイルか KIZUKI_MASTER_KEY で渡してください。何も進めていません。`,
  });
}

/** Dead letters too stand in `voc.enriched`, as coordinates that are counted. @returns how many were too large */
async function publish(
  producer: KafkaProducer,
  results: EnrichedRecords,
  undone: number,
  clock: Clock,
): Promise<number> {
  const letters = datedLetters(results, clock());
  if (letters.length > 0) await producer.publish("voc.dead", letters);
  const outcomes = await producer.publish("voc.enriched", results.enriched, undoneHeader(undone));
  const refused = results.enriched.filter((_, index) => outcomes[index]?.status === "reject");
  if (refused.length > 0) await publishRefused(producer, refused, clock);
  return refused.length;
}

/** What enrichment made larger than any broker takes. */
async function publishRefused(
  producer: KafkaProducer,
  refused: readonly EnrichedRecord[],
  clock: Clock,
): Promise<void> {
  const reason = "too large";
  const at = clock().toISOString();
  const letters = refused.map(
    (record): DeadLetter => ({
      ...placeOf(record),
      step: "enrich",
      reason,
      epoch: PIPELINE_EPOCH,
      at,
    }),
  );
  const enriched = refused.map(
    (record): EnrichedRecord => ({ status: "dead", ...placeOf(record), reason }),
  );
  await producer.publish("voc.dead", letters);
  await producer.publish("voc.enriched", enriched);
}

function placeOf(record: EnrichedRecord): Pick<DeadLetter, "origin" | "retry"> {
  const { origin } = record;
  return "retry" in record ? { origin, retry: record.retry } : { origin };
}
