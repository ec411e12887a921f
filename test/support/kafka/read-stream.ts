import type { KafkaMessage } from "kafkajs";
import type { StreamName } from "../../../pipeline/schema/message.ts";
import { readWatermarks, withAdmin } from "../../../pipeline/streams/kafka-admin.ts";
import { KAFKA_RETRY, makeKafkaClient } from "../../../pipeline/streams/kafka-client.ts";
import type { KafkaSettings } from "../../../pipeline/streams/kafka-settings.ts";

let groups = 0;

/** All that a stream holds now, partition after partition as it comes. */
export async function readStream(
  settings: KafkaSettings,
  stream: StreamName,
): Promise<KafkaMessage[]> {
  const kafka = makeKafkaClient(settings);
  const total = await countRecords(settings, stream);
  groups += 1;
  const consumer = kafka.consumer({
    groupId: `test-${process.pid}-${groups}`,
    sessionTimeout: 6000,
    rebalanceTimeout: 6000,
    heartbeatInterval: 1000,
    maxWaitTimeInMs: 200,
    retry: KAFKA_RETRY,
  });
  // By place: what a rebalance on a slow machine brings twice is one message.
  const messages = new Map<string, KafkaMessage>();
  await consumer.connect();
  await consumer.subscribe({ topics: [stream], fromBeginning: true });
  try {
    await new Promise<void>((resolve, reject) => {
      if (total === 0) resolve();
      consumer.on("consumer.crash", ({ payload }) => {
        // The others it gets over by itself, such as a coordinator that is still loading.
        if (!payload.restart) reject(payload.error);
      });
      consumer
        .run({
          eachBatch: async ({ batch }) => {
            for (const message of batch.messages) {
              messages.set(`${batch.partition}:${message.offset}`, message);
            }
            if (messages.size >= total) resolve();
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
  return [...messages.values()];
}

export async function countRecords(settings: KafkaSettings, stream: StreamName): Promise<number> {
  const watermarks = await withAdmin(settings, stream, (admin) => readWatermarks(admin, [stream]));
  return [...watermarks.values()].reduce((sum, { high, low }) => sum + high - low, 0);
}
