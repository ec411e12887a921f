import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { dropLeaks } from "../../../models/shipped/drop-leaks.ts";
import { readRealVoices } from "../../../models/shipped/real-voices.ts";
import { readShippedData } from "../../../models/shipped/shipped-data.ts";
import { readTestSets } from "../../../models/shipped/test-sets.ts";

const MODELS = fileURLToPath(new URL("../../../models", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "kizuki-shipped-"));
afterAll(() => rmSync(folder, { recursive: true }));

const real = readRealVoices(join(MODELS, "tests", "real-voices.tsv"));

/** The models folder with other labels of real voices, and data sets that have those voices. */
const models = join(folder, "models");
mkdirSync(join(models, "examples"), { recursive: true });
for (const name of ["tests", "taxonomies"]) symlinkSync(join(MODELS, name), join(models, name));
for (const name of readdirSync(join(MODELS, "examples"))) {
  if (/^(heads-)?real-/.test(name)) continue;
  symlinkSync(join(MODELS, "examples", name), join(models, "examples", name));
}
const voices = [
  { id: "hk-1", text: "駐車場は広い。\n出口が　わかりにくかったです" },
  { id: real[2]?.id ?? "", text: "ある試験の声の、試験にない部分です" },
  { id: "hk-3", text: real.find(({ source }) => source === "hokuriku")?.text ?? "" },
];
for (const [name, rows] of [
  ["hokuriku-voices", voices],
  ["quasi-reviews", [{ id: "q-1", text: "静かな宿でした" }]],
] as const) {
  const lines = rows.map((row) => JSON.stringify(row)).join("\n");
  writeFileSync(join(folder, `${name}.jsonl.gz`), gzipSync(lines));
}

function label(id: string, words: string, start: number): string {
  const digest = createHash("sha256").update(words).digest("hex").slice(0, 8);
  const end = start + Array.from(words).length;
  return [id, start, end, digest, "negative", "complaint", "失望,不安", 1, "-"].join("\t");
}

function readLabelled(lines: readonly string[], file = "real-a.tsv") {
  writeFileSync(join(models, "examples", file), `${lines.join("\n")}\n`);
  try {
    return readShippedData(models, folder).segments;
  } finally {
    rmSync(join(models, "examples", file));
  }
}

const tests = readTestSets(MODELS).flatMap(({ cases }) => cases.map(({ text }) => ({ text })));

test("no line that is trained on shares twelve characters in a row with a test line, nor is one", () => {
  const segments = readLabelled([label("hk-1", "出口が わかりにくかったです", 8)]);
  expect(segments.length).toBeGreaterThan(8000);
  expect(dropLeaks(segments, tests)).toHaveLength(segments.length);
});

test("labels of public voices find their words in the data", () => {
  const segments = readLabelled([label("hk-1", "出口が わかりにくかったです", 8)]);
  expect(segments.filter(({ group }) => group.startsWith("real-"))).toEqual([
    {
      text: "出口が わかりにくかったです",
      sentiment: "negative",
      kind: "complaint",
      emotions: ["失望", "不安"],
      intensity: 1,
      group: "real-a.tsv hk-1",
    },
  ]);
});

test("a voice that is tested, or whose words are a test segment, is not trained on", () => {
  const [, tested, same] = voices;
  const segments = readLabelled([
    label(tested?.id ?? "", "試験にない部分です", 8),
    label("hk-3", same?.text ?? "", 0),
  ]);
  expect(segments.filter(({ group }) => group.startsWith("real-"))).toEqual([]);
});

test("labels of other words than the data has are refused, by line", () => {
  expect(() => readLabelled([label("hk-1", "入口がわかりにくかったです", 8)])).toThrow(
    /real-a\.tsv:1 hk-1/,
  );
});

test("topics of public voices are those of their taxonomy", () => {
  const place = label("hk-1", "駐車場は広い。", 0).split("\t").slice(0, 4).join("\t");
  const file = "heads-real-tourism.tsv";
  const [found] = readLabelled([`${place}\tparking,facility`], file).filter(({ group }) =>
    group.startsWith("heads-real-"),
  );
  expect(found).toMatchObject({ topics: ["parking", "facility"], taxonomy: "tourism" });
  expect(() => readLabelled([`${place}\tparking,garage`], file)).toThrow(/tourism\.tsv:1/);
});
