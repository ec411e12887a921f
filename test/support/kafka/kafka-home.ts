import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { loadConfig } from "../../../pipeline/config.ts";
import { enrichStream } from "../../../pipeline/enrich/enrich-stream.ts";
import { type Home, openHome } from "../../../pipeline/home.ts";
import type { Keys } from "../../../pipeline/keys.ts";
import type { KafkaSettings } from "../../../pipeline/streams/kafka-settings.ts";
import { poolWithoutModels } from "../pool-without-models.ts";
import { KEYS } from "./sample-records.ts";

export function writeKafkaConfig(folder: string, brokers: readonly string[]): string {
  const file = join(folder, "kizuki.yaml");
  const kafka = { brokers, streams: { partitions: 3, replicationFactor: 1 } };
  // JSON is YAML.
  writeFileSync(file, JSON.stringify({ kafka, workers: 2 }));
  return file;
}

/** A home of its own on the broker, in this process. */
export async function openKafkaTestHome(
  folder: string,
  brokers: readonly string[],
  { keys = KEYS, now = "2026-01-05T08:00:00+09:00" }: { keys?: Keys; now?: string } = {},
): Promise<Home> {
  const file = writeKafkaConfig(folder, brokers);
  const config = loadConfig({ home: join(folder, "home"), file, workingFolder: folder });
  return await openHome(config, keys, () => new Date(now));
}

/** A worker without models, in this process; it ends with the test. */
export async function startTestWorker(settings: KafkaSettings) {
  const pool = poolWithoutModels();
  onTestFinished(() => pool.close());
  const worker = await enrichStream(settings, {
    keys: KEYS,
    pool,
    calibration: "",
    clock: () => new Date("2026-01-05T08:00:00+09:00"),
    concurrency: 2,
  });
  onTestFinished(() => worker.close());
  return worker;
}

export function writeVoices(folder: string, rows: number, first = 0): string {
  const file = join(folder, `voices-${first}.csv`);
  const lines = Array.from(
    { length: rows },
    (_, row) => `v${first + row},2025-12-30,駅から遠いです${first + row}`,
  );
  writeFileSync(file, ["受付番号,日付,ご意見", ...lines].join("\n"));
  return file;
}
