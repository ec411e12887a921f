import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { KafkaError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { Keys } from "../keys.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { goOn } from "../stop.ts";
import { surveyStreams } from "../streams/kafka-admin.ts";
import { type Chunk, KafkaConsumer } from "../streams/kafka-consumer.ts";
import type { KafkaSettings } from "../streams/kafka-settings.ts";
import { placeName } from "../streams/place.ts";
import { readRawChunk } from "../streams/read-raw-chunk.ts";
import { acceptLoss } from "../streams/refuse-loss.ts";
import { readUpTo } from "../streams/replay-stream.ts";
import { sealRecord } from "./seal-record.ts";

const CHUNK_RECORDS = 2048;
/** A transaction looks through the ids of all that is kept, a million in 50 ms of processor time: not one for each partition. */
const GATHER_MS = 1000;
/** As intake cuts what it cannot read. */
const MOST_BYTES = 64 * 1024;
/** Without one record: a broker that restarts is back sooner. */
const PATIENCE_MS = 60_000;
/** Twice what a keeper waits for records and gathers them, and some for a busy machine. */
const KEEPER_MS = 3500;
const POLL_MS = 50;

export type VaultKeeper = {
  /** Records that the stream had dropped before they were kept. */
  readonly lost: number;
  /** Rejects when it has ended for good. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
};

type KeepingHome = Pick<Home, "vault" | "keys" | "clock">;

/** Keeps what comes through `voc.raw` on Kafka, beside the workers: offsets go in one transaction with the records. */
export async function keepStream(settings: KafkaSettings, home: KeepingHome): Promise<VaultKeeper> {
  const { positions, lost } = await beginKeeping(settings, home);
  const keepTogether = gatherChunks(home);
  const consumer = await KafkaConsumer.start(settings, {
    // A name of its own at each start, as the loader's: the offsets are the vault's.
    groupId: `kizuki-vault-${randomUUID()}`,
    streams: ["voc.raw"],
    positions,
    concurrency: positions.size,
    chunkRecords: CHUNK_RECORDS,
    async handle(chunk) {
      await keepTogether(chunk);
      positions.set(placeName(chunk.stream, chunk.partition), chunk.next);
    },
  });
  return { lost, failed: consumer.failed, close: () => consumer.close() };
}

/**
 * Brings the vault up to all that `voc.raw` on Kafka holds now, whether or not a keeper runs beside it: what both read is
 * kept once.
 *
 * @throws KafkaError where it does not get on
 */
export async function keepStreamNow(
  settings: KafkaSettings,
  home: KeepingHome & Pick<Home, "stop">,
): Promise<void> {
  const begun = await beginKeeping(settings, home);
  const { watermarks } = begun;
  const positions = await afterKeeper(home, begun);
  let movedMs = performance.now();
  await readUpTo(settings, "voc.raw", {
    positions,
    watermarks,
    async see(chunk) {
      await keepChunks(home, [chunk]);
      movedMs = performance.now();
    },
    goOn() {
      goOn(home.stop);
      if (performance.now() - movedMs < PATIENCE_MS) return;
      throw new KafkaError(
        "voc.raw に残っている声を保管庫に移せません（一分のあいだ、一件も読めませんでした）。消去はまだ始めていません。ブローカーが動いているか確かめて、同じコマンドをもう一度実行してください。",
        { retriable: true },
      );
    },
  });
}

/** A keeper that runs is there sooner than another group has formed. */
async function afterKeeper(
  home: KeepingHome,
  { positions, watermarks }: Begun,
): Promise<Map<string, number>> {
  const vault = await home.vault();
  const isBehind = (now: ReadonlyMap<string, number>) =>
    [...watermarks].some(([place, { high }]) => (now.get(place) ?? 0) < high);
  const endMs = performance.now() + KEEPER_MS;
  let now = positions;
  while (isBehind(now) && performance.now() < endMs) {
    await sleep(POLL_MS);
    now = new Map((await vault.kafkaPositions()).positions);
  }
  return now;
}

type Begun = Awaited<ReturnType<typeof beginKeeping>>;

/** Where the vault stands. What is gone before it was kept is gone. */
async function beginKeeping(settings: KafkaSettings, home: KeepingHome) {
  const vault = await home.vault();
  // Before the watermarks: a keeper that goes on meanwhile would stand behind their end, as in a stream made anew.
  const kept = await vault.kafkaPositions();
  const { clusterId, watermarks } = await surveyStreams(settings, ["voc.raw"]);
  const known = kept.clusterId === clusterId ? kept.positions : new Map<string, number>();
  const positions = acceptLoss(known, watermarks);
  const moved = [...positions].filter(([place, next]) => known.get(place) !== next);
  // Else a keeper's own would be undone.
  if (moved.length > 0) await vault.acceptPositions(clusterId, positions);
  const lost = [...watermarks].map(([place, { low }]) => low - (known.get(place) ?? low));
  return { positions, watermarks, lost: lost.reduce((sum, one) => sum + Math.max(0, one), 0) };
}

/** @returns keeps a chunk, in one transaction with those that come within a moment */
function gatherChunks(home: KeepingHome): (chunk: Chunk) => Promise<void> {
  let waiting: Chunk[] = [];
  let turn: Promise<void> | undefined;
  const keepWaiting = async () => {
    await sleep(GATHER_MS);
    const chunks = waiting;
    waiting = [];
    turn = undefined;
    await keepChunks(home, chunks);
  };
  return (chunk) => {
    waiting.push(chunk);
    turn ??= keepWaiting();
    return turn;
  };
}

async function keepChunks(home: KeepingHome, chunks: readonly Chunk[]): Promise<void> {
  const records = chunks
    .flatMap((chunk) => readChunk(chunk, home.keys()))
    .flatMap((record) => sealRecord(record, home.keys()) ?? []);
  const positions = chunks.map(
    ({ stream, partition, next }) => [placeName(stream, partition), next] as const,
  );
  const vault = await home.vault();
  await vault.keep({ records, positions, sealedAt: home.clock() });
}

/** What is no record is a dead letter by its place in the stream; its bytes are kept under that place. */
function readChunk(chunk: Chunk, keys: Keys): RawRecord[] {
  return readRawChunk(chunk, keys, {
    bytesOf: ({ value }) => value?.subarray(0, MOST_BYTES).toString("utf8") ?? "",
    otherKey: "、この home の知らない鍵で封がされています。書いた側の鍵を確かめてください。",
  });
}
