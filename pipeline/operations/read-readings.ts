import { existsSync, readdirSync, statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { z } from "zod";
import { pendingRecords } from "../enrich/pump.ts";
import { type Home, vaultPath, warehousePath } from "../home.ts";
import { isNoVoices } from "../intake/watch-inbox.ts";
import { readLoadedOffsets } from "../warehouse/loaded-offsets.ts";
import { query } from "../warehouse/query.ts";
import type { Readings } from "./prometheus-measures.ts";

const JobRow = z.strictObject({ job: z.string(), done_at: z.number() });

/** Reads what the registry shows of a home. `stat` leaves DuckDB's lock alone; opening the file would drop it. */
export async function readReadings(home: Home): Promise<Readings> {
  const { config, warehouse } = home;
  const jobs = await query(warehouse.reader, "questions/jobs_done.sql", {}, JobRow);
  const { bavail, bsize } = await statfs(config.home);
  const warehouseFile = warehousePath(config.home);
  const vaultFile = vaultPath(config.home);
  const { inbox } = config;
  const state = await home.kafka?.state();
  return {
    lag: await readLag(home),
    kafka: home.kafka && { isUp: state !== undefined, workers: state?.calibrations.length },
    databaseBytes: new Map([
      ["warehouse", sizeOf(warehouseFile)],
      ["wal", sizeOf(`${warehouseFile}.wal`)],
      ["vault", sizeOf(vaultFile)],
      ["vault-wal", sizeOf(`${vaultFile}.wal`)],
    ]),
    diskFreeBytes: bavail * bsize,
    inboxFiles: inbox === undefined || !existsSync(inbox) ? 0 : filesIn(inbox),
    jobSuccess: new Map(jobs.map(({ job, done_at }) => [job, done_at])),
  };
}

/**
 * Records that wait, by stream: of `voc.raw` those that are not enriched, of the others those that are not loaded.
 * What stands in Kafka is left out while no broker answers.
 */
export async function readLag(
  home: Home,
  options: { readonly maxAgeMs?: number } = {},
): Promise<ReadonlyMap<string, number>> {
  const lag = await readEmbeddedLag(home);
  const state = await home.kafka?.state(options);
  for (const [name, records] of state?.lag ?? []) lag.set(name, (lag.get(name) ?? 0) + records);
  return lag;
}

/** Records that wait for this very process: those of Kafka's `voc.raw` wait for workers, which it cannot start. */
export async function countOwnLag(home: Home): Promise<number> {
  const lag = await readEmbeddedLag(home);
  const state = await home.kafka?.state();
  for (const [name, records] of state?.lag ?? []) {
    if (name !== "voc.raw") lag.set(name, (lag.get(name) ?? 0) + records);
  }
  return [...lag.values()].reduce((sum, records) => sum + records, 0);
}

async function readEmbeddedLag(home: Home): Promise<Map<string, number>> {
  const loaded = await readLoadedOffsets(home.warehouse.reader);
  const { raw, ...others } = home.streams;
  const lag = new Map([[raw.name, pendingRecords(home)]]);
  for (const { name, nextOffset } of Object.values(others)) {
    lag.set(name, nextOffset - (loaded.get(name) ?? 0));
  }
  return lag;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function filesIn(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && !isNoVoices(entry.name)).length;
}
