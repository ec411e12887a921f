import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import type { Origin } from "../schema/origin.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute, query } from "./query.ts";

/** Records of one bitmap, as `sql/schema/005_kafka.sql` says. */
const CHUNK_RECORDS = 4096;

const Row = z.strictObject({ chunk: z.number(), bits: z.instanceof(Uint8Array) });
const PlacedRow = Row.extend({ origin_stream: z.string() });
type Place = Pick<Origin, "stream" | "offset">;
type Chunk = { readonly origin_stream: string; readonly chunk: number; readonly bits: Uint8Array };

/**
 * Marks records of sources as counted, inside the open transaction. A set, not a mark up to which all is counted:
 * Kafka's partitions bring the records of a file in any order, and some of them twice.
 *
 * @returns for each origin whether this is its first time, in order
 */
export async function markLoaded(
  { connection }: Warehouse,
  origins: readonly Place[],
): Promise<boolean[]> {
  const chunks = await readChunks(connection, origins);
  const changed = new Set<Chunk>();
  const firstTimes = chunks.map((chunk, index) => {
    if (!mark(chunk.bits, (origins[index]?.offset ?? 0) % CHUNK_RECORDS)) return false;
    changed.add(chunk);
    return true;
  });
  if (changed.size > 0) {
    const rows = [...changed].map(({ bits, ...place }) => ({ ...place, bits: toBase64(bits) }));
    await execute(connection, "load/set_loaded_records.sql", { chunks: JSON.stringify(rows) });
  }
  return firstTimes;
}

/** @returns the first record of a source that is not counted, of what is committed */
export async function firstNotLoaded(warehouse: Warehouse, stream: string): Promise<number> {
  const rows = await query(warehouse.reader, "load/loaded_records.sql", { stream }, Row);
  const bitmaps = new Map(rows.map(({ chunk, bits }) => [chunk, bits]));
  for (let chunk = 0; ; chunk += 1) {
    const bits = bitmaps.get(chunk) ?? emptyBitmap();
    const byte = bits.findIndex((value) => value !== 0xff);
    if (byte < 0) continue;
    const free = ~(bits[byte] ?? 0);
    return chunk * CHUNK_RECORDS + byte * 8 + Math.log2(free & -free);
  }
}

/** @returns the bitmap that each place stands in, in order; a new one is empty */
async function readChunks(
  connection: DuckDBConnection,
  places: readonly Place[],
): Promise<Chunk[]> {
  const asked = new Map<string, Map<number, Chunk>>();
  const chunks = places.map(({ stream: origin_stream, offset }) => {
    const ofStream = asked.get(origin_stream) ?? new Map<number, Chunk>();
    asked.set(origin_stream, ofStream);
    const chunk = chunkOf(offset);
    const known = ofStream.get(chunk) ?? { origin_stream, chunk, bits: emptyBitmap() };
    ofStream.set(chunk, known);
    return known;
  });
  const names = [...new Set(chunks)].map(({ origin_stream, chunk }) => ({ origin_stream, chunk }));
  const params = { chunks: JSON.stringify(names) };
  const rows = await query(connection, "load/loaded_chunks.sql", params, PlacedRow);
  for (const { origin_stream, chunk, bits } of rows) {
    asked.get(origin_stream)?.get(chunk)?.bits.set(bits);
  }
  return chunks;
}

/** @returns whether the record was not marked before */
function mark(bits: Uint8Array, index: number): boolean {
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

function toBase64(bits: Uint8Array): string {
  return Buffer.from(bits.buffer, bits.byteOffset, bits.length).toString("base64");
}
