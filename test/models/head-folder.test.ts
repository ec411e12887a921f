import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scoreHead } from "../../models/head.ts";
import { loadHead, refuseForeignFolder, saveHead } from "../../models/head-folder.ts";
import { trainHead } from "../../models/train-head.ts";
import { ModelError, UsageError } from "../../pipeline/errors.ts";
import { TOY_LABELS, toyExamples } from "./toy.ts";

let folder = "";
const { head } = trainHead(toyExamples(60, 1), {
  name: "toy",
  mode: "multi",
  labels: TOY_LABELS,
  seed: 7,
  origin: { encoder: "encoder-a", licence: "Apache-2.0", data: [] },
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kizuki-head-"));
  saveHead(folder, head);
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a head that was saved and loaded scores the same to the last bit", () => {
  const loaded = loadHead(folder, { encoder: "encoder-a" });
  for (const { features } of toyExamples(20, 2)) {
    expect(scoreHead(loaded, features)).toEqual(scoreHead(head, features));
  }
});

test("the width of its vectors is stored and needs no other statement", () => {
  const wide = trainHead(toyExamples(60, 1, 0, 768), {
    name: "wide",
    mode: "multi",
    labels: TOY_LABELS,
    seed: 7,
    origin: { encoder: "encoder-b", licence: "Apache-2.0", data: [] },
  }).head;
  saveHead(folder, wide);
  expect(loadHead(folder)).toEqual(wide);
});

test("one changed bit of the weights is refused", () => {
  const path = join(folder, "weights.bin");
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
  writeFileSync(path, bytes);
  expect(() => loadHead(folder)).toThrow(ModelError);
  expect(() => loadHead(folder)).toThrow(/weights\.bin.*読んだもの.*期待/);
});

test.each(["head.json", "weights.bin"])("a missing %s is refused by its path", (name) => {
  rmSync(join(folder, name));
  expect(() => loadHead(folder)).toThrow(ModelError);
  expect(() => loadHead(folder)).toThrow(join(folder, name));
});

test("a field that head.json should not have is refused by name", () => {
  const path = join(folder, "head.json");
  writeFileSync(path, readFileSync(path, "utf8").replace('"mode"', '"extra": 1, "mode"'));
  expect(() => loadHead(folder)).toThrow(/extra/);
});

test("a head trained on another encoder is refused, unless no encoder is named", () => {
  expect(() => loadHead(folder, { encoder: "encoder-b" })).toThrow(/encoder-a.*encoder-b/);
  expect(loadHead(folder).origin.encoder).toBe("encoder-a");
});

test("a head is put in place as a whole, beside what else lies there, and nothing is left over", () => {
  const parent = join(folder, "heads");
  const place = join(parent, "mine");
  saveHead(place, head);
  writeFileSync(join(place, "notes.md"), "覚え書き");
  const before = statSync(place).ino;
  saveHead(place, head);
  expect(statSync(place).ino).not.toBe(before);
  expect(readdirSync(place).sort()).toEqual(["head.json", "notes.md", "weights.bin"]);
  expect(readdirSync(parent)).toEqual(["mine"]);
  expect(loadHead(place)).toEqual(head);
});

test("a head is saved in a new or empty folder or over a head, and nowhere else", () => {
  const [empty, foreign] = [join(folder, "empty"), join(folder, "foreign")];
  mkdirSync(empty);
  mkdirSync(foreign);
  writeFileSync(join(foreign, "head.json"), "{}");
  for (const place of [join(folder, "none"), empty, folder]) refuseForeignFolder(place);
  for (const place of [foreign, join(foreign, "head.json")]) {
    expect(() => refuseForeignFolder(place)).toThrow(UsageError);
    expect(() => refuseForeignFolder(place)).toThrow(/--out … 読んだもの: .*head\.json.*期待/);
  }
});
