import { z } from "zod";
import { StorageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { RawRecord } from "../schema/raw-record.ts";
import { sealRecord } from "./seal-record.ts";

/** Records that one transaction takes at most. */
const BATCH_RECORDS = 4096;

/**
 * Brings the vault up to all that the embedded `voc.raw` holds, also what came before there was a vault.
 *
 * @returns records that were read
 */
export async function keepRaw(home: Home): Promise<number> {
  const { raw } = home.streams;
  const vault = await home.vault();
  const from = await vault.nextOffset(raw.name);
  if (from > raw.nextOffset) {
    throw new StorageError(
      `voc.raw が欠けています。保管庫にある位置 ${from}、ストリームの終わり ${raw.nextOffset}。home/log と vault.duckdb を、同じ控えから戻してください。`,
    );
  }
  let read = 0;
  let next = from;
  let waiting: RawRecord[] = [];
  const keep = async (): Promise<void> => {
    const records = waiting.flatMap((record) => sealRecord(record, home.keys()) ?? []);
    waiting = [];
    await vault.keep({ place: raw.name, records, next, sealedAt: home.clock() });
  };
  for await (const frame of raw.readFrom(from)) {
    const records = z
      .array(RawRecord)
      .parse(frame.records)
      .slice(Math.max(0, from - frame.offset));
    waiting.push(...records);
    read += records.length;
    next = frame.offset + frame.count;
    if (waiting.length >= BATCH_RECORDS) await keep();
  }
  if (waiting.length > 0) await keep();
  return read;
}
