import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { StreamName } from "../schema/message.ts";
import { surveyStreams, type Watermarks } from "./kafka-admin.ts";
import { type Chunk, KafkaConsumer } from "./kafka-consumer.ts";
import type { KafkaSettings } from "./kafka-settings.ts";
import { placeName } from "./place.ts";

const CHUNK_RECORDS = 1024;
const POLL_MS = 50;

/**
 * Reads all that a stream holds now, from the first record that is kept, beside every group: nothing is committed.
 *
 * @param see may get a record twice, after a rebalance
 */
export async function replayStream(
  settings: KafkaSettings,
  stream: StreamName,
  see: (chunk: Chunk) => void,
): Promise<void> {
  const { watermarks } = await surveyStreams(settings, [stream]);
  const positions = new Map([...watermarks].map(([place, { low }]) => [place, low]));
  await readUpTo(settings, stream, {
    positions,
    watermarks,
    see: async (chunk) => see(chunk),
  });
}

/**
 * The same from any positions.
 *
 * @param options.positions by place, moved on here
 * @param options.goOn asked again and again: what it throws ends the reading
 */
export async function readUpTo(
  settings: KafkaSettings,
  stream: StreamName,
  options: {
    readonly positions: Map<string, number>;
    readonly watermarks: ReadonlyMap<string, Watermarks>;
    readonly see: (chunk: Chunk) => Promise<void>;
    readonly goOn?: () => void;
  },
): Promise<void> {
  const { positions, watermarks, see, goOn = () => undefined } = options;
  const isDone = () =>
    [...watermarks].every(([place, { high }]) => (positions.get(place) ?? 0) >= high);
  if (isDone()) return;
  const consumer = await KafkaConsumer.start(settings, {
    groupId: `kizuki-load-${randomUUID()}`,
    streams: [stream],
    positions,
    concurrency: 1,
    chunkRecords: CHUNK_RECORDS,
    handle: async (chunk) => {
      await see(chunk);
      positions.set(placeName(stream, chunk.partition), chunk.next);
    },
  });
  try {
    while (!isDone()) {
      goOn();
      await Promise.race([sleep(POLL_MS), consumer.failed]);
    }
  } finally {
    await consumer.close();
  }
}
