import { setTimeout as sleep } from "node:timers/promises";
import type { Admin } from "kafkajs";
import { withAdmin } from "../../pipeline/streams/kafka-admin.ts";
import { makeKafkaClient } from "../../pipeline/streams/kafka-client.ts";
import type { KafkaSettings } from "../../pipeline/streams/kafka-settings.ts";

const TOPIC = "warm-up";
const PARTITIONS = 12;
const VALUE = "x".repeat(600);

/**
 * Writes, reads and commits beside the streams. A broker that has just started answers its first thousand requests by an
 * interpreter, for twice the processor time; a user's has run for days.
 */
export async function warmBroker(settings: KafkaSettings, requests: number): Promise<void> {
  await withAdmin(settings, TOPIC, makeTopic);
  const client = makeKafkaClient(settings);
  const producer = client.producer();
  const consumer = client.consumer({ groupId: TOPIC, maxWaitTimeInMs: 100 });
  await Promise.all([producer.connect(), consumer.connect()]);
  let unread = requests * PARTITIONS;
  await consumer.subscribe({ topics: [TOPIC], fromBeginning: true });
  await consumer.run({
    eachBatch: async ({ batch }) => {
      unread -= batch.messages.length;
    },
  });
  for (let request = 0; request < requests; request += 1) {
    const messages = Array.from({ length: PARTITIONS }, (_, partition) => ({
      partition,
      value: VALUE,
    }));
    await producer.send({ topic: TOPIC, acks: -1, messages });
  }
  while (unread > 0) await sleep(20);
  await Promise.all([producer.disconnect(), consumer.disconnect()]);
}

async function makeTopic(admin: Admin): Promise<void> {
  const topics = [{ topic: TOPIC, numPartitions: PARTITIONS, replicationFactor: 1 }];
  await admin.createTopics({ topics, waitForLeaders: false });
  for (;;) {
    const there = await admin.fetchTopicOffsets(TOPIC).catch(() => []);
    if (there.length === PARTITIONS) return;
    await sleep(100);
  }
}
