import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "sql-formatter";
import { expect, test } from "vitest";
import { openWarehouse, type Warehouse } from "../../pipeline/warehouse/open-warehouse.ts";
import { execute } from "../../pipeline/warehouse/query.ts";

const ROOT = fileURLToPath(new URL("../../sql/", import.meta.url));
const VAULT = { schema: "vault-schema" };
const FOLDERS = ["line", "load", "questions", "views"];

const files = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith(".sql"))
    .map((file) => `${folder}/${file}`),
);

test("there are files to check", () => {
  expect(files.length).toBeGreaterThan(30);
});

const vaultFiles = readdirSync(join(ROOT, "vault")).map((file) => `vault/${file}`);

/** Bound by the snapshot's own test: two databases are attached there. */
const described = [
  ...files,
  ...vaultFiles,
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

async function notBinding({ connection }: Warehouse, names: readonly string[]): Promise<string[]> {
  await execute(connection, "load/staged_ids.sql");
  await execute(connection, "load/laid_segments.sql", { segments: "[]" });
  const broken: string[] = [];
  for (const file of names) {
    try {
      const statements = await connection.extractStatements(readFileSync(join(ROOT, file), "utf8"));
      for (let index = 0; index < statements.count; index += 1) await statements.prepare(index);
    } catch (error) {
      broken.push(`${file}: ${String(error)}`);
    }
  }
  return broken;
}

test("every file binds against the schema", async () => {
  expect(await notBinding(await openWarehouse(":memory:"), files)).toEqual([]);
});

test("every file of the vault binds against the vault's schema", async () => {
  const vault = await openWarehouse(":memory:", VAULT);
  for (const table of ["records", "keys"]) {
    await execute(vault.connection, `vault/staged_${table}.sql`);
  }
  // The copies are bound by the vault's own test, as the snapshot is.
  const single = vaultFiles.filter((file) => !file.startsWith("vault/copy_"));
  expect(await notBinding(vault, single)).toEqual([]);
});

const COMMENTS = `select name, comment from (
  select table_name || '.' || column_name as name, comment from duckdb_columns() where not internal
  union all select table_name, comment from duckdb_tables() where not internal
  union all select view_name, comment from duckdb_views() where not internal
)`;

test.each([undefined, VAULT])(
  "every table, every view and every column is described, of the vault too: %o",
  async (folders) => {
    const { connection } = await openWarehouse(":memory:", folders);
    const reader = await connection.runAndReadAll(`${COMMENTS} where comment is null order by all`);
    expect(reader.getRowsJS()).toEqual([]);
  },
);

test("analysts read Japanese: no comment of the warehouse is without it", async () => {
  const { connection } = await openWarehouse(":memory:");
  const reader = await connection.runAndReadAll(
    `${COMMENTS} where not regexp_matches(comment, '[ぁ-ん]|[一-龠]{2}') order by all`,
  );
  expect(reader.getRowsJS()).toEqual([]);
});
