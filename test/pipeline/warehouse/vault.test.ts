import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keysFromText } from "../../../pipeline/keys.ts";
import { sealRecord } from "../../../pipeline/vault/seal-record.ts";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { execute, sqlText } from "../../../pipeline/warehouse/query.ts";
import { Vault } from "../../../pipeline/warehouse/vault.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { rawRecords, rawVoice } from "../../support/home-with-words.ts";
import { TEST_KEY } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const KEYS = keysFromText(TEST_KEY);

test("what is kept and read while the vault is written anew is there afterwards", async () => {
  const vault = await Vault.open(join(tempFolder(), "vault.duckdb"));
  const names = Array.from({ length: 40 }, (_, index) => `voice ${index}`);
  const records = rawRecords(
    "one",
    names.map((name) => rawVoice(name, "袋が開かない")),
  ).flatMap((record) => sealRecord(record, KEYS) ?? []);
  const sealedAt = new Date("2026-01-05T00:00:00Z");
  const work: Promise<unknown>[] = [];
  for (const [index, record] of records.entries()) {
    work.push(vault.keep({ records: [record], positions: [["voc.raw", index + 1]], sealedAt }));
    work.push(vault.recordsOfVoice(uuidOf(names[0] ?? "")));
    if (index === 20) work.push(vault.compact());
  }
  await Promise.all(work);
  for (const name of names) expect(await vault.recordsOfVoice(uuidOf(name))).toHaveLength(1);
  expect(await vault.nextOffset("voc.raw")).toBe(names.length);
  await vault.close();
});

test("no staged record is compared with each sealed one", async () => {
  const folders = { schema: "vault-schema" };
  const { connection, close } = await openWarehouse(":memory:", folders);
  await execute(connection, "vault/staged_records.sql");
  for (const file of ["vault/delete_read_letters.sql", "vault/add_records.sql"]) {
    const sql = sqlText(file).replace(/^--.*$/gm, "");
    const reader = await connection.runAndReadAll(`explain ${sql}`);
    const plan = String(reader.getRows()[0]?.[1]);
    expect(plan, file).toMatch(/HASH_JOIN/);
    expect(plan, file).not.toMatch(/NL_JOIN|NESTED_LOOP|CROSS_PRODUCT/);
  }
  close();
});

test("a vault that cannot be written anew goes on with the file it has", async () => {
  const path = join(tempFolder(), "vault.duckdb");
  const vault = await Vault.open(path);
  const records = rawRecords("one", [rawVoice("a", "袋が開かない")]).flatMap(
    (record) => sealRecord(record, KEYS) ?? [],
  );
  const sealedAt = new Date("2026-01-05T00:00:00Z");
  await vault.keep({ records, positions: [["voc.raw", 1]], sealedAt });
  // Taken away while it is written: there is nothing to rename.
  const taking = setInterval(() => rmSync(`${path}.new`, { force: true }), 1);
  await expect(vault.compact()).rejects.toThrow("前のものはそのままです");
  clearInterval(taking);
  expect(await vault.recordsOfVoice(uuidOf("a"))).toHaveLength(1);
  await vault.compact();
  expect(await vault.recordsOfVoice(uuidOf("a"))).toHaveLength(1);
  await vault.close();
});
