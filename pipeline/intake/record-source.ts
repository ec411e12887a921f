import type { Encoding } from "./encoding/encoding.ts";
import type { Format } from "./files/guess-format.ts";
import type { SourceRecord } from "./table/split-records.ts";

/** Records that can be read again and again from the first: those of a text file, or of a sheet. */
export type RecordSource = {
  /** The file on the disk. */
  readonly path: string;
  /** For messages: the path, and what in it. */
  readonly label: string;
  /** What staff know it by. Not masked yet. */
  readonly name: string;
  /** SHA-256 of what the records are read from. */
  readonly sha256: string;
  readonly encoding: Encoding | "utf-8-bom" | "xlsx";
  readonly format: Format | "sheet";
  /** Of what is read, unpacked. */
  readonly sizeBytes: number;
  /** What a person should know before these records are loaded, in Japanese. */
  readonly notes: readonly string[];
  /** The same bytes always give the same records, in batches. */
  read(onBytes: (bytesRead: number) => void): AsyncGenerator<readonly SourceRecord[]>;
};
