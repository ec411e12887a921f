import type { Home } from "../home.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { stayForgotten } from "./stay-forgotten.ts";

/**
 * Writes records to `voc.raw`. Returns when they are on the disk, or when the broker has acknowledged them. The words of
 * a voice that was forgotten may come back with another delivery: they go no further.
 *
 * @param marks kept with the embedded stream's frame; with Kafka what is written twice is counted once
 * @throws KafkaError with `retriable` where the broker is away; StorageError where the disk takes no more
 */
export async function writeRaw(
  home: Pick<Home, "kafka" | "streams" | "measures" | "warehouse" | "identityKey">,
  records: readonly RawRecord[],
  marks: Readonly<Record<string, number>>,
): Promise<void> {
  const { kafka, streams, measures } = home;
  const kept = await stayForgotten(home, records);
  if (kafka !== undefined) await kafka.publishRaw(kept);
  else await streams.raw.append(kept, marks);
  measures.passed("intake", { ok: records.length });
}
