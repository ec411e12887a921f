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
import { revisionRow, voiceRows } from "../../pipeline/warehouse/voice-rows.ts";
import { KEYS } from "../support/kafka/sample-records.ts";

/** Records that are enriched by real models, and how often each stands in the stream under another id. */
const REAL = 2000;
const TIMES = 20;

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
  const open = (name: string) => openWarehouse(join(folder, `${name}.duckdb`));
  const rate = async (name: string, work: (warehouse: Warehouse) => Promise<void>) => {
    const warehouse = await open(name);
    const startMs = performance.now();
    const begin = process.cpuUsage();
    await work(warehouse);
    const { user, system } = process.cpuUsage(begin);
    const perSecond = (records.length * 1000) / (performance.now() - startMs);
    const perProcessorSecond = (records.length * 1e6) / (user + system);
    return { warehouse, rate: { perSecond, perProcessorSecond } };
  };
  const appended = await rate("appender", (warehouse) => appendAll(warehouse, records));
  const tables = [
    "voices",
    "voice_revisions",
    "segments",
    "segment_topics",
    "terms",
    "segment_terms",
    "vectors",
  ];
  const fileOf = (table: string) => join(folder, `${table}.parquet`);
  for (const table of tables)
    await appended.warehouse.connection.run(`copy ${table} to '${fileOf(table)}' (format parquet)`);
  appended.warehouse.close();
  const inserted = await rate("parquet", async (warehouse) => {
    await warehouse.transaction(async () => {
      for (const table of tables)
        await warehouse.connection.run(`insert into ${table} select * from '${fileOf(table)}'`);
    });
  });
  inserted.warehouse.close();
  const embedded = await rate("embedded", async (warehouse) => {
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
  });
  embedded.warehouse.close();
  const loaded = await rate("kafka", async (warehouse) => {
    const loader = await Loader.open(warehouse, silentMeasures);
    const stream = await StreamLoader.start(settings, { warehouse, loader, keys: KEYS });
    await stream.caughtUp();
    await stream.close();
  });
  loaded.warehouse.close();
  return {
    kafka: loaded.rate,
    embedded: embedded.rate,
    appender: appended.rate,
    parquet: inserted.rate,
  };
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
      const rows = voiceRows(placed, ids);
      await appendRows(connection, "voices", rows.voices);
      await appendRows(connection, "voice_revisions", placed.map(revisionRow));
      await appendRows(connection, "segments", rows.segments);
      await appendRows(connection, "segment_topics", rows.segment_topics);
      await appendRows(connection, "terms", rows.terms);
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
