import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { verifyFrozenTests } from "../../../models/shipped/frozen-tests.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kizuki-frozen-"));
  cpSync(fileURLToPath(new URL("../../../models/tests", import.meta.url)), folder, {
    recursive: true,
  });
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the shipped test lines are the frozen ones", () => {
  expect(() => verifyFrozenTests(folder)).not.toThrow();
});

test("a changed test line is refused by its file", () => {
  writeFileSync(join(folder, "tourism.tsv"), "-\tother\tneutral\t晴れ\n");
  expect(() => verifyFrozenTests(folder)).toThrow(/tourism\.tsv 読んだもの/);
});

test("tests that were never frozen are refused", () => {
  rmSync(join(folder, "FROZEN.sha256"));
  expect(() => verifyFrozenTests(folder)).toThrow(/FROZEN\.sha256/);
});
