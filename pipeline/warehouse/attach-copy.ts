import type { DuckDBConnection } from "@duckdb/node-api";
import { type DatabaseFolders, migrate } from "./open-warehouse.ts";

type Copy = {
  readonly file: string;
  /** What the database and its copy are called in `sql/`. */
  readonly from: string;
  readonly to: string;
  /** Those of the warehouse where left out. */
  readonly folders?: DatabaseFolders;
  /** Ends the statement that runs; the work must look at it before it begins another. */
  readonly giveUp?: AbortSignal;
};

/**
 * Attaches a new file of the present schema for some work on a connection of its own. The database's own file is not
 * touched by anything but DuckDB: closing any other descriptor on it would drop its lock.
 */
export async function attachCopy(
  connection: DuckDBConnection,
  { file, from, to, folders, giveUp }: Copy,
  work: () => Promise<void>,
): Promise<void> {
  const interrupt = () => connection.interrupt();
  await connection.run(`attach ${quoted(file)} as ${to}`);
  giveUp?.addEventListener("abort", interrupt);
  try {
    await connection.run(`use ${to}`);
    await migrate(connection, folders);
    await work();
    await connection.run(`checkpoint ${to}`);
  } finally {
    giveUp?.removeEventListener("abort", interrupt);
    await connection.run(`use ${from}`);
    await connection.run(`detach ${to}`);
  }
}

/** ATTACH takes no parameter. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}
