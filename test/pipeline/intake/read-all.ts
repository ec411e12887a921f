import { proveEncoding } from "../../../pipeline/intake/encoding/prove-encoding.ts";
import { fileBytes } from "../../../pipeline/intake/files/byte-source.ts";
import type { Format } from "../../../pipeline/intake/files/guess-format.ts";
import { readRecords } from "../../../pipeline/intake/read-records.ts";
import type { SourceRecord } from "../../../pipeline/intake/table/split-records.ts";
import type { useTempFolder } from "./temp-folder.ts";

export type ReadOptions = { format?: Format; from?: number; chunkBytes?: number };

/** Reads the records of a text file. */
export async function readAll(
  write: ReturnType<typeof useTempFolder>,
  contents: string | Uint8Array,
  options: ReadOptions = {},
): Promise<SourceRecord[]> {
  const file = await proveEncoding(await fileBytes(await write("records.txt", contents)));
  const records: SourceRecord[] = [];
  for await (const batch of readRecords(file, { format: "csv", ...options }))
    records.push(...batch);
  return records;
}

/** `row:cells` or `row!reason`, which is what tables of cases compare. */
export function brief(records: readonly SourceRecord[]): string[] {
  return records.map((record) =>
    "problem" in record
      ? `${record.row}!${record.problem.reason}`
      : `${record.row}:${[...record.cells.values()].join("|")}`,
  );
}
