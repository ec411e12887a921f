import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { StorageError } from "../../pipeline/errors.ts";
import { StreamLoader } from "../../pipeline/load-streams.ts";
import { silentMeasures } from "../../pipeline/measures.ts";
import { ensureStreams } from "../../pipeline/streams/ensure-streams.ts";
import { KafkaProducer } from "../../pipeline/streams/kafka-producer.ts";
import { readPositions } from "../../pipeline/warehouse/kafka-positions.ts";
import { Loader } from "../../pipeline/warehouse/loader.ts";
import { openWarehouse } from "../../pipeline/warehouse/open-warehouse.ts";
import { deadLetter, KEYS, kafkaSettings } from "../support/kafka/sample-records.ts";
import { describeWithKafka } from "../support/kafka.ts";

/** More than one fetch, and more than one transaction. */
const RECORDS = 20_000;

describeWithKafka("a loader that fetches ahead", { secure: false }, (broker) => {
  test("nothing that waits behind a transaction that failed is loaded", async () => {
    const settings = kafkaSettings({ brokers: broker.brokers });
    await ensureStreams(settings, { create: true });
    const producer = await KafkaProducer.connect(settings, { keys: KEYS });
    await producer.publish(
      "voc.dead",
      Array.from({ length: RECORDS }, (_, offset) => deadLetter(offset)),
    );
    await producer.close();
    const warehouse = await openWarehouse(join(broker.folder, "failing.duckdb"));
    onTestFinished(() => warehouse.close());
    let transactions = 0;
    const loader = await StreamLoader.start(settings, {
      warehouse,
      loader: await Loader.open(warehouse, silentMeasures),
      keys: KEYS,
      stage(name) {
        if (name !== "rows") return;
        transactions += 1;
        if (transactions === 1) throw new StorageError("no room for a moment");
      },
    });
    await expect(loader.failed).rejects.toThrow("no room");
    await loader.close();
    expect(await readPositions(warehouse)).toEqual(new Map());
    expect(transactions).toBe(1);
  });
});
