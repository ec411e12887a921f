import { createHash } from "node:crypto";
import { linkSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEncoderFolder, shippedEncoder } from "../../models/encoder-folder.ts";
import { fileDigest } from "../../models/file-digest.ts";
import { headVersion } from "../../models/find-head.ts";
import {
  calibrationTold,
  offsetsInUse,
  readCalibration,
  writeCalibration,
} from "../../pipeline/calibration.ts";
import { loadConfig } from "../../pipeline/config.ts";
import { ModelError } from "../../pipeline/errors.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { copyModel, TINY_CLASSIFIER } from "../support/tiny-models.ts";

const place = {
  encoder: readEncoderFolder(shippedEncoder("base")),
  heads: {},
  digestsFile: "",
};

function configWith(text: string) {
  const folder = tempFolder();
  const file = join(folder, "kizuki.yaml");
  writeFileSync(file, text);
  return loadConfig({ home: join(folder, "home"), file, workingFolder: folder });
}

test("it lies beside the settings, where they say, or in home where there are none", () => {
  const beside = configWith("{}");
  expect(beside.calibration).toBe(join(beside.file ?? "", "..", "calibration.json"));
  const named = configWith("calibration: shared/own.json");
  expect(named.calibration).toBe(join(named.file ?? "", "..", "shared", "own.json"));
  const home = tempFolder();
  const none = loadConfig({ home, file: undefined, workingFolder: tempFolder() });
  expect(none.calibration).toBe(join(home, "calibration.json"));
  expect(offsetsInUse(none)).toEqual({});
});

test("an offset holds for the head that was judged, not for another of its name or another encoder's", () => {
  const config = configWith("{}");
  const known = { offset: -0.5, judged: 100, on: "2026-01-05" };
  const version = headVersion("emotion", place) ?? "";
  const topics = headVersion("food-maker", place) ?? "";
  expect(version).toMatch(/^[0-9a-f]{16}$/);
  const heads = {
    emotion: { ...known, version },
    "food-maker": { ...known, version: topics, offset: 1 },
    kind: { ...known, version },
  };
  writeFileSync(config.calibration, JSON.stringify({ heads }));
  expect(offsetsInUse(config)).toEqual({ emotion: -0.5, "food-maker": 1 });
  expect(offsetsInUse({ ...config, encoder: shippedEncoder("small") })).toEqual({});
});

test("a machine without the encoder still tells what the file says, and classifies nothing with it", () => {
  const config = { ...configWith("{}"), encoder: { folder: join(tempFolder(), "gone") } };
  writeFileSync(config.calibration, JSON.stringify(headOf(-1)));
  expect(() => offsetsInUse(config)).toThrow(ModelError);
  expect(calibrationTold(config)).toEqual(headOf(-1).heads);
});

test("a file that is none says which, and what to do", () => {
  const config = configWith("{}");
  writeFileSync(config.calibration, '{"heads":{"emotion":-0.5}}');
  expect(() => readCalibration(config)).toThrow(/calibration.json が読めません.*models calibrate/);
});

const headOf = (offset: number) => ({
  heads: { emotion: { version: "0123456789abcdef", offset, judged: 40, on: "2025-07-01" } },
});

test("a calibration takes the place of the one before whole: who has that one open reads it to its end", () => {
  const folder = tempFolder();
  const config = { calibration: join(folder, "calibration.json") };
  expect(readCalibration(config)).toEqual({ heads: {} });
  writeCalibration(config, headOf(-1));
  const open = join(folder, "open");
  linkSync(config.calibration, open);
  writeCalibration(config, headOf(-0.5));
  expect(JSON.parse(readFileSync(open, "utf8"))).toEqual(headOf(-1));
  expect(readCalibration(config)).toEqual(headOf(-0.5));
});

test("a ready model with other weights, another tokenizer or other names for its labels is another head", () => {
  const folder = copyModel(TINY_CLASSIFIER, join(tempFolder(), "model"));
  const versionWith = (labels: Record<string, string>) =>
    headVersion("sentiment", { ...place, heads: { sentiment: { folder, labels } } });
  const own = versionWith({});
  expect(own).toMatch(/^[0-9a-f]{16}$/);
  expect(versionWith({})).toBe(own);
  expect(versionWith({ POSITIVE: "negative" })).not.toBe(own);
  for (const file of ["onnx/model.onnx", "tokenizer.json"]) {
    const path = join(folder, file);
    const bytes = readFileSync(path);
    const before = versionWith({});
    writeFileSync(path, Buffer.concat([bytes.subarray(0, -1), Buffer.from([7])]));
    expect(versionWith({})).not.toBe(before);
  }
});

test("the content of a large file is remembered while nobody writes to it", () => {
  const folder = tempFolder();
  const [path, known] = [join(folder, "model.onnx"), join(folder, "weights.json")];
  const bytes = Buffer.alloc(17 * 1024 * 1024, 1);
  writeFileSync(path, bytes);
  const first = fileDigest(path, known);
  expect(first).toBe(createHash("sha256").update(bytes).digest("hex"));
  writeFileSync(known, readFileSync(known, "utf8").replace(first, "remembered"));
  expect(fileDigest(path, known)).toBe("remembered");
  const { atime, mtime } = statSync(path);
  writeFileSync(path, bytes.fill(2));
  utimesSync(path, atime, mtime);
  const other = fileDigest(path, known);
  expect(other).toBe(createHash("sha256").update(bytes).digest("hex"));
  expect(fileDigest(path, join(folder, "none", "weights.json"))).toBe(other);
});
