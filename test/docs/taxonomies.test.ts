import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tagTopics } from "../../models/classify-segment.ts";
import { segmentFeatures } from "../../models/features.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { parseTaxonomy } from "../../models/taxonomy.ts";
import { PROJECT } from "../support/run-kizuki.ts";

const analyzer = await loadAnalyzer();

function exampleIn(file: string): string {
  const text = readFileSync(join(PROJECT, "docs", file), "utf8");
  return /^```yaml\n(name: .*?)^```$/ms.exec(text)?.[1] ?? "";
}

const yaml = exampleIn("taxonomies.ja.md");
const taxonomy = parseTaxonomy(yaml, "自社.yaml");

test("the page shows the same example in both languages", () => {
  expect(exampleIn("taxonomies.md")).toBe(yaml);
});

test.each([
  { text: "駐車場が遠い", topics: ["visit.parking"] },
  { text: "駐車場がとても狭い", topics: ["visit.parking"] },
  { text: "駐車場は混んでいる", topics: ["visit.parking"] },
  { text: "係の説明が丁寧でした", topics: ["visit.guide"] },
  { text: "売店で買いました", topics: ["shop"] },
  { text: "駐車場は混んでいなかった", topics: [] },
  { text: "駐車場が混んだら困る", topics: [] },
  { text: "駐車場は混みますか", topics: [] },
  { text: "工場を見ました", topics: [] },
])("the page's example gives 「$text」 $topics", async ({ text, topics }) => {
  const segment = { text, vector: new Int8Array(384), morphemes: analyzer.analyze(text) };
  const tags = await tagTopics(
    { taxonomy },
    { features: segmentFeatures(segment), scores: new Map() },
  );
  expect(tags.map(({ topic }) => topic)).toEqual(topics);
});

test("a word of the page is one morpheme, and what it calls two is two", () => {
  const bases = (text: string) => analyzer.analyze(text).map(({ base }) => base);
  expect(bases("駐車場")).toEqual(["駐車", "場"]);
  expect(bases("混んでいる")[0]).toBe("混む");
});
