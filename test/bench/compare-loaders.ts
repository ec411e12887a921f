import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { v5 } from "uuid";
import type { Config } from "../../pipeline/config.ts";
import { enrichRecords } from "../../pipeline/enrich/enrich-records.ts";
import { workerSettings } from "../../pipeline/enrich/worker-messages.ts";
import { WorkerPool } from "../../pipeline/enrich/worker-pool.ts";
import { StreamLoader } from "../../pipeline/load-streams.ts";
import { silentMeasures } from "../../pipeline/measures.ts";
import type { EnrichedRecord } from "../../pipeline/schema/enriched-record.ts";
import type { RawRecord } from "../../pipeline/schema/raw-record.ts";
import { KafkaProducer } from "../../pipeline/streams/kafka-producer.ts";
import type { KafkaSettings } from "../../pipeline/streams/kafka-settings.ts";
import { appendRows } from "../../pipeline/warehouse/append-rows.ts";
import { BATCH_RECORDS, Loader } from "../../pipeline/warehouse/loader.ts";
import { openWarehouse, type Warehouse } from "../../pipeline/warehouse/open-warehouse.ts";
import {
  ownersOfBatch,
  revisionRows,
  termRows,
  voiceRows,
} from "../../pipeline/warehouse/voice-rows.ts";
import { KEYS } from "../support/kafka/sample-records.ts";
import { middleOf } from "./rate.ts";

/** Records that are enriched by real models, and how often each stands in the stream under another id. */
const REAL = 2000;
const TIMES = 20;
/** Of each way, in turns; what counts is the middle one. INSERT … SELECT takes a third of a second, so one run says little. */
const ROUNDS = 5;

type Ok = Extract<EnrichedRecord, { status: "ok" }>;
export type LoaderRates = {
  readonly kafka: LoaderRate;
  readonly embedded: LoaderRate;
  readonly appender: LoaderRate;
  readonly parquet: LoaderRate;
};

export type LoaderRate = {
  /** Voices a second, by the clock. */
  readonly perSecond: number;
  /** The same by this process's processor time: voices for each second of it. */
  readonly perProcessorSecond: number;
};

/** Loads the same voices by Kafka, from memory, by the appender without removing duplicates, and by DuckDB from Parquet. */
export async function compareLoaders(
  settings: KafkaSettings,
  {
    config,
    raw,
    folder,
  }: { readonly config: Config; readonly raw: readonly RawRecord[]; readonly folder: string },
): Promise<LoaderRates> {
  const records = await makeRecords(config, raw);
  const producer = await KafkaProducer.connect(settings, { keys: KEYS });
  await producer.publish("voc.enriched", records);
  await producer.close();
  const fileOf = (table: string) => join(folder, `${table}.parquet`);
  const tables = [
    "voices",
    "voice_revisions",
    "segments",
    "segment_topics",
    "terms",
    "segment_terms",
    "vectors",
  ];
  await inWarehouse(folder, async (warehouse) => {
    await appendAll(warehouse, records);
    for (const table of tables)
      await warehouse.connection.run(`copy ${table} to '${fileOf(table)}' (format parquet)`);
  });
  const ways: Record<keyof LoaderRates, (warehouse: Warehouse) => Promise<void>> = {
    appender: (warehouse) => appendAll(warehouse, records),
    embedded: (warehouse) => loadAll(warehouse, records),
    parquet: (warehouse) =>
      warehouse.transaction(async () => {
        for (const table of tables)
          await warehouse.connection.run(`insert into ${table} select * from '${fileOf(table)}'`);
      }),
    kafka: async (warehouse) => {
      const loader = await Loader.open(warehouse, silentMeasures);
      const stream = await StreamLoader.start(settings, { warehouse, loader, keys: KEYS });
      await stream.caughtUp();
      await stream.close();
    },
  };
  const rates: Record<keyof LoaderRates, LoaderRate[]> = {
    kafka: [],
    embedded: [],
    appender: [],
    parquet: [],
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of LOADER_WAYS) {
      const work = (warehouse: Warehouse) => rateOf(records.length, () => ways[way](warehouse));
      rates[way].push(await inWarehouse(folder, work));
    }
  }
  return {
    appender: middle(rates.appender),
    embedded: middle(rates.embedded),
    parquet: middle(rates.parquet),
    kafka: middle(rates.kafka),
  };
}

const LOADER_WAYS = ["appender", "embedded", "parquet", "kafka"] as const;

/** An empty one that is gone afterwards. */
async function inWarehouse<T>(
  folder: string,
  work: (warehouse: Warehouse) => Promise<T>,
): Promise<T> {
  const own = mkdtempSync(join(folder, "load-"));
  const warehouse = await openWarehouse(join(own, "warehouse.duckdb"));
  try {
    return await work(warehouse);
  } finally {
    warehouse.close();
    rmSync(own, { recursive: true });
  }
}

async function rateOf(voices: number, work: () => Promise<void>): Promise<LoaderRate> {
  const startMs = performance.now();
  const begin = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begin);
  return {
    perSecond: (voices * 1000) / (performance.now() - startMs),
    perProcessorSecond: (voices * 1e6) / (user + system),
  };
}

function middle(rates: readonly LoaderRate[]): LoaderRate {
  return {
    perSecond: middleOf(rates.map(({ perSecond }) => perSecond)),
    perProcessorSecond: middleOf(rates.map(({ perProcessorSecond }) => perProcessorSecond)),
  };
}

async function loadAll(warehouse: Warehouse, records: readonly Ok[]): Promise<void> {
  const loader = await Loader.open(warehouse, silentMeasures);
  for (const [index, batch] of batchesOf(records).entries()) {
    const first = index * BATCH_RECORDS;
    await loader.loadParts([
      {
        stream: "voc.enriched",
        place: "voc.enriched",
        records: batch.map((record, at) => ({ offset: first + at, record })),
        unread: [],
        next: first + batch.length,
      },
    ]);
  }
}

async function makeRecords(config: Config, raw: readonly RawRecord[]): Promise<Ok[]> {
  const pool = new WorkerPool(config.workers, workerSettings(config));
  try {
    const { enriched } = await enrichRecords(pool, raw.slice(0, REAL));
    const real = enriched.filter((record) => record.status === "ok");
    return Array.from({ length: TIMES }, (_, time) =>
      real.map((record) => ({
        ...record,
        origin: { ...record.origin, stream: `${record.origin.stream}:${time}` },
        voice: { ...record.voice, voiceId: v5(String(time), record.voice.voiceId) },
      })),
    ).flat();
  } finally {
    pool.close();
  }
}

async function appendAll(warehouse: Warehouse, records: readonly Ok[]): Promise<void> {
  const ids = { nextSegmentId: 0, nextTermId: 0, termIds: new Map<string, number>() };
  for (const batch of batchesOf(records)) {
    const placed = batch.map((record) => ({ ...record, revision: 1 }));
    await warehouse.transaction(async () => {
      const { connection } = warehouse;
      const ownerOf = ownersOfBatch();
      const terms = termRows(placed, ids);
      const rows = voiceRows(placed, ids, ownerOf);
      await appendRows(connection, "voices", rows.voices);
      await appendRows(connection, "voice_revisions", revisionRows(placed, ownerOf));
      await appendRows(connection, "segments", rows.segments);
      await appendRows(connection, "segment_topics", rows.segment_topics);
      await appendRows(connection, "terms", terms);
      await appendRows(connection, "segment_terms", rows.segment_terms);
      await appendRows(connection, "vectors", rows.vectors);
    });
  }
}

function batchesOf<T>(records: readonly T[]): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < records.length; start += BATCH_RECORDS)
    batches.push(records.slice(start, start + BATCH_RECORDS));
  return batches;
}
