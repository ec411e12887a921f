import { openTables } from "../files/open-source-files.ts";
import type { RecordSource } from "../record-source.ts";
import type { SourceRecord } from "./split-records.ts";

/**
 * The rows of a table that holds no voices: any file that voices may come in, in any encoding.
 *
 * @throws InputError where nothing can be read
 */
export async function* readTable(path: string): AsyncGenerator<SourceRecord> {
  const open = async (records: RecordSource) => ({ file: records.name, isEmpty: false, records });
  const tell = () => undefined;
  for await (const table of openTables(path, { described: undefined, open, tell })) {
    if (table instanceof Error) throw table;
    for await (const batch of table.records.read(() => {})) yield* batch;
  }
}
