import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { logPath, warehousePath } from "../../../pipeline/home.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { EmbeddedLog } from "../../../pipeline/streams/embedded-log.ts";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { rebuildWarehouse } from "../../../pipeline/warehouse/rebuild-warehouse.ts";
import { makeBusyHome, openTourismHome, tick } from "../../support/busy-home.ts";
import { exactRowsOfHome } from "../../support/home-rows.ts";
import { removeFolder, sharedFolder, tempFolder } from "../../support/temp-folder.ts";

const MINUTES = 60_000;

const folder = sharedFolder();
let before: Record<string, string> = {};
beforeAll(async () => {
  await makeBusyHome(folder);
  before = await exactRowsOfHome(folder);
}, 5 * MINUTES);
afterAll(() => removeFolder(folder));

async function rebuild(discardOld = false) {
  const open = (name: string) => EmbeddedLog.open({ name, root: logPath(folder) });
  return await rebuildWarehouse({
    path: warehousePath(folder),
    openStreams: async () => ({
      dead: await open("voc.dead"),
      enriched: await open("voc.enriched"),
      actions: await open("voc.actions"),
    }),
    discardOld,
    stamp: "test",
    reporter: silentReporter,
  });
}

async function rowsOf(sql: string): Promise<unknown[][]> {
  const warehouse = await openWarehouse(warehousePath(folder));
  const reader = await warehouse.reader.runAndReadAll(sql);
  warehouse.close();
  return reader.getRowsJS();
}

test("the home of these tests has rows in every table", () => {
  const empty = Object.entries(before).filter(([, hash]) => hash.startsWith("0 "));
  expect(empty).toEqual([]);
});

test("what a retry read is a voice, what was discarded is no longer open, and the counts agree", async () => {
  expect(
    await rowsOf("select origin_offset::int, tries, discarded_by from dead_letters order by 1"),
  ).toEqual([
    [0, 2, null],
    [1, 1, "林"],
  ]);
  expect(
    await rowsOf(
      "select records::int, voices::int, duplicates::int, dead_letters::int from origins where origin_stream = 'file:two'",
    ),
  ).toEqual([[3, 1, 0, 2]]);
});

test("a warehouse that is built again has every row of the old one, and the old one is kept", async () => {
  const { kept, counts } = await rebuild();
  expect(await exactRowsOfHome(folder)).toEqual(before);
  expect(counts).toMatchObject({ dead_letters: 1, awareness: 1 });
  expect(kept).toBe(`${warehousePath(folder)}.before-rebuild-test`);
  expect(existsSync(kept ?? "")).toBe(true);
  const again = await rebuild();
  expect(again.kept).toBe(`${warehousePath(folder)}.before-rebuild-test-2`);
  expect(await exactRowsOfHome(folder)).toEqual(before);
});

test("without its rows that come from no stream a warehouse would differ: the comparison sees them", async () => {
  const warehouse = await openWarehouse(warehousePath(folder));
  await warehouse.connection.run("update segment_topics set confidence = 0.1");
  await warehouse.connection.run("delete from ledger");
  warehouse.close();
  const { segment_topics, ledger, ...others } = await exactRowsOfHome(folder);
  expect(segment_topics).not.toBe(before.segment_topics);
  expect(ledger).not.toBe(before.ledger);
  expect(before).toMatchObject(others);
  await rebuild(true);
  expect(await exactRowsOfHome(folder)).toEqual(before);
});

test("after a rebuild the timetable makes no report a second time", async () => {
  await rebuild(true);
  const home = await openTourismHome(folder);
  expect(await tick(home)).toEqual([]);
  await home.close();
  expect(await exactRowsOfHome(folder)).toEqual(before);
});

test("a warehouse that is missing is built, and nothing is kept of it", async () => {
  rmSync(warehousePath(folder));
  expect((await rebuild()).kept).toBeUndefined();
  expect(await exactRowsOfHome(folder)).toEqual(before);
});

test("a log that lacks what a sound warehouse has read is refused, and nothing is changed", async () => {
  const log = join(logPath(folder), "voc.enriched");
  const [file = ""] = readdirSync(log);
  renameSync(join(log, file), join(folder, "away"));
  await expect(rebuild()).rejects.toThrow(/voc\.enriched が欠けています/);
  renameSync(join(folder, "away"), join(log, file));
  expect(await exactRowsOfHome(folder)).toEqual(before);
});

test("a log whose first file was moved away is refused, even for a warehouse that is missing", async () => {
  const gone = {
    name: "voc.enriched",
    nextOffset: 3,
    readFrom: async function* () {
      yield { offset: 2, count: 1, records: [], sizeBytes: 1 };
    },
  };
  const empty = { name: "voc.dead", nextOffset: 0, readFrom: async function* () {} };
  const path = join(tempFolder(), "warehouse.duckdb");
  const rebuilding = rebuildWarehouse({
    path,
    openStreams: async () => ({ dead: empty, enriched: gone, actions: empty }),
    discardOld: false,
    stamp: "test",
    reporter: silentReporter,
  });
  await expect(rebuilding).rejects.toThrow("0 件目から 1 件目までが欠けています");
  expect(existsSync(path)).toBe(false);
});

test("what a killed rebuild left is swept up by the next opening", async () => {
  writeFileSync(`${warehousePath(folder)}.new`, "half");
  writeFileSync(join(folder, "rebuild.lock"), "");
  const home = await openTourismHome(folder);
  await home.close();
  expect(readdirSync(folder).filter((name) => /new|lock/.test(name))).toEqual([]);
});
