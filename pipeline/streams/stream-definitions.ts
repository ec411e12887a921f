import { DAY_MS } from "../period.ts";
import type { StreamName } from "../schema/message.ts";
import type { KafkaSettings } from "./kafka-settings.ts";

/**
 * The largest batch a broker takes. A voice is far below; an action carries a report's whole value, and other producers
 * may send more than they should, which must come in to become a dead letter.
 */
const MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

/** The largest value that is written or read; the rest is for key and batch header. */
export const MAX_VALUE_BYTES = MAX_MESSAGE_BYTES - 64 * 1024;

const FOR_EVER = "-1";

export type StreamDefinition = {
  readonly name: StreamName;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Topic settings of Kafka's own names; what is not here is the broker's business. */
  readonly settings: Readonly<Record<string, string>>;
};

/** The four streams as they must be. */
export function streamDefinitions(streams: KafkaSettings["streams"]): StreamDefinition[] {
  const { partitions, replicationFactor, minInSyncReplicas, rawRetentionDays } = streams;
  const settings = {
    // A compacted stream would lose the older revisions of a voice.
    "cleanup.policy": "delete",
    "retention.ms": FOR_EVER,
    // Stated, because a broker's own default would eat records by size.
    "retention.bytes": FOR_EVER,
    // As the producer wrote it: the broker need not unpack what Kizuki has packed, and all codecs can be read.
    "compression.type": "producer",
    "min.insync.replicas": String(minInSyncReplicas),
    "max.message.bytes": String(MAX_MESSAGE_BYTES),
  };
  const raw = {
    ...settings,
    "retention.ms": String(rawRetentionDays * DAY_MS),
    // Retention drops closed segments only; a quiet stream's would stay open for a week more.
    "segment.ms": String(DAY_MS),
  };
  const common = { replicationFactor, settings };
  return [
    { ...common, name: "voc.raw", partitions, settings: raw },
    { ...common, name: "voc.enriched", partitions },
    // Few records, and one order for all: what a person did and which report was made first decides what holds.
    { ...common, name: "voc.dead", partitions: 1 },
    { ...common, name: "voc.actions", partitions: 1 },
  ];
}

/** All that a stream must be, by Kafka's own names. */
export function namedSettings(definition: StreamDefinition): Readonly<Record<string, string>> {
  const { partitions, replicationFactor, settings } = definition;
  return {
    partitions: String(partitions),
    "replication.factor": String(replicationFactor),
    ...settings,
  };
}
