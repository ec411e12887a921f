import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { classifySegment } from "../../models/classify-segment.ts";
import { embedTexts } from "../../models/embed-texts.ts";
import { loadEncoder } from "../../models/encoder.ts";
import { shippedEncoder } from "../../models/encoder-folder.ts";
import { loadClassifier } from "../../models/load-classifier.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";

/** Of both kinds 36: about food that is not safe or is made so, and near misses (insects outdoors, hair on a floor, sea-sickness). */
const lines = readFileSync(new URL("../fixtures/food-safety.tsv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split("\t"));
const texts = lines.map(([, text = ""]) => text);

async function tagsOf(name: "base" | "small") {
  const encoder = shippedEncoder(name);
  const [classifier, analyzer, vectors] = await Promise.all([
    loadClassifier({ encoder, taxonomies: ["tourism"], heads: {} }),
    loadAnalyzer(),
    embedTexts(texts, { encoder, processes: 1 }),
  ]);
  return await Promise.all(
    texts.map((text, at) =>
      classifySegment(classifier, {
        text,
        vector: vectors[at] ?? new Int8Array(0),
        morphemes: analyzer.analyze(text),
      }),
    ),
  );
}

test.each(["base", "small"] as const)(
  "%s finds unsafe food, and hardly a near miss",
  async (name) => {
    const tags = await tagsOf(name);
    const found = tags.map(({ topics }) => topics.some(({ topic }) => topic === "food-safety"));
    const ofKind = (kind: string) => texts.filter((_, at) => lines[at]?.[0] === kind && found[at]);
    expect(ofKind("yes").length).toBeGreaterThanOrEqual(30);
    expect(ofKind("no").length).toBeLessThanOrEqual(1);
  },
  120_000,
);

test("an allergy that was told to no avail is a complaint, however soberly told", async () => {
  const [encoder, classifier, analyzer] = await Promise.all([
    loadEncoder(shippedEncoder("base")),
    loadClassifier({ encoder: shippedEncoder("base"), taxonomies: ["tourism"], heads: {} }),
    loadAnalyzer(),
  ]);
  const text = "そばアレルギーと伝えていたのに";
  const segment = { text, vector: await encoder.encode(text), morphemes: analyzer.analyze(text) };
  const tags = await classifySegment(classifier, segment);
  expect(tags).toMatchObject({ sentiment: "negative", kind: "complaint" });
  expect(tags.topics[0]).toMatchObject({ topic: "food-safety" });
});
