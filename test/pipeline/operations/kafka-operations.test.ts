import { cpSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { addAwareness } from "../../../pipeline/cli/awareness.ts";
import { statusCommand } from "../../../pipeline/cli/status.ts";
import type { Home } from "../../../pipeline/home.ts";
import { checkReadiness } from "../../../pipeline/operations/check-readiness.ts";
import { makeBackup } from "../../../pipeline/operations/make-backup.ts";
import { prometheusMeasures } from "../../../pipeline/operations/prometheus-measures.ts";
import { countOwnLag, readLag, readReadings } from "../../../pipeline/operations/read-readings.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { ensureStreams } from "../../../pipeline/streams/ensure-streams.ts";
import { KafkaProducer } from "../../../pipeline/streams/kafka-producer.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { rowsOfHome } from "../../support/home-rows.ts";
import { openKafkaTestHome, startTestWorker } from "../../support/kafka/kafka-home.ts";
import { deadLetter, KEYS, kafkaSettings, rawRecord } from "../../support/kafka/sample-records.ts";
import { describeWithKafka } from "../../support/kafka.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const LIVE = { status: "idle", lag: 0, stillMs: 0 } as const;
const NOW = { maxAgeMs: 0 };

describeWithKafka("what operators see of a real broker", { secure: false }, (broker) => {
  const settings = () => kafkaSettings({ brokers: broker.brokers });

  const open = async () => {
    await ensureStreams(settings(), { create: true });
    const home = await openKafkaTestHome(broker.folder, broker.brokers);
    onTestFinished(() => home.close().catch(() => undefined));
    return home;
  };
  const partsOf = async (home: Home, stillMs = 0) => {
    await home.kafka?.state(NOW);
    const live = async () => ({ ...LIVE, stillMs });
    return (await checkReadiness(home, { modelsLoaded: true, live })).parts;
  };
  const metricsOf = async (home: Home) => {
    await home.kafka?.state(NOW);
    return (await prometheusMeasures(() => 0).exposition(() => readReadings(home))).text;
  };
  const publish = async (stream: "voc.raw" | "voc.dead", count: number) => {
    const producer = await KafkaProducer.connect(settings(), { keys: KEYS });
    const numbers = Array.from({ length: count }, (_, index) => index);
    if (stream === "voc.dead") await producer.publish(stream, numbers.map(deadLetter));
    else {
      const voices = numbers.map((index) => rawRecord(`v${index}`, `${index}番の声`));
      await producer.publish(stream, voices);
    }
    await producer.close();
  };

  test("records that wait for workers are lag, and readiness says who is missing; serve itself has nothing to do", async () => {
    const home = await open();
    await publish("voc.raw", 20);
    expect((await readLag(home, NOW)).get("voc.raw")).toBe(20);
    expect(await countOwnLag(home)).toBe(0);
    expect(await partsOf(home)).toMatchObject({ broker: true, loading: true, workers: false });
    const status = await statusCommand.run(home, {}, silentReporter);
    expect(status).toMatchObject({ pending: 20, unloaded: 0, kafka: { isUp: true, workers: 0 } });
    const before = await metricsOf(home);
    expect(before).toContain('kizuki_lag_records{stream="voc.raw"} 20\n');
    expect(before).toContain("kizuki_workers 0\n");
    await startTestWorker(settings());
    while ((await readLag(home, NOW)).get("voc.raw") !== 0) await sleep(100);
    expect(await partsOf(home)).toMatchObject({ workers: true });
    expect(await metricsOf(home)).toContain("kizuki_workers 1\n");
  });

  test("records that wait for the loader are its own lag, by stream, and loading that stands still is not ready", async () => {
    const home = await open();
    await home.kafka?.caughtUp();
    let letGo: () => void = () => undefined;
    const held = home.warehouse.transaction(
      () =>
        new Promise<void>((resolve) => {
          letGo = resolve;
        }),
    );
    await publish("voc.dead", 3);
    expect((await readLag(home, NOW)).get("voc.dead")).toBe(3);
    expect(await countOwnLag(home)).toBe(3);
    expect(await partsOf(home, 60_001)).toMatchObject({ broker: true, loading: false });
    letGo();
    await held;
    await home.kafka?.caughtUp();
    await home.kafka?.state(NOW);
    expect(await countOwnLag(home)).toBe(0);
  });

  test("a backup has the warehouse of one moment; a home made again from it reads the rest from Kafka and has the same rows", async () => {
    const folder = tempFolder();
    const home = await openKafkaTestHome(folder, broker.brokers);
    await startTestWorker(settings());
    await publish("voc.raw", 30);
    while ((await readLag(home, NOW)).get("voc.raw") !== 0) await sleep(100);
    await home.kafka?.caughtUp();
    const made = await makeBackup(home, { folder: join(folder, "backup"), keep: 7, ofTheme: [] });
    expect(made.sizeBytes).toBeGreaterThan(100_000);
    await addAwareness(home, {
      voice: uuidOf("v7"),
      author: "林",
      reason: "控えのあと",
      at: new Date(0),
    });
    await home.close();
    const again = join(tempFolder(), "home");
    mkdirSync(again);
    for (const name of ["warehouse.duckdb", "log", "home.json"]) {
      cpSync(join(made.folder, name), join(again, name), { recursive: true });
    }
    const before = await rowsOfHome(again);
    const restored = await openKafkaTestHome(dirname(again), broker.brokers);
    await restored.kafka?.caughtUp();
    await restored.close();
    const after = await rowsOfHome(again);
    expect(after).toEqual(await rowsOfHome(join(folder, "home")));
    // Else all would have come from Kafka, or nothing.
    expect(before.vectors).toBe(after.vectors);
    expect(before.awareness).not.toBe(after.awareness);
  });

  test("a broker that is away is told within seconds and is nobody's standstill; when it is back, it is seen over the same watch", async () => {
    const home = await open();
    await home.kafka?.state(NOW);
    await broker.kill();
    const startMs = performance.now();
    expect(await home.kafka?.state(NOW)).toBeUndefined();
    expect(performance.now() - startMs).toBeLessThan(10_000);
    expect(await partsOf(home)).toMatchObject({ broker: false, loading: false, workers: false });
    expect(await metricsOf(home)).toMatch(/^kizuki_broker_up 0$/m);
    expect(await countOwnLag(home)).toBe(0);
    const status = await statusCommand.run(home, {}, silentReporter);
    expect(status.kafka).toEqual({ isUp: false, workers: null, otherCalibrations: null });
    await broker.start();
    while ((await home.kafka?.state(NOW)) === undefined) await sleep(200);
    expect(await metricsOf(home)).toMatch(/^kizuki_broker_up 1$/m);
  });
});
