import { mkdirSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { z } from "zod";
import { messageOf, StorageError, WarehouseBusyError } from "../errors.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { holderOf } from "./holder-of.ts";
import { query, sqlText } from "./query.ts";
import { asDamage } from "./warehouse-damage.ts";

const SQL_ROOT = new URL("../../sql/", import.meta.url);

/** Folders under `sql/` that say what a database holds. */
export type DatabaseFolders = { readonly schema: string; readonly views?: string };
const WAREHOUSE_FOLDERS: DatabaseFolders = { schema: "schema", views: "views" };

/**
 * The default of 16 MiB rewrites partial row groups and stalls a batch for seconds; the program
 * checkpoints where it chooses instead (measured: 29,000 against 48,000 rows a second).
 */
const CHECKPOINT_THRESHOLD = "256MB";

/** What DuckDB holds in memory before it spills, for each of its threads and at least; else its cache of the file grows. */
const MEMORY = { perThreadMb: 256, leastMb: 1536 };

/** Where less than that is held: what was written waits for a checkpoint in memory, values of reports twice in it. */
const SOONER_THRESHOLD = "64MB";

export type Warehouse = {
  /** For everything that writes; use it through `transaction` only. */
  readonly connection: DuckDBConnection;
  /** A second connection for questions: it sees committed rows and waits for nobody. */
  readonly reader: DuckDBConnection;
  /** Several questions on one state of the tables, whatever is loaded meanwhile. */
  snapshot<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** A connection of its own for work beside everything else, such as another database that is attached. */
  apart<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T>;
  /** Runs one write at a time, all of it or none. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /** Moves the write-ahead log into the file, so that other programs and backups see one file. */
  checkpoint(): Promise<void>;
  /**
   * Holds less in memory from here on. In 512 MB fit reports, in 256 MB batches of some thousand records, in neither those of 100,000.
   *
   * @param memory such as 512MB
   */
  holdLess(memory: string): Promise<void>;
  /**
   * Holds less while many questions are asked in a row, and answers each with one thread: DuckDB's own threads would look
   * for work without a pause while one of them has the last of it, on the core that JavaScript needs.
   *
   * @param memory undefined: as before
   * @returns how this ends
   */
  holdLessForNow(memory: string | undefined): Promise<() => Promise<void>>;
  close(): void;
};

/**
 * Opens the warehouse, or another database, as its one writer and brings its schema up to date. The lock that DuckDB
 * holds on the file is the fence against a second writer, also after a crash.
 *
 * @param path file, or ":memory:"
 * @throws WarehouseBusyError while another process has it
 */
export async function openWarehouse(
  path: string,
  folders: DatabaseFolders = WAREHOUSE_FOLDERS,
): Promise<Warehouse> {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const instance = await createInstance(path);
  const connection = await connect(instance);
  const isChanged = await migrate(connection, folders);
  // Not before: what an older schema kept in another way may need more. A checkpoint does not.
  let usual: Held = { memory: memoryLimit(), threshold: CHECKPOINT_THRESHOLD };
  let forNow = 0;
  await hold(connection, usual);
  if (isChanged) await connection.run("checkpoint");
  const reader = await connect(instance);
  const inTurn = oneAtATime();
  const apart = async <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => {
    const own = await connect(instance);
    try {
      return await work(own);
    } finally {
      own.closeSync();
    }
  };
  return {
    connection,
    reader,
    snapshot: (work) => apart((own) => inTransaction(own, () => work(own))),
    apart,
    transaction: (work) => inTurn(() => inTransaction(connection, work)),
    checkpoint: () =>
      inTurn(async () => {
        await connection.run("checkpoint").catch((cause: unknown) => {
          throw asStorageError(cause);
        });
      }),
    async holdLess(memory) {
      usual = { memory, threshold: SOONER_THRESHOLD };
      await hold(connection, usual);
    },
    async holdLessForNow(memory) {
      forNow += 1;
      const { memory: asBefore } = usual;
      await hold(connection, { memory: memory ?? asBefore, threshold: SOONER_THRESHOLD });
      await connection.run("set threads = 1");
      return async () => {
        forNow -= 1;
        if (forNow > 0) return;
        await hold(connection, usual);
        await connection.run("reset threads");
      };
    },
    close() {
      reader.closeSync();
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function memoryLimit(): string {
  const { perThreadMb, leastMb } = MEMORY;
  return `${Math.max(perThreadMb * availableParallelism(), leastMb)}MB`;
}

type Held = { readonly memory: string; readonly threshold: string };

async function hold(connection: DuckDBConnection, { memory, threshold }: Held): Promise<void> {
  await connection.run("set memory_limit = $memory", { memory });
  await connection.run("set checkpoint_threshold = $threshold", { threshold });
}

async function createInstance(path: string): Promise<DuckDBInstance> {
  try {
    return await DuckDBInstance.create(path, {
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      checkpoint_threshold: CHECKPOINT_THRESHOLD,
      // From some million segments on it would hide from a scan which ids a join looks for: all blocks were read.
      disabled_optimizers: "compressed_materialization",
      // Once something has been written there, no connection may name it again.
      ...(path !== ":memory:" && { temp_directory: join(dirname(path), "tmp") }),
    });
  } catch (cause) {
    throw openError(path, cause);
  }
}

function openError(path: string, cause: unknown): unknown {
  const pid = holderOf(cause);
  if (pid !== undefined) {
    return new WarehouseBusyError(
      `${path} は別の kizuki（プロセス番号 ${pid}）が使っています。終わるのを待つか、そのプロセスを止めてください。`,
      { cause },
    );
  }
  const damage = asDamage(cause, path);
  if (damage !== cause) return damage;
  return new StorageError(`${path} を開けません: ${messageOf(cause)}`, { cause });
}

async function connect(instance: DuckDBInstance): Promise<DuckDBConnection> {
  const connection = await instance.connect();
  await connection.run("set TimeZone = 'Asia/Tokyo'");
  return connection;
}

export async function inTransaction<T>(
  connection: DuckDBConnection,
  work: () => Promise<T>,
): Promise<T> {
  await connection.run("begin transaction");
  try {
    const result = await work();
    await connection.run("commit");
    return result;
  } catch (cause) {
    // A failed commit has rolled back by itself; then there is nothing left to undo.
    await connection.run("rollback").catch(() => undefined);
    throw asStorageError(cause);
  }
}

export function asStorageError(cause: unknown): unknown {
  const damage = asDamage(cause);
  if (damage !== cause) return damage;
  const message = messageOf(cause);
  if (!/No space left|could not write|Could not write|IO Error|create checkpoint/.test(message))
    return cause;
  return new StorageError(
    `DuckDB に書けません（ディスクの空きを確かめてください）。この取引は取り消しました: ${message}`,
    { cause },
  );
}

/** Brings the schema of the database that the connection uses up to date. @returns whether it was older */
export async function migrate(
  connection: DuckDBConnection,
  { schema, views }: DatabaseFolders = WAREHOUSE_FOLDERS,
): Promise<boolean> {
  await connection.run(sqlText("schema/000_versions.sql"));
  const done = await query(
    connection,
    "load/schema_versions.sql",
    {},
    z.strictObject({ file: z.string() }),
  );
  const known = new Set(done.map((row) => row.file));
  const files = sqlFiles(schema).filter((file) => !file.startsWith("000"));
  const missing = files.filter((file) => !known.has(file));
  for (const file of missing) {
    await inTransaction(connection, async () => {
      await connection.run(sqlText(`${schema}/${file}`));
      await connection.run(sqlText("load/add_schema_version.sql"), { file });
    });
  }
  // At every opening: a view may be newer than the file, and a kill may have come before it.
  if (views !== undefined) {
    await inTransaction(connection, async () => {
      for (const view of sqlFiles(views)) await connection.run(sqlText(`${views}/${view}`));
    });
  }
  return missing.length > 0;
}

function sqlFiles(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, SQL_ROOT))
    .filter((file) => file.endsWith(".sql"))
    .sort();
}
