import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addKey, findKey, listKeys, revokeKey } from "../../../../pipeline/intake/http/api-keys.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const at = new Date("2026-01-05T09:00:00+09:00");
const crm = { name: "crm", source: "相談室", may: "send", at } as const;

test("a key opens until it is revoked, and only its hash is kept, for the owner alone", async () => {
  const home = tempFolder();
  const token = await addKey(home, crm);
  expect(findKey(home, token)).toMatchObject({ name: "crm", source: "相談室", may: "send" });
  const path = join(home, "http-keys", "crm.json");
  expect(readdirSync(join(home, "http-keys"))).toEqual(["crm.json"]);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).not.toContain(token.split(".")[2]);
  await revokeKey(home, "crm");
  expect(findKey(home, token)).toBeUndefined();
  const again = await addKey(home, crm);
  expect(findKey(home, token)).toBeUndefined();
  expect(findKey(home, again)).toBeDefined();
});

test.each([
  { why: "another secret", change: (token: string) => `${token.slice(0, -2)}AA` },
  { why: "another name", change: (token: string) => token.replace(".crm.", ".web.") },
  { why: "a path as name", change: (token: string) => token.replace(".crm.", "...crm.") },
  { why: "more behind it", change: (token: string) => `${token}A` },
  { why: "nothing", change: () => "" },
])("a key with $why opens nothing", async ({ change }) => {
  const home = tempFolder();
  const token = await addKey(home, crm);
  await addKey(home, { ...crm, name: "web" });
  expect(findKey(home, change(token))).toBeUndefined();
});

test("a name that is taken or no name is refused, and the key of that name goes on", async () => {
  const home = tempFolder();
  const token = await addKey(home, crm);
  await expect(addKey(home, crm)).rejects.toThrow("もうあります");
  await expect(addKey(home, { ...crm, name: "../x" })).rejects.toThrow("--name");
  await expect(revokeKey(home, "../home")).rejects.toThrow("ある鍵: crm");
  expect(findKey(home, token)).toBeDefined();
  expect(listKeys(home).map(({ name }) => name)).toEqual(["crm"]);
});

test("a key's file that cannot be read is an error of the machine, not a wrong key", async () => {
  const home = tempFolder();
  const token = await addKey(home, crm);
  writeFileSync(join(home, "http-keys", "crm.json"), "{}");
  expect(() => findKey(home, token)).toThrow("kizuki http-key add");
});
