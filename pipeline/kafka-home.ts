import { ENRICH_GROUP, readUnsealed } from "./enrich/enrich-stream.ts";
import { InputError } from "./errors.ts";
import { type LoadOptions, StreamLoader } from "./load-streams.ts";
import type { Outcome } from "./outcome.ts";
import type { Action } from "./schema/action.ts";
import type { ReencodedVoice, RetaggedVoice } from "./schema/enriched-record.ts";
import { STREAM_NAMES, type StreamName } from "./schema/message.ts";
import type { RawRecord } from "./schema/raw-record.ts";
import { splitReport } from "./split-report.ts";
import { type BrokerState, BrokerWatch, countUndone } from "./streams/broker-watch.ts";
import { readCommitted, readWatermarks, withAdmin } from "./streams/kafka-admin.ts";
import { KafkaProducer } from "./streams/kafka-producer.ts";
import type { KafkaSettings } from "./streams/kafka-settings.ts";
import { isPlaceOf, placeName } from "./streams/place.ts";
import { replayStream } from "./streams/replay-stream.ts";

/** How it stands with what a home has on Kafka. */
export type KafkaState = {
  /** By stream: of `voc.raw` the records that no worker has done, of the others those that are not loaded. */
  readonly lag: ReadonlyMap<StreamName, number>;
  /** Of each process that enriches, here or elsewhere, by what calibration, see `calibrationMark`; nobody knows while it joins. */
  readonly calibrations: readonly (string | undefined)[];
};

/** What a home does on Kafka: it writes what comes in, and loads what workers and people made of it. */
export type KafkaHome = {
  /** Rejects when loading has ended for good. */
  readonly failed: Promise<never>;
  /** Returns when the broker has the records. */
  publishRaw(records: readonly RawRecord[]): Promise<void>;
  /** Shows every record that `voc.raw` holds now, in any order; some of them twice. */
  readRaw(see: (record: RawRecord) => void): Promise<void>;
  /** Returns when the broker has the new tags; `caughtUp` tells when the warehouse has them. */
  publishTags(records: readonly (RetaggedVoice | ReencodedVoice)[]): Promise<void>;
  /** Returns when the warehouse has the action: who wrote it reads it. */
  act(action: Action): Promise<void>;
  /** Returns when all that stands in the streams now is loaded. */
  caughtUp(): Promise<void>;
  /** @returns undefined where no broker answers soon */
  state(options?: { readonly maxAgeMs?: number }): Promise<KafkaState | undefined>;
  /** Whether all that came before an instant went through workers and loader. */
  hasReadPast(instant: Date): Promise<boolean>;
  close(): Promise<void>;
};

/** @throws KafkaError where no broker answers; StreamLossError where records are gone */
export async function openKafkaHome(
  settings: KafkaSettings,
  options: LoadOptions,
): Promise<KafkaHome> {
  const { keys, log } = options;
  const loader = await StreamLoader.start(settings, options);
  let producer: KafkaProducer;
  try {
    producer = await KafkaProducer.connect(settings, { keys, ...(log && { log }) });
  } catch (cause) {
    await loader.close();
    throw cause;
  }
  const watch = new BrokerWatch(settings, { streams: STREAM_NAMES, groupId: ENRICH_GROUP });
  return {
    failed: loader.failed,
    async publishRaw(records) {
      const outcomes = await producer.publish("voc.raw", records);
      const refused = records.filter((_, index) => outcomes[index]?.status === "reject");
      await producer.publish("voc.raw", refused.map(tooLarge));
    },
    readRaw: (see) =>
      replayStream(settings, "voc.raw", (chunk) => readUnsealed(chunk, keys).forEach(see)),
    async publishTags(records) {
      refuseTooLarge("voc.enriched", await producer.publish("voc.enriched", records));
    },
    act: (action) => loader.loadedAction(action.actionId, () => publishAction(producer, action)),
    caughtUp: () => loader.caughtUp(),
    async state(options) {
      const state = await watch.state(options);
      return state && { lag: lagOf(state, loader.positions), calibrations: state.notes };
    },
    hasReadPast: (instant) => hasReadPast(settings, loader, instant),
    async close() {
      await loader.close();
      await watch.close();
      await producer.close();
    },
  };
}

function tooLarge({ origin, retry }: RawRecord): RawRecord {
  return { status: "reject", origin, retry, reason: "too large", bytes: "" };
}

async function publishAction(producer: KafkaProducer, action: Action): Promise<void> {
  refuseTooLarge("voc.actions", await producer.publish("voc.actions", splitReport(action)));
}

function refuseTooLarge(stream: StreamName, outcomes: readonly Outcome<unknown>[]): void {
  if (outcomes.every(({ status }) => status !== "reject")) return;
  throw new InputError(`この記録は大きすぎて ${stream} に書けません。短くしてください。`);
}

function lagOf(state: BrokerState, loaded: ReadonlyMap<string, number>): KafkaState["lag"] {
  return new Map(
    STREAM_NAMES.map((stream) => {
      const done = stream === "voc.raw" ? state.committed : loaded;
      return [stream, countUndone(state, done, (place) => isPlaceOf(stream, place))];
    }),
  );
}

/** In this order: what workers had done by the first question stands in `voc.enriched` at the second. */
async function hasReadPast(
  settings: KafkaSettings,
  loader: StreamLoader,
  instant: Date,
): Promise<boolean> {
  const isEnriched = await withAdmin(settings, "voc.raw を調べられません", async (admin) => {
    const committed = await readCommitted(admin, ENRICH_GROUP, ["voc.raw"]);
    const watermarks = await readWatermarks(admin, ["voc.raw"]);
    const wanted = await admin.fetchTopicOffsetsByTimestamp("voc.raw", instant.getTime());
    return wanted.every(({ partition, offset }) => {
      const place = placeName("voc.raw", partition);
      const low = watermarks.get(place)?.low ?? 0;
      return Math.max(low, committed.get(place) ?? 0) >= Number(offset);
    });
  });
  if (!isEnriched) return false;
  await loader.caughtUp();
  return true;
}
