import { setTimeout as sleep } from "node:timers/promises";
import kafkajs, { type Producer } from "kafkajs";
import { oneAtATime } from "../one-at-a-time.ts";
import type { Outcome } from "../outcome.ts";
import type { RecordOf, StreamName } from "../schema/message.ts";
import { type EncodedMessage, encodeMessage } from "./encode-message.ts";
import { disconnect, type KafkaLog, makeKafkaClient } from "./kafka-client.ts";
import { kafkaError } from "./kafka-error.ts";
import type { KafkaSettings } from "./kafka-settings.ts";
import { isSealedStream, type SealingKeys } from "./seal-message.ts";

const { CompressionTypes, Partitioners } = kafkajs;

/** One send: small beside the broker's limit, so that only a record that is large by itself comes near it. */
const BATCH_BYTES = 1024 * 1024;
/** What the broker waits for its replicas; below the client's own request timeout. */
const ACK_TIMEOUT_MS = 5000;
const PAUSE_MS = 200;
const DEADLINE_MS = 30_000;

/**
 * Writes records to a stream at least once.
 *
 * It is not idempotent in Kafka's sense on purpose: kafkajs 2.2.4's idempotent producer loses acknowledged records when
 * a request times out with others in flight. Here one send is under way at a time, so that a voice's records keep their
 * order, and what a retry writes twice the loader removes.
 */
export class KafkaProducer {
  readonly #producer: Producer;
  readonly #brokers: readonly string[];
  readonly #keys: SealingKeys;
  readonly #deadlineMs: number;
  readonly #inTurn = oneAtATime();

  private constructor(
    producer: Producer,
    options: {
      readonly brokers: readonly string[];
      readonly keys: SealingKeys;
      deadlineMs: number;
    },
  ) {
    this.#producer = producer;
    this.#brokers = options.brokers;
    this.#keys = options.keys;
    this.#deadlineMs = options.deadlineMs;
  }

  /** @throws KafkaError where no broker answers */
  static async connect(
    settings: KafkaSettings,
    options: {
      readonly keys: SealingKeys;
      /** How long `publish` tries one batch; looked at between tries, each of which may take some 20 s. */
      readonly deadlineMs?: number;
      readonly log?: KafkaLog;
    },
  ): Promise<KafkaProducer> {
    const { keys, deadlineMs = DEADLINE_MS, log } = options;
    const { brokers } = settings;
    const producer = makeKafkaClient(settings, log).producer({
      allowAutoTopicCreation: false,
      // As Java's: one key has one partition, whoever writes it.
      createPartitioner: Partitioners.DefaultPartitioner,
      // The loop round `send` is ours, with a deadline; kafkajs's own counts tries.
      retry: { initialRetryTime: 100, maxRetryTime: 1000, retries: 1 },
    });
    try {
      await producer.connect();
    } catch (cause) {
      throw kafkaError("Kafka につながりません", brokers, cause);
    }
    return new KafkaProducer(producer, { brokers, keys, deadlineMs });
  }

  /**
   * Returns when the broker and its in-sync replicas have all that is `ok`.
   *
   * @param headers of the last message
   * @returns one outcome per record, in order; reject where a record is too large to be written
   * @throws KafkaError with `retriable` where the broker did not acknowledge in time; some records may be there
   */
  async publish<Name extends StreamName>(
    stream: Name,
    records: readonly RecordOf[Name][],
    headers?: Record<string, string>,
  ): Promise<Outcome<EncodedMessage>[]> {
    const outcomes = records.map((record) => encodeMessage(stream, record, this.#keys));
    const messages = outcomes.flatMap((outcome) =>
      outcome.status === "ok" ? [outcome.value] : [],
    );
    const last = messages.pop();
    if (last !== undefined) messages.push({ ...last, ...(headers && { headers }) });
    await this.#inTurn(async () => {
      for (const batch of batchesOf(messages)) await this.#send(stream, batch);
    });
    return outcomes;
  }

  async close(): Promise<void> {
    await disconnect(this.#producer);
  }

  async #send(stream: StreamName, messages: readonly EncodedMessage[]): Promise<void> {
    const deadline = performance.now() + this.#deadlineMs;
    for (;;) {
      try {
        await this.#producer.send({
          topic: stream,
          acks: -1,
          timeout: ACK_TIMEOUT_MS,
          compression: isSealedStream(stream) ? CompressionTypes.None : CompressionTypes.GZIP,
          messages: [...messages],
        });
        return;
      } catch (cause) {
        const error = kafkaError(`${stream} に書けません`, this.#brokers, cause);
        if (!error.retriable || performance.now() >= deadline) throw error;
        await sleep(PAUSE_MS);
      }
    }
  }
}

function* batchesOf(messages: readonly EncodedMessage[]): Generator<EncodedMessage[]> {
  let batch: EncodedMessage[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = message.key.length + message.value.length;
    if (batch.length > 0 && bytes + size > BATCH_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(message);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
