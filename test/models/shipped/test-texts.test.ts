import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { dropLeaks } from "../../../models/shipped/drop-leaks.ts";
import { readTestTexts } from "../../../models/shipped/test-texts.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kizuki-tests-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a clause of a line drops the training line that equals it", () => {
  writeFileSync(join(folder, "negation.tsv"), "p1\tnegation\tpositive,negative\t味は良い|が高い\n");
  const { texts } = readTestTexts(folder);
  expect(dropLeaks([{ text: "味は良い" }, { text: "が高い" }, { text: "味は" }], texts)).toEqual([
    { text: "味は" },
  ]);
});

test("voices that test segments were cut from are known by their id", () => {
  writeFileSync(join(folder, "real-voices.tsv"), "source\tid\ttext\nhokuriku\tv-1\t海がきれい\n");
  const { ids, texts } = readTestTexts(folder);
  expect(ids.has("v-1")).toBe(true);
  expect(texts).toContainEqual({ text: "海がきれい" });
});

test("every shipped test file with texts is read", () => {
  const tests = fileURLToPath(new URL("../../../models/tests", import.meta.url));
  const { texts, ids } = readTestTexts(tests);
  const known = new Set(texts.map(({ text }) => text));
  expect(ids.size).toBeGreaterThan(500);
  for (const text of [
    "封を開けたら中のせんべいが半分以上割れていました。",
    "自然がそのまま残っているのに",
    "バスが2時間に1本ってどうやって来いと",
    "注文してから届くまでがとにかく遅い。",
  ]) {
    expect(known).toContain(text);
  }
});
