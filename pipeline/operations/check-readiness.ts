import type { Home } from "../home.ts";
import type { KafkaHome } from "../kafka-home.ts";
import { readLoadedOffsets } from "../warehouse/loaded-offsets.ts";
import type { Readiness } from "./operator-app.ts";
import type { Liveness } from "./progress-watch.ts";

/** Longer than any transaction, much shorter than what ends the process. */
const LOADING_STILL_MS = 60_000;

/**
 * Whether work that comes now can be done: the warehouse answers, the newest record of each embedded stream can be read
 * (and `voc.raw` be unsealed), a worker has shown that the models load, and nobody has said to stop. With Kafka also: a
 * broker answers, what it brings is loaded, and somebody enriches.
 */
export async function checkReadiness(
  home: Home,
  {
    modelsLoaded,
    live,
  }: { readonly modelsLoaded: boolean; readonly live: () => Promise<Liveness> },
): Promise<Readiness> {
  const parts = {
    warehouse: await succeeds(() => readLoadedOffsets(home.warehouse.reader)),
    models: modelsLoaded,
    streams: await succeeds(() => readNewest(home)),
    running: !home.stop.soon.aborted,
    ...(home.kafka && (await checkKafka(home.kafka, live))),
  };
  return { ready: Object.values(parts).every((part) => part), parts };
}

async function checkKafka(
  kafka: KafkaHome,
  live: () => Promise<Liveness>,
): Promise<Readiness["parts"]> {
  const state = await kafka.state();
  const isAnswered = state !== undefined;
  return {
    broker: isAnswered,
    loading: isAnswered && (await live()).stillMs < LOADING_STILL_MS,
    workers: isAnswered && state.calibrations.length > 0,
  };
}

async function readNewest(home: Home): Promise<void> {
  for (const stream of Object.values(home.streams)) {
    if (stream.nextOffset === 0) continue;
    for await (const frame of stream.readFrom(stream.nextOffset - 1)) {
      if (frame.records.length === 0) throw new Error("a frame without records");
    }
  }
}

async function succeeds(check: () => Promise<unknown>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch {
    return false;
  }
}
