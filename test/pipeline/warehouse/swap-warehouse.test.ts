import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { swapWarehouse } from "../../../pipeline/warehouse/swap-warehouse.ts";
import { tempFolder } from "../../support/temp-folder.ts";

function filesOf(folder: string) {
  const warehouse = join(folder, "warehouse.duckdb");
  writeFileSync(warehouse, "old");
  writeFileSync(`${warehouse}.wal`, "old log");
  writeFileSync(`${warehouse}.new`, "new");
  return { warehouse, made: `${warehouse}.new`, kept: `${warehouse}.kept` };
}

function read(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

test.each([
  { at: "kept", stands: "old", log: "old log" },
  { at: "log moved", stands: "old", log: undefined },
  { at: "swapped", stands: "new", log: undefined },
])("stopped at '$at' the $stands one stands, and no log of the other beside it", (row) => {
  const files = filesOf(tempFolder());
  const stop = (stage: string) => {
    if (stage === row.at) throw new Error("killed here");
  };
  expect(() => swapWarehouse(files, stop)).toThrow("killed here");
  expect(read(files.warehouse)).toBe(row.stands);
  expect(read(`${files.warehouse}.wal`)).toBe(row.log);
});

test("the old one is kept with its log, or goes with it", () => {
  const kept = filesOf(tempFolder());
  swapWarehouse(kept, () => undefined);
  expect([read(kept.warehouse), read(kept.kept), read(`${kept.kept}.wal`)]).toEqual([
    "new",
    "old",
    "old log",
  ]);
  const gone = { ...filesOf(tempFolder()), kept: undefined };
  swapWarehouse(gone, () => undefined);
  expect([read(gone.warehouse), read(`${gone.warehouse}.wal`)]).toEqual(["new", undefined]);
});
