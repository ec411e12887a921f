import { join } from "node:path";
import { readSegmentLines, type SegmentLine } from "../read-examples.ts";
import { loadTaxonomy, type Taxonomy } from "../taxonomy.ts";
import { dropLeaks } from "./drop-leaks.ts";
import { verifyFrozenTests } from "./frozen-tests.ts";
import { plainText } from "./plain-text.ts";
import { readWeakVoices, type WeakVoice } from "./weak-voices.ts";

export type ShippedData = {
  readonly taxonomies: readonly TaxonomyData[];
  /** Weakly labelled voices to train on. */
  readonly weak: readonly WeakVoice[];
  /** Weakly labelled voices to measure on, none of which is trained on. */
  readonly weakTests: readonly WeakVoice[];
  /** Training lines left out because a test line shares twelve characters in a row with them. */
  readonly dropped: { readonly written: number; readonly weak: number };
};

export type TaxonomyData = {
  readonly taxonomy: Taxonomy;
  readonly examples: readonly SegmentLine[];
  readonly tests: readonly SegmentLine[];
};

const FILES = [
  {
    taxonomy: "food-maker",
    examples: ["food-maker-a", "food-maker-b", "food-maker-c", "food-maker-d"],
  },
  { taxonomy: "tourism", examples: ["tourism", "tourism-b"] },
];

/** Half negative, half positive, both of them. */
const WEAK_TESTS = 1500;
const WEAK_EXAMPLES = 12_000;

/** @param models the folder that holds taxonomies, examples and tests */
export function readShippedData(models: string, voices: string, seed: number): ShippedData {
  verifyFrozenTests(join(models, "tests"));
  const all = FILES.map(({ taxonomy: name, examples }) => {
    const taxonomy = loadTaxonomy(join(models, "taxonomies", `${name}.yaml`));
    const ids = new Set(taxonomy.leaves.map((leaf) => leaf.id));
    const read = (folder: string, file: string) =>
      readSegmentLines(join(models, folder, `${file}.tsv`), ids).map((line) => ({
        ...line,
        text: plainText(line.text),
      }));
    return {
      taxonomy,
      examples: examples.flatMap((file) => read("examples", file)),
      tests: read("tests", name),
    };
  });
  const tests = all.flatMap((each) => each.tests);
  const kept = all.map((each) => ({ ...each, examples: dropLeaks(each.examples, tests) }));
  const weakVoices = readWeakVoices(voices, seed);
  const weakTests = weakVoices.slice(0, WEAK_TESTS);
  const candidates = weakVoices.slice(WEAK_TESTS, WEAK_TESTS + WEAK_EXAMPLES);
  const weak = dropLeaks(candidates, [...tests, ...weakTests]);
  return {
    taxonomies: kept,
    weak,
    weakTests,
    dropped: { written: countLines(all) - countLines(kept), weak: candidates.length - weak.length },
  };
}

function countLines(data: readonly TaxonomyData[]): number {
  return data.reduce((sum, { examples }) => sum + examples.length, 0);
}
