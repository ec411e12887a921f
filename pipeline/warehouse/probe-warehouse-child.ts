import { DuckDBInstance } from "@duckdb/node-api";
import { messageOf } from "../errors.ts";
import { holderOf } from "./holder-of.ts";
import { readCluster } from "./kafka-positions.ts";
import { readLoadedOffsets } from "./loaded-offsets.ts";
import type { Probed } from "./probe-warehouse.ts";

/** The edge of the probing process: opens the file named by its argument to read, and prints what it found. */
async function probe(path: string): Promise<Probed> {
  try {
    const instance = await DuckDBInstance.create(path, {
      access_mode: "READ_ONLY",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    const connection = await instance.connect();
    const offsets = Object.fromEntries(await readLoadedOffsets(connection));
    // A warehouse of an older schema has no such table.
    const cluster = await readCluster({ connection }).catch(() => undefined);
    return { found: "sound", offsets, cluster };
  } catch (cause) {
    const pid = holderOf(cause);
    if (pid !== undefined) return { found: "busy", pid };
    return { found: "damaged", message: messageOf(cause) };
  }
}

process.stdout.write(JSON.stringify(await probe(process.argv[2] ?? "")));
