import { blobValue, type DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Origin } from "../schema/origin.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute, query } from "./query.ts";

/** Records of one bitmap, as `sql/schema/005_kafka.sql` says. */
const CHUNK_RECORDS = 4096;
const EVERYTHING = Number.MAX_SAFE_INTEGER;

const Row = z.strictObject({ chunk: z.number(), bits: z.instanceof(Uint8Array) });
type Place = Pick<Origin, "stream" | "offset">;

/**
 * Marks records of sources as counted, inside the open transaction. A set, not a mark up to which all is counted:
 * Kafka's partitions bring the records of a file in any order, and some of them twice.
 *
 * @returns for each origin whether this is its first time, in order
 */
export async function markLoaded(
  warehouse: Warehouse,
  origins: readonly Place[],
): Promise<boolean[]> {
  const firstTimes = new Map<Place, boolean>();
  for (const stream of new Set(origins.map((origin) => origin.stream))) {
    const places = origins.filter((origin) => origin.stream === stream);
    const chunks = places.map(({ offset }) => chunkOf(offset));
    const range = { from: Math.min(...chunks), until: Math.max(...chunks) + 1 };
    const bitmaps = await readBitmaps(warehouse.connection, stream, range);
    const changed = new Set<number>();
    for (const place of places) {
      const isFirst = mark(bitmaps, place.offset);
      firstTimes.set(place, isFirst);
      if (isFirst) changed.add(chunkOf(place.offset));
    }
    for (const chunk of changed) {
      const bits = blobValue(bitmaps.get(chunk) ?? emptyBitmap());
      const params = { stream, chunk, bits };
      await execute(warehouse.connection, "load/set_loaded_records.sql", params);
    }
  }
  return origins.map((origin) => firstTimes.get(origin) ?? false);
}

/** @returns the first record of a source that is not counted, of what is committed */
export async function firstNotLoaded(warehouse: Warehouse, stream: string): Promise<number> {
  const bitmaps = await readBitmaps(warehouse.reader, stream, { from: 0, until: EVERYTHING });
  for (let chunk = 0; ; chunk += 1) {
    const bits = bitmaps.get(chunk) ?? emptyBitmap();
    const byte = bits.findIndex((value) => value !== 0xff);
    if (byte < 0) continue;
    const free = ~(bits[byte] ?? 0);
    return chunk * CHUNK_RECORDS + byte * 8 + Math.log2(free & -free);
  }
}

async function readBitmaps(
  connection: DuckDBConnection,
  stream: string,
  range: { readonly from: number; readonly until: number },
): Promise<Map<number, Uint8Array>> {
  const rows = await query(connection, "load/loaded_records.sql", { stream, ...range }, Row);
  return new Map(rows.map(({ chunk, bits }) => [chunk, Uint8Array.from(bits)]));
}

/** @returns whether the record was not marked before */
function mark(bitmaps: Map<number, Uint8Array>, offset: number): boolean {
  const chunk = chunkOf(offset);
  const bits = bitmaps.get(chunk) ?? emptyBitmap();
  bitmaps.set(chunk, bits);
  const index = offset % CHUNK_RECORDS;
  const byte = Math.floor(index / 8);
  const bit = 1 << (index % 8);
  const before = bits[byte] ?? 0;
  bits[byte] = before | bit;
  return (before & bit) === 0;
}

function chunkOf(offset: number): number {
  return Math.floor(offset / CHUNK_RECORDS);
}

function emptyBitmap(): Uint8Array {
  return new Uint8Array(CHUNK_RECORDS / 8);
}
