import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { classifySegment } from "../../models/classify-segment.ts";
import { loadEncoder } from "../../models/encoder.ts";
import { shippedEncoder } from "../../models/encoder-folder.ts";
import { loadClassifier } from "../../models/load-classifier.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { readSegmentLines } from "../../models/read-examples.ts";
import { plainText } from "../../models/shipped/plain-text.ts";

/** Every fifth line, and floors well below the model card: what fails here is broken, not unlucky. */
const EVERY = 5;

test.each([
  { taxonomy: "food-maker", sentiment: 0.7, kind: 0.72, topics: 0.6 },
  { taxonomy: "tourism", sentiment: 0.68, kind: 0.7, topics: 0.55 },
])("the shipped heads hold their floors on the frozen lines of $taxonomy", async (floor) => {
  const classifier = await loadClassifier({
    encoder: shippedEncoder("base"),
    taxonomies: [floor.taxonomy],
    heads: {},
  });
  const leaves = classifier.topics.flatMap(({ taxonomy }) => taxonomy.leaves.map(({ id }) => id));
  const path = new URL(`../../models/tests/${floor.taxonomy}.tsv`, import.meta.url);
  const lines = readSegmentLines(fileURLToPath(path), new Set(leaves)).filter(
    (_, index) => index % EVERY === 0,
  );
  const [encoder, analyzer] = await Promise.all([
    loadEncoder(shippedEncoder("base")),
    loadAnalyzer(),
  ]);
  const right = { sentiment: 0, kind: 0, topics: 0 };
  for (const line of lines) {
    const text = plainText(line.text);
    const segment = { text, morphemes: analyzer.analyze(text), vector: await encoder.encode(text) };
    const tags = await classifySegment(classifier, segment);
    const [first] = tags.topics;
    right.sentiment += Number(tags.sentiment === line.sentiment);
    right.kind += Number(tags.kind === line.kind);
    right.topics += Number(
      first === undefined ? line.topics.length === 0 : line.topics.includes(first.topic),
    );
  }
  expect(right.sentiment / lines.length).toBeGreaterThan(floor.sentiment);
  expect(right.kind / lines.length).toBeGreaterThan(floor.kind);
  expect(right.topics / lines.length).toBeGreaterThan(floor.topics);
});
