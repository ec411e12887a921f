import type { DuckDBConnection } from "@duckdb/node-api";
import { migrate } from "./open-warehouse.ts";

/**
 * Attaches a new file of the present schema as `snapshot` for some work on a connection of its own. The warehouse's own
 * file is not touched by anything but DuckDB: closing any other descriptor on it would drop its lock.
 *
 * @param options.giveUp ends the statement that runs; `work` must look at it before it begins another
 */
export async function attachCopy(
  connection: DuckDBConnection,
  options: { readonly file: string; readonly giveUp: AbortSignal },
  work: () => Promise<void>,
): Promise<void> {
  const { file, giveUp } = options;
  const interrupt = () => connection.interrupt();
  giveUp.addEventListener("abort", interrupt);
  await connection.run(`attach ${quoted(file)} as snapshot`);
  try {
    await connection.run("use snapshot");
    await migrate(connection);
    await work();
  } finally {
    giveUp.removeEventListener("abort", interrupt);
    await connection.run("use warehouse");
    await connection.run("detach snapshot");
  }
}

/** ATTACH takes no parameter. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}
