import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { PIPELINE_EPOCH } from "./epoch.ts";
import { KafkaError } from "./errors.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { DeadLetter } from "./schema/dead-letter.ts";
import { StoppedError } from "./stop.ts";
import { decodeMessage } from "./streams/decode-message.ts";
import { surveyStreams } from "./streams/kafka-admin.ts";
import type { KafkaLog } from "./streams/kafka-client.ts";
import { type Chunk, KafkaConsumer } from "./streams/kafka-consumer.ts";
import type { KafkaSettings } from "./streams/kafka-settings.ts";
import { isPlaceOf, placeName } from "./streams/place.ts";
import { refuseLoss } from "./streams/refuse-loss.ts";
import type { SealingKeys } from "./streams/seal-message.ts";
import { readUndone } from "./streams/undone-header.ts";
import { unreadOrigin } from "./streams/unread-origin.ts";
import { keepCluster, readPositions } from "./warehouse/kafka-positions.ts";
import {
  BATCH_RECORDS,
  type LoadedStream,
  type Loader,
  type LoadPart,
  type PartOf,
} from "./warehouse/loader.ts";
import type { Warehouse } from "./warehouse/open-warehouse.ts";

export const LOADED_STREAMS = ["voc.dead", "voc.enriched", "voc.actions"] as const;

/** Records that wait for their transaction at most: the next are fetched meanwhile, and memory has a bound. */
const AHEAD_RECORDS = 2 * BATCH_RECORDS;
/**
 * Between the beginnings of two transactions, where the second is small: its statements cost as much for fifty records as
 * for a thousand. What comes after a silence is loaded at once.
 */
const GATHER_MS = { least: 500, most: 4000 };
/** What each record before the workers adds: the newest voice waits for all of them anyway, and for two workers so long. */
const UNDONE_MS = 2;
/** Between two looks at streams from which nothing comes: they may have been deleted. */
const WATCH_MS = 10_000;
const POLL_MS = 50;

export type LoadOptions = {
  readonly warehouse: Warehouse;
  readonly loader: Loader;
  readonly keys: SealingKeys;
  readonly log?: KafkaLog;
  /** Named points of the way, for the test that kills there. */
  readonly stage?: (name: "rows" | "loaded") => void;
  /** Those that are loaded; all of them where left out. */
  readonly streams?: readonly LoadedStream[];
  /** Told of messages that are loaded. */
  readonly advance?: (messages: number) => void;
};

/** Loads what Kafka brings, from where the warehouse stands: rows and offsets go in one transaction. */
export class StreamLoader {
  readonly #settings: KafkaSettings;
  readonly #options: LoadOptions;
  readonly #streams: readonly LoadedStream[];
  readonly #positions: Map<string, number>;
  /** Packed as they came: read, they would outlive the memory for young objects, and to copy them costs as much as to read them. */
  readonly #waiting: Chunk[] = [];
  readonly #inTurn = oneAtATime();
  /** Actions that somebody waits for. */
  readonly #awaited = new Set<string>();
  /** How many wait for all that is there. */
  #waiters = 0;
  /** What the worker that published last had before it. */
  #undoneRecords = 0;
  /** When the newest transaction began. */
  #begunMs = Number.NEGATIVE_INFINITY;
  #watch: NodeJS.Timeout | undefined;
  #consumer: KafkaConsumer | undefined;
  #fail: (cause: unknown) => void = () => undefined;
  #hasFailed = false;
  readonly failed: Promise<never>;

  private constructor(
    settings: KafkaSettings,
    options: LoadOptions,
    positions: Map<string, number>,
  ) {
    this.#settings = settings;
    this.#options = options;
    this.#streams = options.streams ?? LOADED_STREAMS;
    this.#positions = positions;
    this.failed = new Promise((_, reject) => {
      this.#fail = (cause) => {
        this.#hasFailed = true;
        reject(cause);
      };
    });
    this.failed.catch(() => undefined);
  }

  /**
   * @throws StreamLossError where records are gone that were not loaded, or where this is another Kafka
   * @throws KafkaError where no broker answers
   */
  static async start(settings: KafkaSettings, options: LoadOptions): Promise<StreamLoader> {
    const { warehouse, log, streams = LOADED_STREAMS } = options;
    const { clusterId, watermarks } = await surveyStreams(settings, streams);
    await keepCluster(warehouse, clusterId);
    const positions = new Map([...watermarks.keys()].map((place) => [place, 0]));
    const stored = await readPositions(warehouse);
    for (const [place, next] of stored) {
      if (streams.some((stream) => isPlaceOf(stream, place))) positions.set(place, next);
    }
    refuseLoss(positions, watermarks);
    const loader = new StreamLoader(settings, options, positions);
    loader.#consumer = await KafkaConsumer.start(settings, {
      // A name of its own at each start: the offsets are the warehouse's, and a group that was killed need not be waited for.
      groupId: `kizuki-load-${randomUUID()}`,
      streams,
      positions,
      concurrency: positions.size,
      chunkRecords: BATCH_RECORDS,
      handle: (chunk) => loader.#handle(chunk),
      ...(log && { log }),
    });
    loader.#consumer.failed.catch(loader.#fail);
    loader.#watch = setInterval(() => {
      loader.#refuseLoss().catch((cause: unknown) => {
        // A broker that is away is the consumer's to bridge.
        if (!(cause instanceof KafkaError)) loader.#fail(cause);
      });
    }, WATCH_MS);
    return loader;
  }

  /** The first offset that is not loaded, by place. */
  get positions(): ReadonlyMap<string, number> {
    return this.#positions;
  }

  /** Returns when all that stands in the streams now is loaded. */
  async caughtUp(): Promise<void> {
    const { watermarks } = await surveyStreams(this.#settings, this.#streams);
    const isDone = () =>
      [...watermarks].every(([place, { high }]) => (this.#positions.get(place) ?? 0) >= high);
    this.#waiters += 1;
    await this.#until(isDone).finally(() => {
      this.#waiters -= 1;
    });
  }

  /** Returns when an action that was published is loaded. @param publish writes it */
  async loadedAction(actionId: string, publish: () => Promise<void>): Promise<void> {
    this.#awaited.add(actionId);
    try {
      await publish();
      await this.#until(() => !this.#awaited.has(actionId));
    } finally {
      this.#awaited.delete(actionId);
    }
  }

  async close(): Promise<void> {
    // Whoever waits for something to be loaded would wait for ever.
    this.#fail(new StoppedError());
    clearInterval(this.#watch);
    await this.#consumer?.close();
    this.#waiting.length = 0;
    // A transaction in hand needs its warehouse.
    await this.#inTurn(async () => undefined);
  }

  async #until(isDone: () => boolean): Promise<void> {
    while (!isDone()) {
      if (this.#hasFailed) await this.failed;
      await sleep(POLL_MS);
    }
  }

  async #refuseLoss(): Promise<void> {
    // Before: a position that moves meanwhile must not look like a stream that was made anew.
    const positions = new Map(this.#positions);
    const { watermarks } = await surveyStreams(this.#settings, this.#streams);
    refuseLoss(positions, watermarks);
  }

  /** Returns as soon as it may wait its turn: the positions are the warehouse's, so what a crash leaves comes again. */
  async #handle(chunk: Chunk): Promise<void> {
    await this.#until(() => countRecords(this.#waiting) < AHEAD_RECORDS);
    this.#waiting.push(chunk);
    this.#undoneRecords = readUndone(chunk.messages) ?? this.#undoneRecords;
    // Within the turn: the next one has to see that this one failed.
    void this.#inTurn(() => this.#loadWaiting().catch(this.#fail));
  }

  async #loadWaiting(): Promise<void> {
    if (this.#waiting.length > 0) await this.#until(() => this.#isWorthLoading());
    // What waits may stand behind records that were not loaded: its offset would leave them out for good.
    if (this.#hasFailed || this.#waiting.length === 0) return;
    this.#begunMs = performance.now();
    const { loader, keys, stage = () => undefined } = this.#options;
    const parts: LoadPart[] = [];
    for (const chunk of this.#takeWaiting()) {
      parts.push(partOf(chunk, keys));
      // A full transaction takes a third of a second to read; others have their turn between.
      await nextTurn();
    }
    await loader.loadParts(parts, () => stage("rows"));
    stage("loaded");
    for (const part of parts) this.#noteLoaded(part);
  }

  #isWorthLoading(): boolean {
    if (this.#awaited.size + this.#waiters > 0) return true;
    if (countRecords(this.#waiting) >= BATCH_RECORDS) return true;
    return performance.now() >= this.#begunMs + gatherMs(this.#undoneRecords);
  }

  /** The oldest, up to a full batch. */
  #takeWaiting(): Chunk[] {
    let records = 0;
    const end = this.#waiting.findIndex(({ messages }) => {
      records += messages.length;
      return records > BATCH_RECORDS;
    });
    return this.#waiting.splice(0, end < 0 ? this.#waiting.length : Math.max(1, end));
  }

  #noteLoaded(part: LoadPart): void {
    const before = this.#positions.get(part.place) ?? 0;
    this.#positions.set(part.place, Math.max(before, part.next));
    this.#options.advance?.(Math.max(0, part.next - before));
    if (part.stream !== "voc.actions") return;
    for (const { record } of part.records) this.#awaited.delete(record.actionId);
  }
}

/** @returns between the beginnings of two small transactions */
export function gatherMs(undoneRecords: number): number {
  const { least, most } = GATHER_MS;
  return Math.min(Math.max(least, undoneRecords * UNDONE_MS), most);
}

function countRecords(chunks: readonly Chunk[]): number {
  return chunks.reduce((sum, { messages }) => sum + messages.length, 0);
}

function partOf(chunk: Chunk, keys: SealingKeys): LoadPart {
  if (chunk.stream === "voc.enriched") return readPart("voc.enriched", chunk, keys);
  if (chunk.stream === "voc.dead") return readPart("voc.dead", chunk, keys);
  return readPart("voc.actions", chunk, keys);
}

function readPart<Name extends LoadedStream>(
  stream: Name,
  { partition, messages, next }: Chunk,
  keys: SealingKeys,
): PartOf<Name> {
  const records: PartOf<Name>["records"][number][] = [];
  const unread: DeadLetter[] = [];
  for (const message of messages) {
    const offset = Number(message.offset);
    const outcome = decodeMessage(stream, message, keys);
    if (outcome.status === "ok") records.push({ offset, record: outcome.value });
    else unread.push(unreadLetter(stream, partition, message, outcome.reason));
  }
  return { stream, place: placeName(stream, partition), records, unread, next };
}

/** The time is the message's own: loaded again, it is the same letter. */
function unreadLetter(
  stream: LoadedStream,
  partition: number,
  { offset, timestamp }: Chunk["messages"][number],
  reason: string,
): DeadLetter {
  const at = new Date(Number(timestamp)).toISOString();
  const origin = unreadOrigin(stream, partition, Number(offset));
  return { origin, step: "intake", reason, epoch: PIPELINE_EPOCH, at };
}
