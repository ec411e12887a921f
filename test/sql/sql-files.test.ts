import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "sql-formatter";
import { expect, test } from "vitest";
import { openWarehouse } from "../../pipeline/warehouse/open-warehouse.ts";
import { execute } from "../../pipeline/warehouse/query.ts";

const ROOT = fileURLToPath(new URL("../../sql/", import.meta.url));
const FOLDERS = ["load", "questions", "views"];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(".sql"))
    .map((file) => `${folder}/${file}`),
);

test("there are files to check", () => {
  expect(files.length).toBeGreaterThan(30);
});

/** Bound by the snapshot's own test: two databases are attached there. */
const described = [
  ...files,
  ...readdirSync(join(ROOT, "snapshot")).map((file) => `snapshot/${file}`),
];

test.each(described)("%s says its question, grain, params and units", (file) => {
  const lines = readFileSync(join(ROOT, file), "utf8").split("\n");
  const heads = lines.filter((line) => line.startsWith("-- ")).join("\n");
  for (const head of ["-- Question:", "-- Grain:", "-- Params:", "-- Units:"]) {
    expect(heads).toContain(head);
  }
});

test.each(described)("%s is formatted", (file) => {
  const text = readFileSync(join(ROOT, file), "utf8");
  const formatted = format(text, {
    language: "duckdb",
    keywordCase: "lower",
    tabWidth: 4,
    paramTypes: { named: ["$"] },
  });
  expect(text.trimEnd()).toBe(formatted.trimEnd());
});

test("every file binds against the schema", async () => {
  const warehouse = await openWarehouse(":memory:");
  await execute(warehouse.connection, "load/staged_ids.sql");
  const broken: string[] = [];
  for (const file of files) {
    try {
      await warehouse.connection.prepare(readFileSync(join(ROOT, file), "utf8"));
    } catch (error) {
      broken.push(`${file}: ${String(error)}`);
    }
  }
  expect(broken).toEqual([]);
});

test("every table and every column is described", async () => {
  const warehouse = await openWarehouse(":memory:");
  const reader = await warehouse.connection.runAndReadAll(
    "select table_name, column_name from duckdb_columns() where not internal and comment is null and table_name in (select table_name from duckdb_tables()) union all select table_name, '' from duckdb_tables() where not internal and comment is null",
  );
  expect(reader.getRowsJS()).toEqual([]);
});
