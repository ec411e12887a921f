import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { seededRandom } from "../../../models/random.ts";
import { ENRICH_GROUP } from "../../../pipeline/enrich/enrich-stream.ts";
import { keysFromText } from "../../../pipeline/keys.ts";
import type { RawRecord } from "../../../pipeline/schema/raw-record.ts";
import { ensureStreams } from "../../../pipeline/streams/ensure-streams.ts";
import { readCommitted, readWatermarks, withAdmin } from "../../../pipeline/streams/kafka-admin.ts";
import { KafkaProducer } from "../../../pipeline/streams/kafka-producer.ts";
import { rowsOfHome } from "../home-rows.ts";
import { KafkaBroker } from "../kafka.ts";
import { TEST_KEY } from "../run-kizuki.ts";
import { Supervised } from "../supervised.ts";
import { openKafkaTestHome, writeKafkaConfig } from "./kafka-home.ts";
import { countRecords } from "./read-stream.ts";
import { kafkaSettings, rawRecord } from "./sample-records.ts";

const KEYS = keysFromText(TEST_KEY);
const FILES = 4;

export type Chaos = {
  readonly records: number;
  readonly kills: number;
  readonly seed: number;
  /** How long the broker stays away at its first kill. */
  readonly outageMs: number;
  /** Between two comings and goings of a third worker; none where it is left out. */
  readonly stormMs?: number;
};

export type ChaosResult = {
  readonly rows: Readonly<Record<string, string>>;
  readonly counted: number;
  readonly voices: number;
  readonly killed: readonly string[];
  readonly twiceInRaw: number;
  readonly twiceInEnriched: number;
  readonly secondsToTheEnd: number;
};

/** Records of overlapping files: each repeats the last fifth of the one before. Some cannot be read, some say nothing. */
export function chaosRecords(records: number): RawRecord[] {
  const perFile = records / FILES;
  return Array.from({ length: records }, (_, index) => {
    const file = Math.floor(index / perFile);
    const offset = index % perFile;
    const name = `v${Math.floor(file * perFile * 0.8) + offset}`;
    const stream = `file:${file}`;
    const origin = { stream, source: "test", file: `${file}.csv`, offset, row: offset + 2 };
    if (offset % 97 === 96) return { status: "reject", origin, reason: "bad date", bytes: "x" };
    if (offset % 89 === 88) return { status: "skip", origin, reason: "empty verbatim" };
    return { ...rawRecord(name, `${name}番の声です`), origin };
  });
}

/** The same records without a kill, on a broker of its own, and then with all of it. */
export async function runBoth(
  broker: KafkaBroker,
  chaos: Chaos,
): Promise<{ readonly unkilled: ChaosResult; readonly killed: ChaosResult }> {
  const quiet = new KafkaBroker(broker.jars, { secure: false });
  try {
    await quiet.start();
    const unkilled = await runChaos(quiet, {
      records: chaos.records,
      kills: 0,
      seed: 1,
      outageMs: 0,
    });
    await quiet.kill();
    return { unkilled, killed: await runChaos(broker, chaos) };
  } finally {
    await quiet.remove();
  }
}

/** Records through two workers and a `serve`, while processes and broker are killed; ends when all are loaded. */
async function runChaos(broker: KafkaBroker, chaos: Chaos): Promise<ChaosResult> {
  const settings = kafkaSettings({ brokers: broker.brokers });
  await ensureStreams(settings, { create: true });
  const folder = join(broker.folder, "chaos");
  mkdirSync(folder);
  const home = join(folder, "home");
  const config = writeKafkaConfig(folder, broker.brokers);
  const serve = () =>
    new Supervised(["pipeline/cli/main.ts", "--home", home, "--config", config, "serve"]);
  const order = (name: string) => join(folder, `kill-${name}`);
  const worker = (name: string) =>
    new Supervised(["test/support/kafka/run-worker.ts", JSON.stringify(settings), order(name)]);
  const parts = { serve: serve(), "worker 1": worker("1"), "worker 2": worker("2") };
  const storm =
    chaos.stormMs === undefined ? undefined : startStorm(() => worker("3"), chaos.stormMs);
  const killed: string[] = [];
  let startMs = performance.now();
  try {
    const killAll = killParts(broker, parts, {
      chaos,
      killed,
      orders: { "worker 1": order("1"), "worker 2": order("2") },
    });
    await publishAll(broker, chaos, () => killed.length);
    await killAll;
    startMs = performance.now();
    await storm?.stop();
    await untilEnriched(broker);
  } finally {
    await storm?.stop();
    await Promise.all(Object.values(parts).map((part) => part.stop()));
  }
  const result = await openKafkaTestHome(folder, broker.brokers, { keys: KEYS });
  await result.kafka?.caughtUp();
  const secondsToTheEnd = Math.round((performance.now() - startMs) / 1000);
  const reader = await result.warehouse.reader.runAndReadAll(
    "select (select sum(records)::int from origins), (select count(*)::int from voices)",
  );
  const [[counted, voices] = []] = reader.getRowsJS();
  await result.close();
  // Which night's work a serve had begun when it was killed is chance; the timetable has tests of its own.
  const { offsets: _, ledger: _ledger, reports: _reports, ...rows } = await rowsOfHome(home);
  return {
    rows,
    counted: Number(counted),
    voices: Number(voices),
    killed,
    twiceInRaw: (await countRecords(settings, "voc.raw")) - chaos.records,
    twiceInEnriched: (await countRecords(settings, "voc.enriched")) - chaos.records,
    secondsToTheEnd,
  };
}

/** A piece between two kills; the first is written twice, as by a producer whose acknowledgement was lost. */
async function publishAll(
  broker: KafkaBroker,
  { records, kills }: Chaos,
  killed: () => number,
): Promise<void> {
  const all = chaosRecords(records);
  const pieces = kills + 1;
  const size = Math.ceil(records / pieces);
  const options = { keys: KEYS, deadlineMs: 180_000 };
  const settings = kafkaSettings({ brokers: broker.brokers });
  const producer = await KafkaProducer.connect(settings, options);
  for (let piece = 0; piece < pieces; piece += 1) {
    while (killed() < piece) await sleep(50);
    const part = all.slice(piece * size, (piece + 1) * size);
    await producer.publish("voc.raw", part);
    if (piece === 0) await producer.publish("voc.raw", part.slice(0, 50));
  }
  await producer.close();
}

async function killParts(
  broker: KafkaBroker,
  parts: Readonly<Record<string, Supervised>>,
  {
    chaos,
    killed,
    orders,
  }: {
    readonly chaos: Chaos;
    readonly killed: string[];
    /** Files that tell a worker to die at its next acknowledged chunk. */
    readonly orders: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const random = seededRandom(chaos.seed);
  let outageMs = chaos.outageMs;
  for (let kill = 0; kill < chaos.kills; kill += 1) {
    await sleep(500 + random() * 2500);
    // Each part is hit, and then whichever chance names.
    const names = [...Object.keys(parts), "broker"];
    const name = names[kill < names.length ? kill : Math.floor(random() * names.length)] ?? "";
    if (name === "broker") {
      await broker.kill();
      await sleep(outageMs);
      outageMs = 0;
      await broker.start();
    } else {
      const order = orders[name];
      // The first time at the worst moment, in the next piece; then at any.
      if (order !== undefined && !killed.includes(name)) writeFileSync(order, "");
      else parts[name]?.kill();
    }
    killed.push(name);
  }
}

/** One more worker comes and goes: the group is dealt anew each time. */
function startStorm(worker: () => Supervised, everyMs: number) {
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      const guest = worker();
      await sleep(everyMs);
      await guest.stop();
    }
  })();
  return {
    async stop() {
      stopped = true;
      await running;
    },
  };
}

async function untilEnriched(broker: KafkaBroker): Promise<void> {
  const settings = kafkaSettings({ brokers: broker.brokers });
  const isDone = () =>
    withAdmin(settings, "", async (admin) => {
      const committed = await readCommitted(admin, ENRICH_GROUP, ["voc.raw"]);
      const watermarks = await readWatermarks(admin, ["voc.raw"]);
      return [...watermarks].every(([place, { high }]) => (committed.get(place) ?? 0) >= high);
    });
  while (!(await isDone())) await sleep(300);
}
