import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { RawRecord } from "../../pipeline/schema/raw-record.ts";
import { ensureStreams } from "../../pipeline/streams/ensure-streams.ts";
import { openKafkaTestHome, startTestWorker } from "../support/kafka/kafka-home.ts";
import { kafkaSettings, originOf, rawRecord } from "../support/kafka/sample-records.ts";
import { describeWithKafka } from "../support/kafka.ts";

const PER_SECOND = 300;
const SECONDS = 20;
/** A publish every tenth of a second, as web forms would come. */
const TICK_MS = 100;

describeWithKafka("the delay of a voice on a real broker", { secure: false }, (broker) => {
  test(`at ${PER_SECOND} voices a second a voice is queryable within two seconds`, async () => {
    const settings = kafkaSettings({ brokers: broker.brokers });
    await ensureStreams(settings, { create: true });
    const home = await openKafkaTestHome(broker.folder, broker.brokers);
    await startTestWorker(settings);
    const sentMs = new Map<number, number>();
    const delaysMs = new Map<number, number>();
    const perTick = (PER_SECOND * TICK_MS) / 1000;
    const total = PER_SECOND * SECONDS;
    const look = async (): Promise<void> => {
      const sql = "select origin_offset::integer from voices";
      const reader = await home.warehouse.reader.runAndReadAll(sql);
      const nowMs = performance.now();
      for (const offset of reader.getRowsJS().map(([value]) => Number(value))) {
        if (!delaysMs.has(offset)) delaysMs.set(offset, nowMs - (sentMs.get(offset) ?? nowMs));
      }
    };
    const startMs = performance.now();
    for (let first = 0; first < total; first += perTick) {
      const records = Array.from({ length: perTick }, (_, index): RawRecord => {
        const offset = first + index;
        return { ...rawRecord(`v${offset}`, `${offset}番の声です`), origin: originOf(offset) };
      });
      for (const { origin } of records) sentMs.set(origin.offset, performance.now());
      await home.kafka?.publishRaw(records);
      await look();
      await sleep(startMs + ((first + perTick) / perTick) * TICK_MS - performance.now());
    }
    while (delaysMs.size < total) {
      await sleep(50);
      await look();
    }
    await home.close();
    const sorted = [...delaysMs.values()].sort((a, b) => a - b);
    const at = (share: number) => Math.round(sorted[Math.floor(share * (total - 1))] ?? 0);
    process.stdout.write(`delay ms: p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}\n`);
    // The first ones wait for the worker to join.
    expect(at(0.95)).toBeLessThan(2000);
  });
});
