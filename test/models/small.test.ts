import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { classifySegment } from "../../models/classify-segment.ts";
import { loadEncoder } from "../../models/encoder.ts";
import { readEncoderFolder, shippedEncoder } from "../../models/encoder-folder.ts";
import { loadClassifier } from "../../models/load-classifier.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { headChecksum, readEvaluation } from "../../models/shipped/evaluation-file.ts";

const MODELS = fileURLToPath(new URL("../../models", import.meta.url));
const SMALL = shippedEncoder("small");

test("the small encoder is at most 18 MB, and the card's figures are of it and its heads", () => {
  const folder = readEncoderFolder(SMALL);
  expect(statSync(join(folder.folder, folder.onnxFile)).size).toBeLessThanOrEqual(18_000_000);
  const heads = join(MODELS, "heads", "small");
  const { encoder, heads: measured } = readEvaluation(join(heads, "evaluation.json"));
  expect(encoder.id).toBe(folder.id);
  const names = readdirSync(heads, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(measured).toEqual(
    Object.fromEntries(names.map(({ name }) => [name, headChecksum(join(heads, name))])),
  );
});

test.each([
  ["袋が破れていて中身がこぼれていました。", "negative", "complaint"],
  ["とても美味しくて、家族みんな大満足です。", "positive", "praise"],
  ["この商品の賞味期限はどこに書いてありますか。", "neutral", "question"],
])("the small encoder's heads read 「%s」", async (text, sentiment, kind) => {
  const [encoder, classifier, analyzer] = await Promise.all([
    loadEncoder(SMALL),
    loadClassifier({ encoder: SMALL, taxonomies: ["food-maker"], heads: {} }),
    loadAnalyzer(),
  ]);
  const segment = { text, vector: await encoder.encode(text), morphemes: analyzer.analyze(text) };
  expect(await classifySegment(classifier, segment)).toMatchObject({ sentiment, kind });
});
