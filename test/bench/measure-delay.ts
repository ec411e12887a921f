import { setTimeout as sleep } from "node:timers/promises";
import type { Home } from "../../pipeline/home.ts";
import type { RawRecord } from "../../pipeline/schema/raw-record.ts";

export const PER_SECOND = 300;
const SECONDS = 20;
/** A publish every tenth of a second, as web forms would come. */
const TICK_MS = 100;

export type Delay = { readonly p50: number; readonly p95: number; readonly p99: number };

/**
 * Publishes voices at a steady rate and looks for each in the warehouse.
 *
 * @param records with places of their own, as many as twenty seconds take
 * @returns milliseconds from the hand-over until SQL sees the voice
 */
export async function measureDelay(home: Home, records: readonly RawRecord[]): Promise<Delay> {
  const sentMs = new Map<string, number>();
  const delaysMs = new Map<string, number>();
  const perTick = (PER_SECOND * TICK_MS) / 1000;
  const sent = records.filter(({ status }) => status === "ok").slice(0, PER_SECOND * SECONDS);
  const idOf = (record: RawRecord) => (record.status === "ok" ? record.voice.voiceId : "");
  const look = async (): Promise<void> => {
    const reader = await home.warehouse.reader.runAndReadAll(
      "select voice_id::varchar from voices",
    );
    const nowMs = performance.now();
    for (const [id] of reader.getRowsJS()) {
      const startMs = sentMs.get(String(id));
      if (startMs !== undefined && !delaysMs.has(String(id)))
        delaysMs.set(String(id), nowMs - startMs);
    }
  };
  const startMs = performance.now();
  for (let first = 0; first < sent.length; first += perTick) {
    const part = sent.slice(first, first + perTick);
    for (const record of part) sentMs.set(idOf(record), performance.now());
    await home.kafka?.publishRaw(part);
    await look();
    await sleep(startMs + ((first + perTick) / perTick) * TICK_MS - performance.now());
  }
  while (delaysMs.size < sentMs.size) {
    await sleep(50);
    await look();
  }
  const sorted = [...delaysMs.values()].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
