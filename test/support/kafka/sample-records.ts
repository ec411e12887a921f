import { deriveKeys } from "../../../pipeline/keys.ts";
import type { DeadLetter } from "../../../pipeline/schema/dead-letter.ts";
import type { RawRecord } from "../../../pipeline/schema/raw-record.ts";
import type { ReportMade } from "../../../pipeline/schema/report-actions.ts";
import { KafkaSettings } from "../../../pipeline/streams/kafka-settings.ts";
import { revisionOf, uuidOf } from "../enriched-voice.ts";

export const KEYS = deriveKeys(Buffer.alloc(32, 7));

/** Settings as a config file would give them, for a cluster of one broker. */
export function kafkaSettings(
  settings: Partial<Omit<KafkaSettings, "streams">> & {
    readonly streams?: Partial<KafkaSettings["streams"]>;
  },
): KafkaSettings {
  return KafkaSettings.parse({
    ...settings,
    streams: { partitions: 3, replicationFactor: 1, ...settings.streams },
  });
}

export function originOf(offset: number) {
  return { stream: "file:abc:def", source: "test", file: "a.csv", offset, row: offset + 2 };
}

export function rawRecord(
  name: string,
  verbatim = "味は良いが袋が開けにくい",
): Extract<RawRecord, { status: "ok" }> {
  return {
    status: "ok",
    origin: originOf(0),
    voice: {
      voiceId: uuidOf(name),
      revision: revisionOf(verbatim),
      source: "test",
      channel: "survey",
      receivedAt: "2025-07-30T10:00:00+09:00",
      receivedPrecision: "instant",
      verbatim,
      attributes: {},
    },
  };
}

export function deadLetter(offset: number): DeadLetter {
  const at = "2025-07-30T10:00:00+09:00";
  return { origin: originOf(offset), step: "enrich", reason: "empty verbatim", epoch: 2, at };
}

export function reportMade(value: string): ReportMade {
  return {
    actionId: uuidOf("report"),
    at: "2025-08-04T08:00:00+09:00",
    type: "report-made",
    job: "weekly",
    period: "2025-W31",
    revision: 1,
    askedBy: "timetable",
    value,
  };
}
