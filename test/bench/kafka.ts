import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Config, loadConfig } from "../../pipeline/config.ts";
import { enrichStream } from "../../pipeline/enrich/enrich-stream.ts";
import { pumpVoices } from "../../pipeline/enrich/pump.ts";
import { workerSettings } from "../../pipeline/enrich/worker-messages.ts";
import { WorkerPool } from "../../pipeline/enrich/worker-pool.ts";
import { type Home, openHome } from "../../pipeline/home.ts";
import { BATCH_RECORDS } from "../../pipeline/intake/read-records.ts";
import { loadSource } from "../../pipeline/intake/source.ts";
import { type Measures, silentMeasures } from "../../pipeline/measures.ts";
import type { RawRecord } from "../../pipeline/schema/raw-record.ts";
import { ensureStreams } from "../../pipeline/streams/ensure-streams.ts";
import type { KafkaSettings } from "../../pipeline/streams/kafka-settings.ts";
import { findKafka, type KafkaJars } from "../support/kafka/jars.ts";
import { KEYS, kafkaSettings } from "../support/kafka/sample-records.ts";
import { KafkaBroker } from "../support/kafka.ts";
import { openOne } from "../support/open-one.ts";
import { sharedFolder } from "../support/temp-folder.ts";
import { compareLoaders, type LoaderRate } from "./compare-loaders.ts";
import { measureDelay, PER_SECOND } from "./measure-delay.ts";
import {
  compareRates,
  describeRate,
  describeRatio,
  middleOf,
  middleRate,
  type Rate,
  ratioOf,
  timeOf,
} from "./rate.ts";
import { warmBroker } from "./warm-broker.ts";

const DEMO = fileURLToPath(new URL("../../pipeline/demo/", import.meta.url));
const FILES = ["2025-07.csv", "2025-08.csv", "2025-09.csv", "2025-10.tsv"];
/**
 * Before what is counted, in every row alike: what compiles while it runs, and what a group does when it is joined. Behind
 * 512 voices a broker and the roles' own code still compile for a third of what they do; those of a user run for days.
 */
const WARM_UP = 3000;
/** Of a broker, besides. */
const WARM_REQUESTS = 1000;
/**
 * Long enough that beginning and end are little of it: a first fetch brings what the first publish wrote, and where all that
 * a fetch brought is done, a worker waits for the last chunk.
 */
const RUN = 9000;
/** Of the two ways that are compared. */
const TURNS = 3;
/** The delay needs the other voices for its twenty seconds. */
const DELAY_WARM_UP = 512;
const SILENT = { advance: () => undefined, stage: () => undefined };
const now = () => new Date("2026-01-05T08:00:00+09:00");

async function readRaw(): Promise<RawRecord[]> {
  const source = await loadSource(join(DEMO, "source.yaml"));
  const records: RawRecord[] = [];
  for (const name of FILES) {
    const path = join(DEMO, "voices", name);
    const file = await openOne(path, { source, identityKey: KEYS.identity });
    for await (const batch of file.records(0)) records.push(...batch);
  }
  return records;
}

function configOf(folder: string, kafka?: KafkaSettings): Config {
  const read = loadConfig({
    home: join(folder, "home"),
    file: join(DEMO, "kizuki.yaml"),
    workingFolder: folder,
  });
  return { ...read, kafka };
}

/** From the hand-over to the warehouse, by the embedded way. */
async function timeEmbedded(records: readonly RawRecord[], workers: number): Promise<Rate> {
  const folder = sharedFolder();
  const home = await openHome(configOf(folder), KEYS, now);
  const pool = new WorkerPool(workers, workerSettings(home.config));
  const run = async (part: readonly RawRecord[]) => {
    for (let start = 0; start < part.length; start += BATCH_RECORDS) {
      await home.streams.raw.append(part.slice(start, start + BATCH_RECORDS), {});
    }
    await pumpVoices(home, pool, SILENT);
  };
  try {
    await run(records.slice(0, WARM_UP));
    return await timeOf(records.slice(WARM_UP, WARM_UP + RUN), run);
  } finally {
    pool.close();
    await home.close();
    rmSync(folder, { recursive: true });
  }
}

/** The same through a Kafka of its own. @param roles processes of `kizuki enrich`, and workers in each */
async function timeKafka(
  jars: KafkaJars,
  records: readonly RawRecord[],
  roles: Roles,
): Promise<Rate> {
  return await withRoles(jars, roles, async (running) => {
    await runThrough(running, records.slice(0, WARM_UP));
    return await timeOf(records.slice(WARM_UP, WARM_UP + RUN), (part) => runThrough(running, part));
  });
}

type Roles = { readonly processes: number; readonly workers: number };

/** A home on Kafka, what its roles have published so far, and when it began to load. */
type Running = {
  readonly home: Home;
  readonly published: () => number;
  readonly loadsMs: readonly number[];
};

async function withBroker<T>(
  jars: KafkaJars,
  work: (settings: KafkaSettings, folder: string) => Promise<T>,
): Promise<T> {
  const broker = new KafkaBroker(jars, { secure: false, quick: false });
  try {
    await broker.start();
    const settings = kafkaSettings({ brokers: broker.brokers, streams: { partitions: 12 } });
    await ensureStreams(settings, { create: true });
    await warmBroker(settings, WARM_REQUESTS);
    return await work(settings, broker.folder);
  } finally {
    await broker.remove();
  }
}

async function withRoles<T>(
  jars: KafkaJars,
  { processes, workers }: Roles,
  work: (running: Running) => Promise<T>,
): Promise<T> {
  return await withBroker(jars, async (kafka, folder) => {
    const config = configOf(folder, kafka);
    const loadsMs: number[] = [];
    const home = await openHome(config, KEYS, now, {
      measures: {
        ...silentMeasures,
        batchBegun: (step) => {
          if (step === "load") loadsMs.push(performance.now());
          return () => undefined;
        },
      },
    });
    const pools = Array.from(
      { length: processes },
      () => new WorkerPool(workers, workerSettings(config)),
    );
    let published = 0;
    const measures: Measures = {
      ...silentMeasures,
      passed: (_, { ok = 0, skip = 0, dead = 0 }) => {
        published += ok + skip + dead;
      },
    };
    const options = {
      ...{ keys: KEYS, clock: now, concurrency: workers + 1, measures },
      calibration: "",
    };
    const roles = await Promise.all(pools.map((pool) => enrichStream(kafka, { ...options, pool })));
    try {
      return await work({ home, published: () => published, loadsMs });
    } finally {
      await Promise.all(roles.map((role) => role.close()));
      for (const pool of pools) pool.close();
      await home.close();
    }
  });
}

/** Asks the roles, not the broker, how far they are: questions would take its time. */
async function runThrough(
  { home: { kafka }, published }: Running,
  part: readonly RawRecord[],
): Promise<void> {
  const until = published() + part.length;
  for (let start = 0; start < part.length; start += BATCH_RECORDS) {
    await kafka?.publishRaw(part.slice(start, start + BATCH_RECORDS));
  }
  while (published() < until) await sleep(20);
  await kafka?.caughtUp();
}

/**
 * The two ways in turns. What else the machine does changes within minutes by as much as they differ, so each is compared
 * with the one beside it, and the middle of the ratios counts.
 *
 * @returns the embedded way's middle one
 */
async function compareWays(jars: KafkaJars, records: readonly RawRecord[]): Promise<Rate> {
  const turns: { embedded: Rate; kafka: Rate }[] = [];
  for (let turn = 1; turn <= TURNS; turn += 1) {
    const embedded = await timeEmbedded(records, 2);
    const kafka = await timeKafka(jars, records, { processes: 1, workers: 2 });
    turns.push({ embedded, kafka });
    console.log(
      `  ${turn} 回目: Kafka なし 毎秒 ${Math.round(embedded.perSecond)} 声、Kafka 毎秒 ${Math.round(kafka.perSecond)} 声  ${describeRatio(ratioOf(kafka, embedded))}`,
    );
  }
  const embedded = middleRate(turns.map((turn) => turn.embedded));
  const ratios = turns.map((turn) => ratioOf(turn.kafka, turn.embedded));
  const ratio = {
    byClock: middleOf(ratios.map(({ byClock }) => byClock)),
    byProcessor: middleOf(ratios.map(({ byProcessor }) => byProcessor)),
  };
  console.log(`Kafka なし（ワーカー 2、基準）: ${describeRate(embedded)}`);
  console.log(
    `Kafka（enrich 一つ、ワーカー 2）: ${describeRate(middleRate(turns.map(({ kafka }) => kafka)))}  基準の ${describeRatio(ratio)}（比の中央値）`,
  );
  return embedded;
}

/** Between the beginnings of transactions. */
function pausesOf(loadsMs: readonly number[]) {
  const pausesMs = loadsMs.slice(1).map((beginMs, index) => beginMs - (loadsMs[index] ?? beginMs));
  return {
    loads: loadsMs.length,
    middleMs: Math.round(middleOf(pausesMs)),
    longestMs: Math.round(Math.max(...pausesMs)),
  };
}

async function bench(jars: KafkaJars): Promise<void> {
  const records = await readRaw();
  console.log(`どの行も、${WARM_UP} 声を先に通してから ${RUN} 声で測ります。`);
  const embedded = await compareWays(jars, records);
  const alone = await timeEmbedded(records, 1);
  console.log(
    `Kafka なし（ワーカー 1）: ${describeRate(alone)}  ワーカー 2 はその ${compareRates(embedded, alone)}`,
  );
  let one: Rate | undefined;
  for (const processes of [1, 2, 4]) {
    const rate = await timeKafka(jars, records, { processes, workers: 1 });
    one ??= rate;
    console.log(
      `Kafka（enrich ${processes} つ、ワーカー各 1）: ${describeRate(rate)}  一つの ${compareRates(rate, one)}、Kafka なし（ワーカー 1）の ${compareRates(rate, alone)}`,
    );
  }
  const rates = await withBroker(jars, (settings, folder) =>
    compareLoaders(settings, { config: configOf(folder), raw: records, folder }),
  );
  for (const [way, rate] of [
    ["Kafka から", rates.kafka],
    ["メモリから", rates.embedded],
  ] as const) {
    const ratio = (reference: LoaderRate) =>
      `${(rate.perSecond / reference.perSecond).toFixed(2)} 倍（CPU 時間では ${(rate.perProcessorSecond / reference.perProcessorSecond).toFixed(2)} 倍）`;
    console.log(
      `読み込み（${way}、重複を除いて）: 毎秒 ${Math.round(rate.perSecond)} 声  除かずに足すだけの ${ratio(rates.appender)}、Parquet からの INSERT … SELECT の ${ratio(rates.parquet)}`,
    );
  }
  await withRoles(jars, { processes: 1, workers: 2 }, async (running) => {
    await runThrough(running, records.slice(0, DELAY_WARM_UP));
    const first = running.loadsMs.length;
    const { p50, p95, p99 } = await measureDelay(running.home, records.slice(DELAY_WARM_UP));
    const { loads, middleMs, longestMs } = pausesOf(running.loadsMs.slice(first));
    console.log(
      `毎秒 ${PER_SECOND} 声での遅れ（渡してから SQL で見えるまで）: p50 ${p50} ms、p95 ${p95} ms、p99 ${p99} ms  読み込み ${loads} 回、始まりの間は中央値 ${middleMs} ms、最長 ${longestMs} ms（遅れに応じて 4000 ms まで集めます）`,
    );
  });
}

const jars = await findKafka();
if (jars !== null) await bench(jars);
