import { decodeFile } from "./encoding/decode-file.ts";
import type { ProvenFile } from "./encoding/prove-encoding.ts";
import type { Format } from "./files/guess-format.ts";
import { type Names, scanDelimited } from "./table/scan-delimited.ts";
import { scanJsonArray } from "./table/scan-json-array.ts";
import { scanJsonRecord } from "./table/scan-json-record.ts";
import type { Scan } from "./table/scanned.ts";
import { RecordSplitter, type SourceRecord } from "./table/split-records.ts";

export const BATCH_RECORDS = 512;

/** UTF-16 units of source text in one batch: 512 records may each be megabytes. */
const BATCH_UNITS = 4 * 1024 * 1024;

/**
 * Yields the records of a file in order, in batches of at most 512. Memory does not grow with the file.
 *
 * @param options.from the first record that is yielded; the ones before it are read again and dropped
 */
export async function* readRecords(
  file: ProvenFile,
  options: {
    format: Format;
    /** Of a CSV or TSV file without a header. */
    names?: Names | undefined;
    from?: number;
    chunkBytes?: number;
    onBytes?: (bytesRead: number) => void;
  },
): AsyncGenerator<readonly SourceRecord[]> {
  const { format, names, from = 0, ...reading } = options;
  const splitter = new RecordSplitter(scanOf(file, format, names), {
    cutOff: file.cutOffBytes > 0,
    // An array is often one line, however many records it has.
    numbering: format === "json" ? "records" : "lines",
  });
  const batch = new Batch();
  const take = function* (records: Iterable<SourceRecord>): Generator<readonly SourceRecord[]> {
    for (const record of records) {
      if (record.offset >= from && batch.add(record)) yield batch.empty();
    }
  };
  for await (const text of decodeFile(file, reading))
    yield* take(splitter.add(text, { isLast: false }));
  // Behind its last record an array has something to be told still: whether it was closed.
  yield* take(splitter.add(format === "json" ? "\n" : "", { isLast: true }));
  const rest = batch.empty();
  if (rest.length > 0) yield rest;
}

function scanOf(file: ProvenFile, format: Format, names: Names | undefined): Scan {
  if (format === "jsonl") return scanJsonRecord;
  if (format === "json") return scanJsonArray();
  return scanDelimited(file.bytes.name, format === "csv" ? "," : "\t", names);
}

class Batch {
  private records: SourceRecord[] = [];
  private units = 0;

  /** @returns whether the batch is full */
  add(record: SourceRecord): boolean {
    this.records.push(record);
    this.units += record.bytes.length;
    return this.records.length >= BATCH_RECORDS || this.units >= BATCH_UNITS;
  }

  empty(): readonly SourceRecord[] {
    const { records } = this;
    this.records = [];
    this.units = 0;
    return records;
  }
}
