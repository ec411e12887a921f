import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { sync, syncTree } from "../sync-files.ts";
import { asStorageError, inTransaction, migrate, type Warehouse } from "./open-warehouse.ts";
import { execute, sqlText } from "./query.ts";

/**
 * Writes what analysts open: `snapshot.duckdb`, without vectors, and beside it `parquet/voices` and `parquet/segments`
 * by month. Each comes to its name by one rename, so a reader has the old one or the new one, whole, and whoever has
 * the old one open keeps it. The warehouse is loaded meanwhile.
 *
 * The warehouse's own file is not touched by anything but DuckDB: closing any other descriptor on it would drop its lock.
 */
export async function writeSnapshot(
  warehouse: Warehouse,
  options: { readonly folder: string; readonly madeAt: Date },
): Promise<void> {
  const { folder, madeAt } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  sweep(folder);
  // The view's and the file's name inside: "snapshot", whoever opens it under whatever name.
  const file = join(folder, "snapshot.duckdb.tmp");
  const parquet = `parquet-${madeAt.toISOString().replaceAll(":", "-")}`;
  mkdirSync(join(folder, parquet));
  try {
    await warehouse.apart(async (connection) => {
      await connection.run(`attach ${quoted(file)} as snapshot`);
      try {
        await fill(connection, madeAt);
        for (const table of ["voices", "segments"]) {
          const to = join(folder, parquet, table);
          await execute(connection, `snapshot/export_${table}.sql`, { folder: to });
        }
      } finally {
        await connection.run("use warehouse");
        await connection.run("detach snapshot");
      }
    });
  } catch (cause) {
    throw asStorageError(cause);
  }
  await syncTree(join(folder, parquet));
  await sync(file);
  renameSync(file, join(folder, "snapshot.duckdb"));
  symlinkSync(parquet, join(folder, "parquet.tmp"));
  renameSync(join(folder, "parquet.tmp"), join(folder, "parquet"));
  await sync(folder);
  sweep(folder);
}

async function fill(connection: DuckDBConnection, madeAt: Date): Promise<void> {
  await connection.run("use snapshot");
  await migrate(connection);
  await connection.run(sqlText("snapshot/describe.sql"));
  await inTransaction(connection, async () => {
    await connection.run(sqlText("snapshot/copy_tables.sql"));
    await execute(connection, "snapshot/add_facts.sql", { made_at: madeAt.toISOString() });
  });
  await connection.run("checkpoint snapshot");
}

/** ATTACH takes no parameter. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}

/** Removes what a kill or a full disk left, and Parquet that was replaced. */
function sweep(folder: string): void {
  const link = join(folder, "parquet");
  const linked = lstatSync(link, { throwIfNoEntry: false }) && readlinkSync(link);
  for (const name of readdirSync(folder)) {
    const isOld = name.startsWith("parquet-") && name !== linked;
    if (isOld || name.includes(".tmp")) rmSync(join(folder, name), { recursive: true });
  }
}
