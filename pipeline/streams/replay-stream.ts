import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { StreamName } from "../schema/message.ts";
import { surveyStreams } from "./kafka-admin.ts";
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
      see(chunk);
      positions.set(placeName(stream, chunk.partition), chunk.next);
    },
  });
  try {
    while (!isDone()) await Promise.race([sleep(POLL_MS), consumer.failed]);
  } finally {
    await consumer.close();
  }
}
