import {
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { z } from "zod";
import { sync, syncTree } from "../sync-files.ts";
import { attachCopy } from "./attach-copy.ts";
import { asStorageError, inTransaction, type Warehouse } from "./open-warehouse.ts";
import { execute, query, sqlText } from "./query.ts";

/**
 * Writes what analysts open: `snapshot.duckdb`, without vectors, and beside it `parquet/voices` and `parquet/segments`
 * by month. Each comes to its name by one rename, so a reader has the old one or the new one, whole, and whoever has
 * the old one open keeps it. The warehouse is loaded meanwhile.
 *
 * @param giveUp ends it; the old one stays
 */
export async function writeSnapshot(
  warehouse: Warehouse,
  options: { readonly folder: string; readonly madeAt: Date; readonly giveUp: AbortSignal },
): Promise<void> {
  const { folder } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const old = sweep(folder);
  const file = join(folder, "snapshot.duckdb.tmp");
  const parquet = old === "parquet-1" ? "parquet-2" : "parquet-1";
  mkdirSync(join(folder, parquet));
  try {
    await warehouse.apart((connection) => fill(connection, { ...options, file, parquet }));
    await syncTree(join(folder, parquet));
    await sync(file);
  } catch (cause) {
    // On a full disk what was written would stand in the way of everything else.
    sweep(folder);
    throw asStorageError(cause);
  }
  renameSync(file, join(folder, "snapshot.duckdb"));
  symlinkSync(parquet, join(folder, "parquet.tmp"));
  renameSync(join(folder, "parquet.tmp"), join(folder, "parquet"));
  await sync(folder);
  sweep(folder);
}

async function fill(
  connection: DuckDBConnection,
  options: {
    readonly folder: string;
    readonly file: string;
    readonly parquet: string;
    readonly madeAt: Date;
    readonly giveUp: AbortSignal;
  },
): Promise<void> {
  const { folder, file, parquet, madeAt, giveUp } = options;
  const copy = { file, from: "warehouse", to: "snapshot", giveUp };
  await attachCopy(connection, copy, async () => {
    await connection.run(sqlText("snapshot/describe.sql"));
    // An interruption ends the statement that runs; the next one would begin all the same.
    giveUp.throwIfAborted();
    await inTransaction(connection, async () => {
      await connection.run(sqlText("snapshot/copy_tables.sql"));
      await execute(connection, "snapshot/add_facts.sql", { made_at: madeAt.toISOString() });
    });
    giveUp.throwIfAborted();
    await addSourceViews(connection);
    for (const table of ["voices", "segments"]) {
      giveUp.throwIfAborted();
      const to = join(folder, parquet, table);
      await execute(connection, `snapshot/export_${table}.sql`, { folder: to });
    }
  });
}

const StatementRow = z.strictObject({ statement: z.string() });

/** Views whose columns only the voices know: what a source has beside the words differs from company to company. */
async function addSourceViews(connection: DuckDBConnection): Promise<void> {
  const views = await query(connection, "snapshot/source_views.sql", {}, StatementRow);
  for (const { statement } of views) await connection.run(statement);
}

/**
 * Removes what a kill left, and Parquet that was replaced.
 *
 * @returns name of the folder that `parquet` leads to; undefined where there is none yet
 */
function sweep(folder: string): string | undefined {
  const link = join(folder, "parquet");
  const linked = existsSync(link) ? readlinkSync(link) : undefined;
  for (const name of readdirSync(folder)) {
    const isOld = name.startsWith("parquet-") && name !== linked;
    if (isOld || name.includes(".tmp")) rmSync(join(folder, name), { recursive: true });
  }
  return linked;
}
