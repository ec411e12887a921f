import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("a question that does not fit in memory spills beside the file, and later ones are still answered", async () => {
  const home = tempFolder();
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  await warehouse.connection.run("set memory_limit = '64MB'");
  await warehouse.connection.run(
    "create temporary table sorted as select md5(i::varchar) as word from range(3000000) as rows(i) order by word",
  );
  expect(existsSync(join(home, "tmp"))).toBe(true);
  expect(readdirSync(join(home, "tmp"))).not.toEqual([]);
  const words = await warehouse.snapshot((connection) =>
    connection.runAndReadAll("select count(*)::integer from range(5)"),
  );
  expect(words.getRowsJS()).toEqual([[5]]);
  warehouse.close();
}, 120_000);

const SETTINGS =
  "select current_setting('memory_limit'), current_setting('checkpoint_threshold'), current_setting('threads')::integer";

test("where little is loaded at once, less is held in memory and moved into the file sooner", async () => {
  const warehouse = await openWarehouse(join(tempFolder(), "warehouse.duckdb"));
  await warehouse.holdLess("512MB");
  const [settings] = (await warehouse.reader.runAndReadAll(SETTINGS)).getRowsJS();
  expect(settings?.slice(0, 2)).toEqual(["488.2 MiB", "61.0 MiB"]);
  warehouse.close();
});

test("what is held less for now is as before once the last who asked for it is done", async () => {
  const warehouse = await openWarehouse(join(tempFolder(), "warehouse.duckdb"));
  const settings = async () => (await warehouse.reader.runAndReadAll(SETTINGS)).getRowsJS()[0];
  const before = await settings();
  const less = ["488.2 MiB", "61.0 MiB", 1];
  const ends = [await warehouse.holdLessForNow("512MB"), await warehouse.holdLessForNow("512MB")];
  expect(await settings()).toEqual(less);
  await ends[0]?.();
  expect(await settings()).toEqual(less);
  await ends[1]?.();
  expect(await settings()).toEqual(before);
  expect(before).not.toEqual(less);
  warehouse.close();
});
