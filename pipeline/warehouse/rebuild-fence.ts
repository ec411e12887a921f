import { existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { WarehouseBusyError } from "../errors.ts";
import { holderOf } from "./holder-of.ts";
import { probeWarehouse } from "./probe-warehouse.ts";

/** Where the new warehouse grows; nothing but a rebuild that holds the fence writes there. */
export function halfMadePath(warehouse: string): string {
  return `${warehouse}.new`;
}

/** A DuckDB file that holds nothing: its lock is what counts. It goes with the process that has it. */
function fencePath(warehouse: string): string {
  return join(dirname(warehouse), "rebuild.lock");
}

/** Less than a DuckDB file has at least: a kill came before it was written. */
const WHOLE_BYTES = 3 * 4096;

/**
 * Keeps every other process out while a warehouse is rebuilt and put in its place: another rebuild is refused here,
 * any other command by `refuseWhileRebuilding`. The warehouse's own lock cannot do it, as the file may be damaged.
 *
 * @returns how to take the fence down
 * @throws WarehouseBusyError while another process rebuilds
 */
export async function fenceRebuild(warehouse: string): Promise<() => void> {
  const path = fencePath(warehouse);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? WHOLE_BYTES;
  if (size < WHOLE_BYTES) rmSync(path);
  try {
    const instance = await DuckDBInstance.create(path);
    return () => {
      // Before the lock goes: whoever opens this file meanwhile is refused, whoever comes later makes another.
      rmSync(path, { force: true });
      instance.closeSync();
    };
  } catch (cause) {
    const pid = holderOf(cause);
    if (pid === undefined) throw cause;
    throw rebuildingError(pid);
  }
}

/**
 * Called by a writer that holds the warehouse's lock. What a rebuild left that was killed is swept up.
 *
 * @throws WarehouseBusyError while another process rebuilds
 */
export async function refuseWhileRebuilding(warehouse: string): Promise<void> {
  const path = fencePath(warehouse);
  if (!existsSync(path)) return;
  const probed = await probeWarehouse(path);
  if (probed.found === "busy") throw rebuildingError(probed.pid);
  sweepHalfMade(warehouse);
  rmSync(path, { force: true });
}

/** Where the old warehouse is kept under another name. */
export function keptPath(warehouse: string, stamp: string): string {
  return `${warehouse}.before-rebuild-${stamp}`;
}

/** Removes a warehouse that was never finished, and second names of the one that still stands. */
export function sweepHalfMade(warehouse: string): void {
  const removePair = (path: string) => {
    for (const ending of ["", ".wal"]) rmSync(`${path}${ending}`, { force: true });
  };
  removePair(halfMadePath(warehouse));
  const standing = statSync(warehouse, { throwIfNoEntry: false })?.ino;
  const prefix = basename(keptPath(warehouse, ""));
  for (const name of readdirSync(dirname(warehouse)).filter((file) => file.startsWith(prefix))) {
    const path = join(dirname(warehouse), name);
    if (statSync(path, { throwIfNoEntry: false })?.ino === standing) removePair(path);
  }
}

function rebuildingError(pid: string): WarehouseBusyError {
  return new WarehouseBusyError(
    `kizuki rebuild（プロセス番号 ${pid}）がデータベースを作り直しています。終わるのを待ってください。`,
  );
}
