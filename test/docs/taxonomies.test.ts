import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tagTopics } from "../../models/classify-segment.ts";
import { segmentFeatures } from "../../models/features.ts";
import { joinHeads } from "../../models/joint-heads.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { parseTaxonomy } from "../../models/taxonomy.ts";
import { PROJECT } from "../support/run-kizuki.ts";

const analyzer = await loadAnalyzer();

function page(file: string): string {
  return readFileSync(join(PROJECT, "docs", file), "utf8");
}

function exampleIn(file: string): string {
  const text = page(file);
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
  const tags = tagTopics(
    { taxonomy },
    { features: segmentFeatures(segment), joint: joinHeads([]), scores: new Map() },
  );
  expect(tags.map(({ topic }) => topic)).toEqual(topics);
});

test.each([
  {
    file: "taxonomies.ja.md",
    form: /「(?<said>\S+?)」は `(?<base>\S+?)`/,
    parted: /「(?<word>\S+?)」は(?<first>\S+?)と(?<second>\S+?)に分かれる/,
  },
  {
    file: "taxonomies.md",
    form: /`(?<base>\S+?)` for (?<said>\S+?);/,
    parted: /(?<word>\S+) is read as (?<first>\S+) and (?<second>\S+?),/,
  },
])("what $file says of morphemes is so", ({ file, form, parted }) => {
  const bases = (text = "") => analyzer.analyze(text).map(({ base }) => base);
  const { said, base = "" } = form.exec(page(file))?.groups ?? {};
  expect(bases(said)[0]).toBe(base);
  const { word, first, second } = parted.exec(page(file))?.groups ?? {};
  expect(bases(word)).toEqual([first, second]);
});
