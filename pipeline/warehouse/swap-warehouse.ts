import { closeSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf, StorageError } from "../errors.ts";

/**
 * Puts a closed new warehouse in the place of the old one. A kill at any moment leaves the old one or the new one: the
 * one step that exchanges them is a rename. The old one's write-ahead log goes first, as it would be read into the new
 * one; without it the old one is what it was some records ago, and these are read from the streams again.
 *
 * @param paths.kept the old one's other name; undefined: it goes
 */
export function swapWarehouse(
  paths: { readonly warehouse: string; readonly made: string; readonly kept: string | undefined },
  stage: (name: "kept" | "log moved" | "swapped") => void,
): void {
  const { warehouse, made, kept } = paths;
  try {
    if (kept !== undefined) linkSync(warehouse, kept);
    stage("kept");
    if (existsSync(`${warehouse}.wal`)) {
      if (kept === undefined) rmSync(`${warehouse}.wal`);
      else renameSync(`${warehouse}.wal`, `${kept}.wal`);
    }
    syncFolder(dirname(warehouse));
    stage("log moved");
    renameSync(made, warehouse);
    syncFolder(dirname(warehouse));
    stage("swapped");
  } catch (cause) {
    throw new StorageError(
      `作り直したデータベースを ${warehouse} に置けません（${messageOf(cause)}）。元のファイルはそのままです。権限と空きを確かめて、もう一度 kizuki rebuild を実行してください。`,
      { cause },
    );
  }
}

/** A rename is on the disk only when its folder is. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}
