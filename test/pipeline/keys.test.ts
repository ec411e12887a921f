import { chmodSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keysFromFile, keysFromText } from "../../pipeline/keys.ts";
import { tempFolder } from "../support/temp-folder.ts";

test("the key file is made once, for its owner alone, and read again", () => {
  const path = join(tempFolder(), "config", "master.key");
  const first = keysFromFile(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(keysFromFile(path)).toEqual(first);
});

test("a key that others may read is refused", () => {
  const path = join(tempFolder(), "master.key");
  keysFromFile(path);
  chmodSync(path, 0o644);
  expect(() => keysFromFile(path)).toThrow("chmod 600");
});

test("the key for sealing and the key for ids are not the same", () => {
  const keys = keysFromText("ab".repeat(32));
  expect(keys.raw.equals(keys.identity)).toBe(false);
});

test("a key that is no key is refused without being shown", () => {
  const text = "secret-but-wrong";
  expect(() => keysFromText(text)).toThrow("64 桁");
  expect(() => keysFromText(text)).not.toThrow(text);
});
