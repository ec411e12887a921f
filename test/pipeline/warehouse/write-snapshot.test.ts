import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { writeSnapshot } from "../../../pipeline/warehouse/write-snapshot.ts";
import { openTestHome, publishVoices, VOICES } from "../../support/home-with-voices.ts";
import { PROJECT } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const never = new AbortController().signal;
const madeAt = new Date("2026-01-05T03:00:00+09:00");

async function rows(path: string, sql: string): Promise<unknown[][]> {
  const warehouse = await openWarehouse(path);
  try {
    return (await warehouse.reader.runAndReadAll(sql)).getRowsJS();
  } finally {
    warehouse.close();
  }
}

/** Tries to open the warehouse for writing from another process, as a second kizuki would. */
async function openElsewhere(path: string): Promise<string> {
  const code = `import { openWarehouse } from "./pipeline/warehouse/open-warehouse.ts";
    openWarehouse(${JSON.stringify(path)}).then(() => console.log("opened"), (e) => console.log(e.code));`;
  const args = ["--import", "tsx", "--input-type=module", "-e", code];
  return (await promisify(execFile)(process.execPath, args, { cwd: PROJECT })).stdout.trim();
}

test("a snapshot holds every table as the warehouse does, but no vector, under whatever name it is opened", async () => {
  const folder = join(tempFolder(), "it's home");
  const home = await openTestHome(folder);
  await publishVoices(home, "2025.csv", VOICES);
  const to = join(folder, "snapshot");
  await writeSnapshot(home.warehouse, { folder: to, madeAt, giveUp: never });
  const tables = await home.warehouse.reader.runAndReadAll(
    "select table_name from duckdb_tables() where not internal order by all",
  );
  const names = tables.getRowsJS().map(([name]) => String(name));
  const hashes = names
    .filter((name) => name !== "vectors")
    .map(
      (name) =>
        `select '${name}', md5(string_agg(t::varchar, '|' order by t::varchar)) from ${name} as t`,
    )
    .join(" union all ");
  const inWarehouse = await home.warehouse.reader.runAndReadAll(`${hashes} order by all`);
  const copy = join(tempFolder(), "別の名前.duckdb");
  copyFileSync(join(to, "snapshot.duckdb"), copy);
  expect(await rows(copy, `${hashes} order by all`)).toEqual(inWarehouse.getRowsJS());
  expect(
    await rows(copy, "select table_name from duckdb_tables() where table_name = 'vectors'"),
  ).toEqual([]);
  expect(await rows(copy, "select voices::int, segments::int from snapshot_facts")).toEqual([
    [3, 3],
  ]);
  expect(await rows(copy, "select count(*)::int from tagged_segments")).toEqual([[3]]);
  expect(
    await rows(
      copy,
      "select count(*)::int from duckdb_columns() where not internal and comment is null and table_name not like '%segment_emotions' and table_name in (select table_name from duckdb_tables())",
    ),
  ).toEqual([[0]]);
  // Of the voice "a" it is 384 bytes of 1, see enrichedVoice.
  expect(readFileSync(copy).includes(Buffer.alloc(64, 1))).toBe(false);
  await home.close();
});

test("Parquet stands by the month of the JST day: 31 December 23:30 is December's, half an hour after midnight January's", async () => {
  const folder = tempFolder();
  const home = await openTestHome(folder);
  await publishVoices(home, "2025.csv", VOICES);
  const to = join(folder, "snapshot");
  await writeSnapshot(home.warehouse, { folder: to, madeAt, giveUp: never });
  const parquet = join(to, "parquet", "voices");
  expect(readdirSync(parquet).sort()).toEqual(["month=2025-12", "month=2026-01"]);
  const reader = await home.warehouse.reader.runAndReadAll(
    "select month, list(text order by text) from read_parquet($files, hive_partitioning = true) group by month order by month",
    { files: join(parquet, "*", "*.parquet") },
  );
  expect(reader.getRowsJS()).toEqual([
    ["2025-12", ["景色がよい", "駐車場が遠い"]],
    ["2026-01", ["味がよい"]],
  ]);
  await home.close();
});

test("after a snapshot another process is still refused, and the next snapshot replaces the first", async () => {
  const folder = tempFolder();
  const home = await openTestHome(folder);
  await publishVoices(home, "2025.csv", VOICES);
  const to = join(folder, "snapshot");
  // What a kill in an earlier one left.
  mkdirSync(join(to, "parquet-2"), { recursive: true });
  await writeSnapshot(home.warehouse, { folder: to, madeAt, giveUp: never });
  expect(await openElsewhere(join(folder, "warehouse.duckdb"))).toBe("KIZUKI_WAREHOUSE_BUSY");
  await publishVoices(home, "2026.csv", [["d", "寒い", "2026-01-05T01:00:00+09:00"]]);
  const later = new Date("2026-01-06T03:00:00+09:00");
  await writeSnapshot(home.warehouse, { folder: to, madeAt: later, giveUp: never });
  expect(readdirSync(to).sort()).toEqual(["parquet", "parquet-2", "snapshot.duckdb"]);
  expect(await rows(join(to, "snapshot.duckdb"), "select count(*)::int from voices")).toEqual([
    [4],
  ]);
  await home.close();
});

test("a snapshot that is given up on the way leaves the old one, and the next is made", async () => {
  const folder = tempFolder();
  const home = await openTestHome(folder);
  await publishVoices(home, "2025.csv", VOICES);
  const to = join(folder, "snapshot");
  await writeSnapshot(home.warehouse, { folder: to, madeAt, giveUp: never });
  const before = readFileSync(join(to, "snapshot.duckdb"));
  const control = new AbortController();
  const timer = setInterval(() => {
    if (existsSync(join(to, "snapshot.duckdb.tmp"))) control.abort();
  }, 1);
  const options = { folder: to, madeAt, giveUp: control.signal };
  await expect(writeSnapshot(home.warehouse, options)).rejects.toThrow();
  clearInterval(timer);
  expect(readFileSync(join(to, "snapshot.duckdb")).equals(before)).toBe(true);
  expect(readdirSync(to).sort()).toEqual(["parquet", "parquet-1", "snapshot.duckdb"]);
  await writeSnapshot(home.warehouse, { folder: to, madeAt, giveUp: never });
  await home.close();
});
