import { setTimeout as sleep } from "node:timers/promises";
import type { Admin } from "kafkajs";
import { z } from "zod";
import { KizukiError } from "../errors.ts";
import type { StreamName } from "../schema/message.ts";
import { disconnect, makeKafkaClient } from "./kafka-client.ts";
import { kafkaError } from "./kafka-error.ts";
import type { KafkaSettings } from "./kafka-settings.ts";
import { placeName } from "./place.ts";

const TRIES = 60;
const PAUSE_MS = 250;

const Loading = z.object({
  type: z.enum([
    "GROUP_LOAD_IN_PROGRESS",
    "GROUP_COORDINATOR_NOT_AVAILABLE",
    "NOT_COORDINATOR_FOR_GROUP",
    "NOT_LEADER_FOR_PARTITION",
  ]),
});

/** From the first offset that is kept to the one that the next record gets. */
export type Watermarks = { readonly low: number; readonly high: number };

/** Asks the cluster something. @param what in Japanese, what cannot be done where it fails */
export async function withAdmin<T>(
  settings: KafkaSettings,
  what: string,
  work: (admin: Admin) => Promise<T>,
): Promise<T> {
  const admin = makeKafkaClient(settings).admin();
  try {
    await admin.connect();
    return await work(admin);
  } catch (cause) {
    if (cause instanceof KizukiError) throw cause;
    throw kafkaError(what, settings.brokers, cause);
  } finally {
    await disconnect(admin);
  }
}

/** Which cluster it is, and how far its streams go, by place. */
export function surveyStreams(
  settings: KafkaSettings,
  streams: readonly StreamName[],
): Promise<{ clusterId: string; watermarks: Map<string, Watermarks> }> {
  return withAdmin(settings, `${streams.join("、")} を調べられません`, async (admin) => {
    const { clusterId } = await admin.describeCluster();
    return { clusterId, watermarks: await readWatermarks(admin, streams) };
  });
}

/** @returns by place, such as "voc.raw-2" */
export async function readWatermarks(
  admin: Admin,
  streams: readonly StreamName[],
): Promise<Map<string, Watermarks>> {
  const found = new Map<string, Watermarks>();
  for (const stream of streams) {
    for (const { partition, low, high } of await whenLoaded(() =>
      admin.fetchTopicOffsets(stream),
    )) {
      found.set(placeName(stream, partition), { low: Number(low), high: Number(high) });
    }
  }
  return found;
}

/** How far a group has committed. @returns by place; without the partitions where it never did */
export async function readCommitted(
  admin: Admin,
  groupId: string,
  streams: readonly StreamName[],
): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  const offsets = await whenLoaded(() => admin.fetchOffsets({ groupId, topics: [...streams] }));
  for (const { topic, partitions } of offsets) {
    for (const { partition, offset } of partitions) {
      if (Number(offset) >= 0) found.set(placeName(topic, partition), Number(offset));
    }
  }
  return found;
}

/** A broker reads its groups when it starts, and opens a stream after it was made; kafkajs waits for neither here. */
async function whenLoaded<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await ask();
    } catch (cause) {
      if (left === 0 || !Loading.safeParse(cause).success) throw cause;
      await sleep(PAUSE_MS);
    }
  }
}
