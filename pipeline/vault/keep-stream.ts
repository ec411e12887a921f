import { randomUUID } from "node:crypto";
import type { Home } from "../home.ts";
import type { Keys } from "../keys.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { surveyStreams } from "../streams/kafka-admin.ts";
import { type Chunk, KafkaConsumer } from "../streams/kafka-consumer.ts";
import type { KafkaSettings } from "../streams/kafka-settings.ts";
import { placeName } from "../streams/place.ts";
import { readRawChunk } from "../streams/read-raw-chunk.ts";
import { acceptLoss } from "../streams/refuse-loss.ts";
import { sealRecord } from "./seal-record.ts";

const CHUNK_RECORDS = 2048;
/** As intake cuts what it cannot read. */
const MOST_BYTES = 64 * 1024;

export type VaultKeeper = {
  /** Records that the stream had dropped before they were kept. */
  readonly lost: number;
  /** Rejects when it has ended for good. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
};

/** Keeps what comes through `voc.raw` on Kafka, beside the workers: offsets go in one transaction with the records. */
export async function keepStream(
  settings: KafkaSettings,
  home: Pick<Home, "vault" | "keys" | "clock">,
): Promise<VaultKeeper> {
  const vault = await home.vault();
  const { clusterId, watermarks } = await surveyStreams(settings, ["voc.raw"]);
  const known = await vault.positionsOn(clusterId);
  let lost = 0;
  for (const [place, { low }] of watermarks) lost += Math.max(0, low - (known.get(place) ?? low));
  // Words that are gone are gone.
  const positions = acceptLoss(known, watermarks);
  await vault.acceptPositions(clusterId, positions);
  const consumer = await KafkaConsumer.start(settings, {
    // A name of its own at each start, as the loader's: the offsets are the vault's.
    groupId: `kizuki-vault-${randomUUID()}`,
    streams: ["voc.raw"],
    positions,
    concurrency: positions.size,
    chunkRecords: CHUNK_RECORDS,
    async handle(chunk) {
      const place = placeName(chunk.stream, chunk.partition);
      const records = readChunk(chunk, home.keys()).flatMap(
        (record) => sealRecord(record, home.keys()) ?? [],
      );
      await vault.keep({ place, records, next: chunk.next, sealedAt: home.clock() });
      positions.set(place, chunk.next);
    },
  });
  return { lost, failed: consumer.failed, close: () => consumer.close() };
}

/** What is no record is a dead letter by its place in the stream; its bytes are kept under that place. */
function readChunk(chunk: Chunk, keys: Keys): RawRecord[] {
  return readRawChunk(chunk, keys, {
    bytesOf: ({ value }) => value?.subarray(0, MOST_BYTES).toString("utf8") ?? "",
    otherKey: "、この home の知らない鍵で封がされています。書いた側の鍵を確かめてください。",
  });
}
