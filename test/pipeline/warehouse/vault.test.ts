import { join } from "node:path";
import { expect, test } from "vitest";
import { keysFromText } from "../../../pipeline/keys.ts";
import { sealRecord } from "../../../pipeline/vault/seal-record.ts";
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
    work.push(vault.keep({ place: "voc.raw", records: [record], next: index + 1, sealedAt }));
    work.push(vault.recordsOfVoice(uuidOf(names[0] ?? "")));
    if (index === 20) work.push(vault.compact());
  }
  await Promise.all(work);
  for (const name of names) expect(await vault.recordsOfVoice(uuidOf(name))).toHaveLength(1);
  expect(await vault.nextOffset("voc.raw")).toBe(names.length);
  await vault.close();
});
