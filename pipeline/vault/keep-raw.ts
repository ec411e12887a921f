import { z } from "zod";
import { StorageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { type Reporter, silentReporter } from "../reporter.ts";
import { RawRecord } from "../schema/raw-record.ts";
import { goOn } from "../stop.ts";
import { sealRecord } from "./seal-record.ts";

/** Records that one transaction takes at most. */
const BATCH_RECORDS = 4096;

/** Fewer take a second or two: nobody needs to be told. */
const TOLD_RECORDS = 20_000;

/**
 * Brings the vault up to all that the embedded `voc.raw` holds, also what came before there was a vault.
 *
 * @returns records that were read
 * @throws StoppedError where it was told to end before it was through; what is kept is kept
 */
export async function keepRaw(home: Home, reporter: Reporter = silentReporter): Promise<number> {
  const { raw } = home.streams;
  const vault = await home.vault();
  const from = await vault.nextOffset(raw.name);
  if (from > raw.nextOffset) {
    throw new StorageError(
      `voc.raw が欠けています。保管庫にある位置 ${from}、ストリームの終わり ${raw.nextOffset}。home/log と vault.duckdb を、同じ控えから戻してください。`,
    );
  }
  const total = raw.nextOffset - from;
  const told = total < TOLD_RECORDS ? silentReporter : reporter;
  let read = 0;
  let next = from;
  let waiting: RawRecord[] = [];
  const keep = async (): Promise<void> => {
    const records = waiting.flatMap((record) => sealRecord(record, home.keys()) ?? []);
    const count = waiting.length;
    waiting = [];
    await vault.keep({ records, positions: [[raw.name, next]], sealedAt: home.clock() });
    told.advance(count);
  };
  told.begin("原文に封をして保管中", total);
  for await (const frame of raw.readFrom(from)) {
    goOn(home.stop);
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
  told.end();
  return read;
}
