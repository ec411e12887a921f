import type { Home } from "../home.ts";
import type { Readiness } from "./operator-app.ts";
import { readLag } from "./read-readings.ts";

/**
 * Whether work that comes now can be done: the warehouse answers, the newest record of each stream can be read (and
 * `voc.raw` be unsealed), a worker has shown that the models load, and nobody has said to stop.
 */
export async function checkReadiness(home: Home, modelsLoaded: boolean): Promise<Readiness> {
  const parts = {
    warehouse: await succeeds(() => readLag(home)),
    models: modelsLoaded,
    streams: await succeeds(() => readNewest(home)),
    running: !home.stop.soon.aborted,
  };
  return { ready: Object.values(parts).every((part) => part), parts };
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
