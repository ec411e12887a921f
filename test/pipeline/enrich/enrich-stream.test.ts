import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ENRICH_GROUP, enrichStream } from "../../../pipeline/enrich/enrich-stream.ts";
import { WorkerPool } from "../../../pipeline/enrich/worker-pool.ts";
import { deriveKeys } from "../../../pipeline/keys.ts";
import type { RawRecord } from "../../../pipeline/schema/raw-record.ts";
import { decodeMessage } from "../../../pipeline/streams/decode-message.ts";
import { ensureStreams } from "../../../pipeline/streams/ensure-streams.ts";
import { readCommitted, withAdmin } from "../../../pipeline/streams/kafka-admin.ts";
import { makeKafkaClient } from "../../../pipeline/streams/kafka-client.ts";
import { KafkaProducer } from "../../../pipeline/streams/kafka-producer.ts";
import { readUndone } from "../../../pipeline/streams/undone-header.ts";
import { countRecords, readStream } from "../../support/kafka/read-stream.ts";
import { KEYS, kafkaSettings, originOf, rawRecord } from "../../support/kafka/sample-records.ts";
import { describeWithKafka } from "../../support/kafka.ts";
import { POISON_WORKER, WORKER_SETTINGS } from "../../support/pool-without-models.ts";

describeWithKafka("a worker on a real broker", { secure: false }, (broker) => {
  const settings = () => kafkaSettings({ brokers: broker.brokers });

  const start = async (keys = KEYS, told: (event: string) => void = () => undefined) => {
    class ToldPool extends WorkerPool {
      override enrich(batch: Parameters<WorkerPool["enrich"]>[0]) {
        told("begun");
        return super.enrich(batch);
      }
    }
    const pool = new ToldPool(2, WORKER_SETTINGS, { script: POISON_WORKER, itemDeadlineMs: 2000 });
    onTestFinished(() => pool.close());
    const worker = await enrichStream(settings(), {
      keys,
      pool,
      calibration: "",
      clock: () => new Date("2026-01-05T08:00:00+09:00"),
      concurrency: 2,
      stage: told,
    });
    onTestFinished(() => worker.close());
    return worker;
  };

  const voices = (names: readonly string[]): RawRecord[] =>
    names.map((name, offset) => ({ ...rawRecord(name, name), origin: originOf(offset) }));

  const enriched = async () => {
    const messages = await readStream(settings(), "voc.enriched");
    return messages.map((message) => {
      const outcome = decodeMessage("voc.enriched", message, KEYS);
      if (outcome.status !== "ok") throw new Error(outcome.reason);
      return outcome.value;
    });
  };

  const until = async (records: number) => {
    while ((await countRecords(settings(), "voc.enriched")) < records) await sleep(200);
  };

  test("records that crash, hang or eat memory, and bytes that are no record, are dead letters; all others go through", async () => {
    await ensureStreams(settings(), { create: true });
    const producer = await KafkaProducer.connect(settings(), { keys: KEYS });
    const names = Array.from({ length: 60 }, (_, index) => `声${index}`);
    const poison = ["落ちる1", "止まる", "食べる", "落ちる2"];
    await producer.publish("voc.raw", voices([...names, ...poison]));
    await producer.close();
    const plain = makeKafkaClient(settings()).producer();
    await plain.connect();
    const values = [
      "{broken",
      '{"version":9,"record":{}}',
      null,
      JSON.stringify(rawRecord("bare")),
    ];
    await plain.send({
      topic: "voc.raw",
      messages: values.map((value) => ({ key: "k", value, partition: 1 })),
    });
    await plain.disconnect();
    await start();
    await until(68);
    const records = await enriched();
    const texts = records.flatMap((record) => (record.status === "ok" ? [record.voice.text] : []));
    expect(texts.sort()).toEqual([...names, rawRecord("bare").voice.verbatim].sort());
    const dead = records.flatMap((record) => (record.status === "dead" ? [record] : []));
    expect(
      dead
        .filter(({ reason }) => reason === "worker crashed")
        .map(({ origin }) => origin.offset)
        .sort(),
    ).toEqual([60, 61, 62, 63]);
    const unread = dead.filter(({ origin }) => origin.stream === "voc.raw-1");
    expect(unread.map(({ reason }) => reason).sort()).toEqual([
      "broken JSON",
      "no value",
      "unknown version",
    ]);
    expect(await countRecords(settings(), "voc.dead")).toBe(7);
  });

  test("a worker says of partitions that wait for their turn, too, what is still to be done", async () => {
    const before = await countRecords(settings(), "voc.enriched");
    const producer = await KafkaProducer.connect(settings(), { keys: KEYS });
    const names = Array.from({ length: 60 }, (_, index) => `待つ声${index}`);
    await producer.publish("voc.raw", voices(names));
    await producer.close();
    await start();
    await until(before + names.length);
    const messages = await readStream(settings(), "voc.enriched");
    const undone = messages.flatMap((message) =>
      message.value?.includes("待つ声") ? [readUndone([message]) ?? 0] : [],
    );
    // Two of three partitions are in hand, each of them as one chunk.
    expect(Math.max(...undone)).toBeGreaterThan(0);
    expect(Math.max(...undone)).toBeLessThan(names.length / 2);
  });

  test("what was committed is not read again, and a second worker shares the rest", async () => {
    const before = await countRecords(settings(), "voc.enriched");
    const first = await start();
    const second = await start();
    const producer = await KafkaProducer.connect(settings(), { keys: KEYS });
    await producer.publish("voc.raw", voices(Array.from({ length: 300 }, (_, i) => `次${i}`)));
    await producer.close();
    await until(before + 300);
    await Promise.all([first.close(), second.close()]);
    const committed = await withAdmin(settings(), "", (admin) =>
      readCommitted(admin, ENRICH_GROUP, ["voc.raw"]),
    );
    const sum = [...committed.values()].reduce((total, next) => total + next, 0);
    expect(sum).toBe(await countRecords(settings(), "voc.raw"));
  });

  test("the next chunk of a partition is begun before this one is published", async () => {
    await ensureStreams(settings(), { create: true });
    const before = await countRecords(settings(), "voc.enriched");
    const plain = makeKafkaClient(settings()).producer();
    await plain.connect();
    const messages = voices(Array.from({ length: 300 }, (_, i) => `続き${i}`)).map((record) => ({
      key: "k",
      value: JSON.stringify(record),
      partition: 0,
    }));
    await plain.send({ topic: "voc.raw", messages });
    await plain.disconnect();
    const events: string[] = [];
    await start(KEYS, (event) => events.push(event));
    await until(before + 300);
    const requests = (chunk: number) => Math.ceil(chunk / 64);
    // Chunks of 128, 128 and 44.
    expect(events.slice(0, events.indexOf("enriched"))).toEqual(
      Array(2 * requests(128)).fill("begun"),
    );
    expect(events.filter((event) => event === "begun")).toHaveLength(
      2 * requests(128) + requests(44),
    );
  });

  test("what a worker has not done of its own partitions is its lag, until it is done", async () => {
    const worker = await start();
    const producer = await KafkaProducer.connect(settings(), { keys: KEYS });
    await producer.publish("voc.raw", voices(["止まる声"]));
    await producer.close();
    // The process hangs for two seconds before it is killed.
    expect(await worker.lag()).toBe(1);
    const other = await start();
    while ((await worker.lag()) !== 0 || (await other.lag()) !== 0) await sleep(200);
  });

  test("a worker with another key stops, and calls nothing a dead letter", async () => {
    const dead = await countRecords(settings(), "voc.dead");
    const worker = await start(deriveKeys(Buffer.alloc(32, 9)));
    const producer = await KafkaProducer.connect(settings(), { keys: KEYS });
    await producer.publish("voc.raw", voices(["鍵違い"]));
    await producer.close();
    await expect(worker.failed).rejects.toThrow(/voc\.raw-\d の \d+ 番は別の鍵で封がされています/);
    expect(await countRecords(settings(), "voc.dead")).toBe(dead);
  });

  test("records that were deleted before a worker had read them stop it by name", async () => {
    await withAdmin(settings(), "", async (admin) => {
      const offsets = await admin.fetchTopicOffsets("voc.raw");
      const partitions = offsets.map(({ partition, high }) => ({ partition, offset: high }));
      await admin.deleteTopicRecords({ topic: "voc.raw", partitions });
    });
    await expect(start()).rejects.toThrow(
      /voc\.raw-\d の読んでいない記録 1 件が消えています.*kizuki streams accept/s,
    );
  });
});
