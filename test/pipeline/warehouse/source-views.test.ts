import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { openWarehouse, type Warehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { writeSnapshot } from "../../../pipeline/warehouse/write-snapshot.ts";
import { openTestHome, publishVoices } from "../../support/home-with-voices.ts";
import { removeFolder, sharedFolder } from "../../support/temp-folder.ts";

const AT = "2025-07-01T10:00:00+09:00";
const DESK = "相談室";
const HOSTILE = `it's "a"; drop table voices; --`;

let snapshot: Warehouse;
beforeAll(async () => {
  const folder = sharedFolder();
  const home = await openTestHome(folder);
  const attributes = [
    { 年代: "30", 購入日: "2025/7/1", 重さ: "60.5", 電話: "0120", 備考: "なし", id: "1", ID: "2" },
    { 年代: "-4", 購入日: "2025-12-31", 重さ: "7", 電話: "1", text: "乙", "a/b~c": "斜線" },
    { 年代: "20", 購入日: "2025-02-28", "\"quoted\" 'name'": "引用" },
  ];
  await publishVoices(home, "desk.csv", [
    ...attributes.map((each, index): [string, string, string, object] => [
      `d${index}`,
      `声${index}`,
      AT,
      { source: DESK, attributes: each },
    ]),
    ["h", "敵意", AT, { source: HOSTILE, attributes: { 日: "2025-02-30", "{}": "3" } }],
    ["n", "何もない", AT, { source: "plain", attributes: {} }],
    ["p", "大文字", AT, { source: "PLAIN", attributes: { 桁: "12345678901234567890" } }],
  ]);
  const giveUp = new AbortController().signal;
  await writeSnapshot(home.warehouse, { folder: join(folder, "to"), madeAt: new Date(AT), giveUp });
  await home.close();
  const copy = join(folder, "別の名前.duckdb");
  copyFileSync(join(folder, "to", "snapshot.duckdb"), copy);
  snapshot = await openWarehouse(copy);
  return () => {
    snapshot.close();
    removeFolder(folder);
  };
});

async function rows(sql: string): Promise<unknown[][]> {
  return (await snapshot.reader.runAndReadAll(sql)).getRowsJS();
}

test("a source has a view with its attributes as columns, typed by what is in all of their cells", async () => {
  const types = await rows(
    `select column_name, data_type from duckdb_columns() where table_name = 'source_${DESK}' and column_index > 16 order by column_index`,
  );
  expect(Object.fromEntries(types)).toEqual({
    "\"quoted\" 'name'": "VARCHAR",
    ID: "BIGINT",
    id_2: "BIGINT",
    "a/b~c": "VARCHAR",
    text_2: "VARCHAR",
    備考: "VARCHAR",
    年代: "BIGINT",
    購入日: "DATE",
    重さ: "DOUBLE",
    // Zeros at the beginning would be lost.
    電話: "VARCHAR",
  });
  expect(
    await rows(
      `select text, 年代, 購入日::varchar, 重さ, 電話, text_2, "a/b~c", "ID", id_2 from "source_${DESK}" where 年代 >= 0 or 重さ < 10 order by text`,
    ),
  ).toEqual([
    ["声0", 30n, "2025-07-01", 60.5, "0120", null, null, 2n, 1n],
    ["声1", -4n, "2025-12-31", 7, "1", "乙", "斜線", null, null],
    ["声2", 20n, "2025-02-28", null, null, null, null, null, null],
  ]);
});

test("no name of a source or an attribute is more than a name", async () => {
  const view = `"source_${HOSTILE.replaceAll('"', '""')}"`;
  expect(await rows(`select 日, "{}", text from ${view}`)).toEqual([["2025-02-30", 3n, "敵意"]]);
  expect(await rows("select count(*)::int from voices")).toEqual([[6]]);
});

test("a source without attributes has a view, and so has one that differs in capitals only", async () => {
  expect(await rows("select text from source_plain_2")).toEqual([["何もない"]]);
  expect(await rows('select text, 桁 from "source_PLAIN"')).toEqual([
    ["大文字", "12345678901234567890"],
  ]);
});
