import type { Home } from "../home.ts";
import type { RawRecord } from "../schema/raw-record.ts";

/**
 * Writes records to `voc.raw`. Returns when they are on the disk, or when the broker has acknowledged them.
 *
 * @param marks kept with the embedded stream's frame; with Kafka what is written twice is counted once
 * @throws KafkaError with `retriable` where the broker is away; StorageError where the disk takes no more
 */
export async function writeRaw(
  { kafka, streams, measures }: Pick<Home, "kafka" | "streams" | "measures">,
  records: readonly RawRecord[],
  marks: Readonly<Record<string, number>>,
): Promise<void> {
  if (kafka !== undefined) await kafka.publishRaw(records);
  else await streams.raw.append(records, marks);
  measures.passed("intake", { ok: records.length });
}
