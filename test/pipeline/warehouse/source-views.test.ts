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

test("sources that differ in capitals only each have a view, called so whatever else there is", async () => {
  expect(await rows("select text from source_plain_ac79")).toEqual([["何もない"]]);
  expect(await rows('select text, 桁 from "source_PLAIN_f62e"')).toEqual([
    ["大文字", "12345678901234567890"],
  ]);
});

test("each view and each of its columns says in Japanese what it holds", async () => {
  expect(
    await rows(`select comment from duckdb_views() where view_name = 'source_${DESK}'`),
  ).toEqual([["取り込み元「相談室」の声。1 行が 1 件で、ファイルの列が属性として並ぶ"]]);
  const comments = new Map(
    await rows(
      `select column_name, comment from duckdb_columns() where table_name = 'source_${DESK}'`,
    ).then((read) => read.map(([name, comment]) => [String(name), String(comment)])),
  );
  expect(comments.get("重さ")).toBe("ファイルの列「重さ」の値。数。単位は元の列のまま");
  expect(comments.get("id_2")).toBe("ファイルの列「id」の値。整数。単位は元の列のまま");
  expect(comments.get("polarity")).toContain("-1（否定的）から 1（肯定的）");
  expect(
    await rows(
      "select table_name, column_name from duckdb_columns() where table_name like 'source_%' and not coalesce(regexp_matches(comment, '[ぁ-ん一-龠]'), false)",
    ),
  ).toEqual([]);
});
