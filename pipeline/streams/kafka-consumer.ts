import type { Consumer, EachBatchPayload, KafkaMessage } from "kafkajs";
import { KizukiError } from "../errors.ts";
import { someAtATime } from "../one-at-a-time.ts";
import { STREAM_NAMES, type StreamName } from "../schema/message.ts";
import { surveyStreams } from "./kafka-admin.ts";
import { disconnect, KAFKA_RETRY, type KafkaLog, makeKafkaClient } from "./kafka-client.ts";
import { kafkaError } from "./kafka-error.ts";
import type { KafkaSettings } from "./kafka-settings.ts";
import { notedAssigner } from "./noted-assigner.ts";
import { placeName } from "./place.ts";
import { refuseLoss } from "./refuse-loss.ts";

const HEARTBEAT_MS = 1000;
/** A member that was killed holds its partitions for so long. */
const SESSION_MS = 10_000;
/** What the others wait for a member that has work in hand; a poison record may take longer, and comes twice. */
const REBALANCE_MS = 30_000;
const MAX_WAIT_MS = 500;

/** Some records of one partition, in order. */
export type Chunk = {
  readonly stream: StreamName;
  readonly partition: number;
  readonly messages: readonly KafkaMessage[];
  /** The offset behind the last of them. */
  readonly next: number;
};

export type BehindChunk = {
  /** The partition's next chunk, where it has come. A group that is dealt anew gives it to another. */
  readonly following: Chunk | undefined;
  /** Records in all partitions of this consumer, as the broker last told of each. */
  records(): number;
};

export type ConsumerOptions = {
  readonly groupId: string;
  readonly streams: readonly StreamName[];
  /**
   * Where each partition begins, by place, asked at every join: the truth is elsewhere, and the group's own offsets are
   * not written. Without it the group remembers what was handled.
   */
  readonly positions?: ReadonlyMap<string, number>;
  /** Partitions handled at the same time. */
  readonly concurrency: number;
  /** What `BrokerState.notes` tells others of it. */
  readonly note?: string;
  /** Those of the streams, where more have records than are handled: what waits for its turn is counted. */
  readonly partitions?: number;
  /** Records in a chunk at most. */
  readonly chunkRecords: number;
  /**
   * Returns when the records' results are safe, or, where `positions` say what is, when it has the records in hand. It may
   * get the same records again.
   *
   * @throws KizukiError that is retriable to get them again soon; anything else ends the consumer
   */
  readonly handle: (chunk: Chunk, behind: BehindChunk) => Promise<void>;
  readonly log?: KafkaLog;
};

/** Drives one consumer at least once: a record may be seen twice, and is never lost. */
export class KafkaConsumer {
  readonly #consumer: Consumer;
  readonly #settings: KafkaSettings;
  readonly #options: ConsumerOptions;
  /** The next offset of each partition since the last join, by place. */
  readonly #expected = new Map<string, number>();
  readonly #inTurn: ReturnType<typeof someAtATime>;
  /** Records behind the newest chunk of each partition, by place. */
  readonly #behind = new Map<string, number>();
  #places: ReadonlySet<string> = new Set();
  #fail: (cause: unknown) => void = () => undefined;
  /** Rejects when it has ended for good: whoever runs it ends too. */
  readonly failed: Promise<never>;

  private constructor(settings: KafkaSettings, options: ConsumerOptions) {
    this.#settings = settings;
    this.#options = options;
    this.#inTurn = someAtATime(options.concurrency);
    this.failed = new Promise((_, reject) => {
      this.#fail = reject;
    });
    this.failed.catch(() => undefined);
    this.#consumer = makeKafkaClient(settings, options.log).consumer({
      groupId: options.groupId,
      partitionAssigners: [notedAssigner(options.note ?? "")],
      sessionTimeout: SESSION_MS,
      rebalanceTimeout: REBALANCE_MS,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: MAX_WAIT_MS,
      allowAutoTopicCreation: false,
      retry: KAFKA_RETRY,
    });
  }

  /** @throws KafkaError where no broker answers, or a stream is not there */
  static async start(settings: KafkaSettings, options: ConsumerOptions): Promise<KafkaConsumer> {
    const consumer = new KafkaConsumer(settings, options);
    try {
      await consumer.#run();
    } catch (cause) {
      await consumer.close();
      throw kafkaError(`${options.streams.join("、")} を読めません`, settings.brokers, cause);
    }
    return consumer;
  }

  /** The partitions that are its own since the last join. */
  get places(): ReadonlySet<string> {
    return this.#places;
  }

  /** Leaves the group, in bounded time: a kill must be safe anyway. */
  async close(): Promise<void> {
    await disconnect(this.#consumer);
  }

  async #run(): Promise<void> {
    const { streams, concurrency, partitions = concurrency } = this.#options;
    const { CRASH, GROUP_JOIN } = this.#consumer.events;
    this.#consumer.on(CRASH, ({ payload }) => {
      // The others it gets over by itself.
      if (payload.restart) return;
      const what = `${streams.join("、")} を読めなくなりました`;
      this.#fail(
        payload.error instanceof KizukiError
          ? payload.error
          : kafkaError(what, this.#settings.brokers, payload.error),
      );
    });
    this.#consumer.on(GROUP_JOIN, ({ payload }) => this.#joined(payload.memberAssignment));
    await this.#consumer.connect();
    await this.#consumer.subscribe({ topics: [...streams], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitions,
      eachBatch: (payload) => this.#eachBatch(payload),
    });
  }

  /** Synchronous: after an await here, records from before the position would come first. */
  #joined(assignment: Readonly<Record<string, readonly number[]>>): void {
    this.#expected.clear();
    this.#behind.clear();
    const own = Object.entries(assignment).flatMap(([topic, partitions]) =>
      partitions.map((partition) => ({ topic, partition, place: placeName(topic, partition) })),
    );
    this.#places = new Set(own.map(({ place }) => place));
    const { positions } = this.#options;
    if (positions === undefined) return;
    for (const { topic, partition, place } of own) {
      const next = positions.get(place) ?? 0;
      this.#expected.set(place, next);
      this.#consumer.seek({ topic, partition, offset: String(next) });
    }
  }

  async #eachBatch(payload: EachBatchPayload): Promise<void> {
    const { topic, partition, highWatermark } = payload.batch;
    const countBehind = (next: number) =>
      this.#behind.set(placeName(topic, partition), Number(highWatermark) - next);
    countBehind(Number(payload.batch.firstOffset()));
    const heart = keepBeating(payload.heartbeat);
    try {
      await this.#inTurn(async () => {
        await this.#refuseGap(payload);
        const chunks = [...chunksOf(payload, this.#options.chunkRecords)];
        for (const [index, chunk] of chunks.entries()) {
          heart.throwIfItFailed();
          if (!payload.isRunning() || payload.isStale()) return;
          countBehind(chunk.next);
          await this.#options.handle(chunk, {
            following: chunks[index + 1],
            records: () => this.#countBehind(),
          });
          await this.#settle(chunk, payload);
        }
      });
      heart.throwIfItFailed();
    } catch (cause) {
      if (isFinal(cause)) this.#fail(cause);
      throw cause;
    } finally {
      heart.stop();
    }
  }

  #countBehind(): number {
    return [...this.#behind.values()].reduce((sum, records) => sum + records, 0);
  }

  /** Only now: a crash before it brings the chunk again. */
  async #settle({ stream, partition, next }: Chunk, payload: EachBatchPayload): Promise<void> {
    payload.resolveOffset(String(next - 1));
    this.#expected.set(placeName(stream, partition), next);
    if (this.#options.positions !== undefined) return;
    // Not the consumer's own commitOffsets: what it throws can end the consumer for good.
    await payload.commitOffsetsIfNecessary({
      topics: [{ topic: stream, partitions: [{ partition, offset: String(next) }] }],
    });
  }

  /** A gap is legal where a transaction ended; where records were deleted it is a loss. */
  async #refuseGap({ batch }: EachBatchPayload): Promise<void> {
    const place = placeName(batch.topic, batch.partition);
    const expected = this.#expected.get(place);
    if (expected === undefined || Number(batch.firstOffset()) === expected) return;
    const { watermarks } = await surveyStreams(this.#settings, this.#options.streams);
    refuseLoss(new Map([[place, expected]]), watermarks);
  }
}

/** kafkajs itself would try what it does not know for ever, and it looks at the innermost cause alone. */
function isFinal(cause: unknown): boolean {
  if (cause instanceof KizukiError) return !cause.retriable;
  return !(cause instanceof Error && cause.name.startsWith("KafkaJS"));
}

/** By time, not by count: one record may take longer than a session. */
function keepBeating(heartbeat: () => Promise<void>) {
  let failure: unknown;
  const timer = setInterval(() => {
    heartbeat().catch((cause: unknown) => {
      failure ??= cause;
    });
  }, HEARTBEAT_MS);
  return {
    stop: () => clearInterval(timer),
    /** The group is being dealt anew: what is in hand is done, and the rest is for whoever gets it. */
    throwIfItFailed() {
      if (failure !== undefined) throw failure;
    },
  };
}

function* chunksOf({ batch }: EachBatchPayload, records: number): Generator<Chunk> {
  const stream = streamOf(batch.topic);
  for (let start = 0; start < batch.messages.length; start += records) {
    const messages = batch.messages.slice(start, start + records);
    const last = messages.at(-1);
    if (last === undefined) return;
    yield { stream, partition: batch.partition, messages, next: Number(last.offset) + 1 };
  }
}

function streamOf(topic: string): StreamName {
  const stream = STREAM_NAMES.find((name) => name === topic);
  if (stream === undefined) throw new Error(`${topic} was not subscribed to`);
  return stream;
}
