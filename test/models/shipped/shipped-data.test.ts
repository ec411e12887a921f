import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
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
const folder = mkdtempSync(join(tmpdir(), "kizuki-voices-"));
afterAll(() => rmSync(folder, { recursive: true }));

const real = readRealVoices(join(MODELS, "tests", "real-voices.tsv"));
const short = real.find(({ source, text }) => source === "hokuriku" && /^\p{L}{6,9}$/u.test(text));

/** In the place of the survey: voices of the kinds that a rule labels, negative and positive in turn. */
const voices = [
  { id: "hk-1", kind: "complaint", rating: 2, text: "駐車場の出口がわかりにくかったです" },
  { id: "hk-2", kind: "praise", rating: 5, text: "水仙の香りに包まれて歩きました" },
  { id: real[2]?.id, kind: "complaint", rating: 2, text: "ある試験の声の、試験にない部分です" },
  { id: "hk-3", kind: "praise", rating: 5, text: short?.text },
  { id: "hk-4", kind: "complaint", rating: 2, text: "坂道が続いて足が棒になりました" },
  { id: "hk-6", kind: "complaint", rating: 2, text: "帰りの便が一本もなく困りました" },
  { id: "hk-5", kind: "praise", rating: 5, text: "朝の市場を一時間かけて回りました" },
];
const path = join(folder, "voices.jsonl.gz");
writeFileSync(path, gzipSync(voices.map((voice) => JSON.stringify(voice)).join("\n")));
const data = readShippedData(MODELS, path);

const tests = readTestSets(MODELS).flatMap(({ cases }) => cases.map(({ text }) => ({ text })));

test("no line that is trained on shares twelve characters in a row with a test line, nor is one", () => {
  expect(data.written.length).toBeGreaterThan(8000);
  expect(dropLeaks(data.written, tests)).toHaveLength(data.written.length);
});

test("a survey answer that is a test segment, or whose other part is one, is not trained on", () => {
  const texts = data.weak.map(({ text }) => text);
  expect(short).toBeDefined();
  expect(texts).toHaveLength(5);
  expect(texts).not.toContain(short?.text);
  expect(texts).not.toContain("ある試験の声の、試験にない部分です");
});
