import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { KafkaError } from "../../../pipeline/errors.ts";
import { decodeMessage } from "../../../pipeline/streams/decode-message.ts";
import { ensureStreams } from "../../../pipeline/streams/ensure-streams.ts";
import { KafkaProducer } from "../../../pipeline/streams/kafka-producer.ts";
import { readStream } from "../../support/kafka/read-stream.ts";
import {
  deadLetter,
  KEYS,
  kafkaSettings,
  rawRecord,
  reportMade,
} from "../../support/kafka/sample-records.ts";
import { describeWithKafka } from "../../support/kafka.ts";

describeWithKafka("publishing to a real broker", { secure: false }, (broker) => {
  const settings = () => kafkaSettings({ brokers: broker.brokers });
  const connect = async (deadlineMs = 30_000) => {
    await ensureStreams(settings(), { create: true });
    return await KafkaProducer.connect(settings(), { keys: KEYS, deadlineMs });
  };

  test("a stream that is not there is told with what makes it", async () => {
    const producer = await KafkaProducer.connect(settings(), { keys: KEYS, deadlineMs: 0 });
    const publishing = producer.publish("voc.dead", [deadLetter(0)]);
    await expect(publishing).rejects.toThrow(/voc\.dead に書けません.*kizuki streams ensure/);
    await producer.close();
  });

  test("a record that no broker would take is an outcome, and the others are written", async () => {
    const producer = await connect();
    const values = ["a", "x".repeat(8 * 1024 * 1024), "b".repeat(5_000_000), "c"];
    const outcomes = await producer.publish("voc.actions", values.map(reportMade));
    expect(
      outcomes.map((outcome) => (outcome.status === "reject" ? outcome.reason : "ok")),
    ).toEqual(["ok", "too large", "ok", "ok"]);
    const read = (await readStream(settings(), "voc.actions")).map((message) =>
      decodeMessage("voc.actions", message, KEYS),
    );
    expect(read).toEqual(
      ["a", "b".repeat(5_000_000), "c"].map((value) => ({
        status: "ok",
        value: reportMade(value),
      })),
    );
    await producer.close();
  });

  test("a voice's key stands in the broker's files, and its words nowhere", async () => {
    const producer = await connect();
    const record = rawRecord("sealed", "himitsu no koe");
    await producer.publish("voc.raw", [record]);
    await producer.close();
    await broker.stop();
    const files = await readdir(join(broker.folder, "data"), { recursive: true });
    const raw = files.filter((file) => /^voc\.raw-\d+\/.*\.log$/.test(file));
    const bytes = raw.map((file) => readFileSync(join(broker.folder, "data", file), "latin1"));
    expect(bytes.join("")).toContain(record.voice.voiceId);
    expect(bytes.join("")).not.toContain("himitsu");
    await broker.start();
  });

  test("a broker that is killed and comes back loses nothing it had acknowledged", async () => {
    const producer = await connect(120_000);
    const acknowledged: number[] = [];
    let stopped = false;
    const publishing = (async () => {
      for (let next = 0; !stopped; next += 20) {
        const offsets = Array.from({ length: 20 }, (_, index) => next + index);
        await producer.publish("voc.dead", offsets.map(deadLetter));
        acknowledged.push(...offsets);
      }
    })();
    // A failure is seen by who waits for it next; until then it must not count as unhandled.
    publishing.catch(() => undefined);
    const goOn = async (records: number) => {
      const goal = acknowledged.length + records;
      while (acknowledged.length < goal) await Promise.race([sleep(5), publishing]);
    };
    for (const _ of ["first kill", "second kill"]) {
      await goOn(500);
      await broker.kill();
      await sleep(500);
      await broker.start();
    }
    await goOn(500);
    stopped = true;
    await publishing;
    await producer.close();
    const read = (await readStream(settings(), "voc.dead")).map((message) => {
      const outcome = decodeMessage("voc.dead", message, KEYS);
      return outcome.status === "ok" ? outcome.value.origin.offset : -1;
    });
    const there = new Set(read);
    expect(acknowledged.filter((offset) => !there.has(offset))).toEqual([]);
    // In order too, but for what a retry wrote twice.
    expect([...there]).toEqual([...there].sort((a, b) => a - b));
    process.stdout.write(
      `acknowledged ${acknowledged.length}, lost 0, written twice ${read.length - there.size}\n`,
    );
  });

  test("a broker that stays away is told with its address and stream, as worth trying again", async () => {
    const producer = await connect(1000);
    await broker.kill();
    const error = await producer.publish("voc.dead", [deadLetter(0)]).then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).toBeInstanceOf(KafkaError);
    expect(error).toMatchObject({
      retriable: true,
      message: expect.stringContaining(`voc.dead に書けません（${broker.brokers[0]}）`),
    });
    await producer.close();
  });
});
