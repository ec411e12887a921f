import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { gatherMs, StreamLoader } from "../../pipeline/load-streams.ts";
import { silentMeasures } from "../../pipeline/measures.ts";
import { ensureStreams } from "../../pipeline/streams/ensure-streams.ts";
import { makeKafkaClient } from "../../pipeline/streams/kafka-client.ts";
import { KafkaProducer } from "../../pipeline/streams/kafka-producer.ts";
import { undoneHeader } from "../../pipeline/streams/undone-header.ts";
import { BATCH_RECORDS, Loader } from "../../pipeline/warehouse/loader.ts";
import { openWarehouse } from "../../pipeline/warehouse/open-warehouse.ts";
import { deadLetter, KEYS, kafkaSettings } from "../support/kafka/sample-records.ts";
import { describeWithKafka } from "../support/kafka.ts";

/** Messages that are no record: each becomes a dead letter, so that none can go unseen. */
const UNREAD = 2 * BATCH_RECORDS + 100;

test.each([
  { why: "workers that are up with what comes", undone: 10, pauseMs: 500 },
  { why: "workers that have two seconds before them", undone: 1000, pauseMs: 2000 },
  { why: "workers that have hours before them", undone: 9_000_000, pauseMs: 4000 },
])("behind $why, small transactions begin $pauseMs ms apart", ({ undone, pauseMs }) => {
  expect(gatherMs(undone)).toBe(pauseMs);
});

describeWithKafka("a loader on a real broker", { secure: false }, (broker) => {
  test("what waits behind a transaction that failed is not loaded before it, so nothing is passed over", async () => {
    const settings = kafkaSettings({ brokers: broker.brokers });
    await ensureStreams(settings, { create: true });
    const producer = makeKafkaClient(settings).producer();
    await producer.connect();
    const messages = Array.from({ length: UNREAD }, () => ({ value: "{broken", partition: 0 }));
    await producer.send({ topic: "voc.dead", messages });
    await producer.disconnect();
    const warehouse = await openWarehouse(join(broker.folder, "warehouse.duckdb"));
    onTestFinished(() => warehouse.close());
    const start = async (stage: (name: "rows" | "loaded") => void) =>
      await StreamLoader.start(settings, {
        ...{ warehouse, loader: await Loader.open(warehouse), keys: KEYS, stage },
        streams: ["voc.dead"],
      });
    let tries = 0;
    const failing = await start((name) => {
      if (name !== "rows") return;
      tries += 1;
      if (tries === 1) throw new Error("the disk is full for a moment");
    });
    await expect(failing.caughtUp()).rejects.toThrow("the disk is full for a moment");
    await failing.close();
    const next = await start(() => undefined);
    await next.caughtUp();
    await next.close();
    const reader = await warehouse.reader.runAndReadAll("select count(*)::int from dead_letters");
    expect(reader.getRowsJS()).toEqual([[UNREAD]]);
  });

  test.each([10, 1000])(
    "behind %i records small transactions begin no sooner than that",
    async (undone) => {
      const settings = kafkaSettings({ brokers: broker.brokers });
      const warehouse = await openWarehouse(":memory:");
      onTestFinished(() => warehouse.close());
      const begunMs: number[] = [];
      let loaded = 0;
      const measures = {
        ...silentMeasures,
        batchBegun: () => {
          begunMs.push(performance.now());
          return () => undefined;
        },
      };
      const loader = await StreamLoader.start(settings, {
        ...{ warehouse, loader: await Loader.open(warehouse, measures), keys: KEYS },
        streams: ["voc.dead"],
        stage: (name) => {
          if (name === "loaded") loaded += 1;
        },
      });
      onTestFinished(() => loader.close());
      await loader.caughtUp();
      const producer = await KafkaProducer.connect(settings, { keys: KEYS });
      onTestFinished(() => producer.close());
      const first = loaded;
      begunMs.length = 0;
      const publishedMs: number[] = [];
      for (const offset of [1, 2, 3]) {
        publishedMs.push(performance.now());
        await producer.publish("voc.dead", [deadLetter(offset)], undoneHeader(undone));
        while (loaded < first + offset) await sleep(20);
      }
      // A transaction begins behind its record, and the next one the pause later: so it is on however slow a machine.
      const [, ...laterMs] = begunMs.map(
        (beginMs, index) => beginMs - (publishedMs[index - 1] ?? 0),
      );
      expect(Math.min(...laterMs)).toBeGreaterThanOrEqual(gatherMs(undone));
    },
  );
});
