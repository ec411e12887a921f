import kafkajs, { type Admin } from "kafkajs";
import { withAdmin } from "./kafka-admin.ts";
import type { KafkaSettings } from "./kafka-settings.ts";
import { namedSettings, type StreamDefinition, streamDefinitions } from "./stream-definitions.ts";

const TIMEOUT_MS = 10_000;

export type Difference = {
  /** `partitions`, `replication.factor`, or Kafka's name of a topic setting. */
  readonly setting: string;
  readonly read: string;
  readonly expected: string;
};

export type StreamState = {
  readonly definition: StreamDefinition;
  readonly state: "created" | "there" | "missing";
  /** Between what is there and the definition; nothing here ever changes a stream that is there. */
  readonly differences: readonly Difference[];
};

/**
 * Creates the streams that are missing, where asked to, and compares all that are there with their definitions.
 *
 * @throws KafkaError where the broker cannot be reached or refuses
 */
export async function ensureStreams(
  settings: KafkaSettings,
  { create }: { readonly create: boolean },
): Promise<StreamState[]> {
  const definitions = streamDefinitions(settings.streams);
  const what = create ? "ストリームを用意できません" : "ストリームを調べられません";
  return await withAdmin(settings, what, async (admin) => {
    const before = new Set(await admin.listTopics());
    const missing = definitions.filter(({ name }) => !before.has(name));
    if (create && missing.length > 0) await createStreams(admin, missing);
    const there = create ? definitions : definitions.filter(({ name }) => before.has(name));
    const read = await readStreams(admin, there);
    return definitions.map((definition) => {
      const isThere = before.has(definition.name);
      return {
        definition,
        state: isThere ? "there" : create ? "created" : "missing",
        differences: differencesOf(definition, read.get(definition.name)),
      };
    });
  });
}

async function createStreams(admin: Admin, missing: readonly StreamDefinition[]): Promise<void> {
  await admin.createTopics({
    waitForLeaders: true,
    timeout: TIMEOUT_MS,
    topics: missing.map(({ name, partitions, replicationFactor, settings }) => ({
      topic: name,
      numPartitions: partitions,
      replicationFactor,
      configEntries: Object.entries(settings).map(([setting, value]) => ({ name: setting, value })),
    })),
  });
}

/** @returns setting and value by stream */
async function readStreams(
  admin: Admin,
  definitions: readonly StreamDefinition[],
): Promise<Map<string, Map<string, string>>> {
  const names = definitions.map(({ name }) => name);
  if (names.length === 0) return new Map();
  const { topics } = await admin.fetchTopicMetadata({ topics: names });
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: kafkajs.ConfigResourceTypes.TOPIC, name })),
  });
  const read = new Map<string, Map<string, string>>();
  for (const { name, partitions } of topics) {
    const replicas = [...new Set(partitions.map((partition) => partition.replicas.length))];
    read.set(
      name,
      new Map([
        ["partitions", String(partitions.length)],
        ["replication.factor", replicas.sort().join("/")],
      ]),
    );
  }
  for (const { resourceName, configEntries } of resources) {
    const settings = read.get(resourceName);
    for (const { configName, configValue } of configEntries) settings?.set(configName, configValue);
  }
  return read;
}

function differencesOf(
  definition: StreamDefinition,
  read: ReadonlyMap<string, string> | undefined,
): Difference[] {
  if (read === undefined) return [];
  return Object.entries(namedSettings(definition)).flatMap(([setting, value]) => {
    const found = read.get(setting) ?? "（なし）";
    return found === value ? [] : [{ setting, read: found, expected: value }];
  });
}
