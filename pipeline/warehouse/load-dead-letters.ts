import { z } from "zod";
import type { DeadLetter } from "../schema/dead-letter.ts";
import type { EnrichedRecord } from "../schema/enriched-record.ts";
import { keyOfPlace } from "../schema/origin.ts";
import { appendRows, instant } from "./append-rows.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute, query } from "./query.ts";

/**
 * Loads one batch of `voc.dead` inside the open transaction. A letter that came before changes nothing, and neither
 * does one whose record a retry has read meanwhile: the streams may be loaded in any order.
 */
export async function loadDeadLetters(
  warehouse: Warehouse,
  batch: readonly DeadLetter[],
): Promise<void> {
  const stored = await storedTries(warehouse, batch);
  const fresh = new Map<string, DeadLetter & { readonly firstAt: string }>();
  for (const letter of batch) {
    const key = keyOfPlace(letter.origin);
    const added = fresh.get(key);
    const known = added === undefined ? stored.get(key) : triesOf(added);
    if (known === null || (known !== undefined && known >= triesOf(letter))) continue;
    if (stored.has(key)) {
      stored.set(key, triesOf(letter));
      await refuseAgain(warehouse, letter);
    } else {
      fresh.set(key, { ...letter, firstAt: added?.firstAt ?? letter.at });
    }
  }
  await appendRows(
    warehouse.connection,
    "dead_letters",
    [...fresh.values()].map((letter) => [
      letter.origin.stream,
      BigInt(letter.origin.offset),
      letter.origin.file,
      BigInt(letter.origin.row),
      letter.column ?? null,
      letter.step,
      letter.reason,
      letter.epoch,
      instant(letter.firstAt),
      letter.origin.source,
      triesOf(letter),
      instant(letter.at),
      null,
      null,
      null,
    ]),
  );
}

function triesOf({ retry }: Pick<DeadLetter, "retry">): number {
  return 1 + (retry ?? 0);
}

/** @returns tries by place; null where the record has been read since */
async function storedTries(
  { connection }: Warehouse,
  batch: readonly DeadLetter[],
): Promise<Map<string, number | null>> {
  const Row = z.strictObject({
    origin_stream: z.string(),
    origin_offset: z.number(),
    tries: z.number().int().nullable(),
  });
  const streams = [...new Set(batch.map(({ origin }) => origin.stream))];
  const params = { streams: JSON.stringify(streams) };
  const rows = await query(connection, "load/known_dead_letters.sql", params, Row);
  return new Map(rows.map((row) => [keyOfRow(row), row.tries]));
}

async function refuseAgain({ connection }: Warehouse, letter: DeadLetter): Promise<void> {
  const { origin, step, reason, column, epoch, at } = letter;
  await execute(connection, "load/refuse_again.sql", {
    stream: origin.stream,
    offset: origin.offset,
    step,
    reason,
    column_name: column ?? null,
    epoch,
    tries: triesOf(letter),
    at,
  });
}

type Arrived = Extract<EnrichedRecord, { status: "ok" | "skip" | "dead" }>;

/**
 * Settles the dead letters that the batch's retries have read, and remembers them.
 *
 * @returns the retries that count for their sources: those that read a record first
 */
export async function settleDeadLetters(
  { connection }: Warehouse,
  batch: readonly Arrived[],
): Promise<readonly Arrived[]> {
  const retried = batch.filter(({ retry, status }) => retry !== undefined && status !== "dead");
  if (retried.length === 0) return [];
  const Row = z.strictObject({ origin_stream: z.string(), origin_offset: z.number() });
  const places = { records: JSON.stringify(retried.map(placeOf)) };
  const before = await query(connection, "load/retried_records.sql", places, Row);
  const settled = new Set(before.map(keyOfRow));
  const fresh: Arrived[] = [];
  for (const record of retried) {
    const key = keyOfPlace(record.origin);
    if (settled.has(key)) continue;
    settled.add(key);
    fresh.push(record);
  }
  const records = JSON.stringify(fresh.map(placeOf));
  await execute(connection, "load/add_retried_records.sql", { records });
  await execute(connection, "load/delete_dead_letters.sql", { records });
  return fresh;
}

function keyOfRow(row: { readonly origin_stream: string; readonly origin_offset: number }): string {
  return keyOfPlace({ stream: row.origin_stream, offset: row.origin_offset });
}

function placeOf({ origin, retry }: Arrived) {
  return { origin_stream: origin.stream, origin_offset: origin.offset, retry };
}
