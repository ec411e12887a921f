import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readSegmentLines, readVoiceLines, type VoiceSegment } from "../read-examples.ts";
import { loadTaxonomy, type Taxonomy } from "../taxonomy.ts";
import { dropLeaks } from "./drop-leaks.ts";
import { verifyFrozenTests } from "./frozen-tests.ts";
import { plainText } from "./plain-text.ts";
import { readNegationLines } from "./polarity-lines.ts";
import { readTestTexts } from "./test-texts.ts";
import { readWeakVoices, type WeakVoice } from "./weak-voices.ts";

/** A written segment with what it is labelled with: a span with all, a line with less, half a pair with sentiment. */
export type WrittenSegment = Pick<VoiceSegment, "sentiment" | "text"> &
  Partial<Omit<VoiceSegment, "sentiment" | "text">> & {
    /** Set where the topics are of that taxonomy. */
    readonly taxonomy?: string;
    /** Spans of one theme tell of the same thing, halves of a pair share words: they are kept together. */
    readonly group: string;
  };

export type ShippedData = {
  readonly taxonomies: readonly Taxonomy[];
  readonly written: readonly WrittenSegment[];
  /** Labelled by rule. */
  readonly weak: readonly WeakVoice[];
  /** Left out because a test shares twelve characters in a row with them. */
  readonly dropped: { readonly written: number; readonly weak: number };
};

/** Every file of `models/examples` is trained on; how its name starts says whose topics it has. */
const TAXONOMIES = ["food-maker", "tourism"];
/** Half negative, half positive. */
const WEAK_EXAMPLES = 12_000;
const SEED = 20_251_122;

/**
 * @param models the folder that holds taxonomies, examples and tests
 * @param voices `hokuriku-voices.jsonl.gz`
 */
export function readShippedData(models: string, voices: string): ShippedData {
  const tests = join(models, "tests");
  verifyFrozenTests(tests);
  const { texts, ids } = readTestTexts(tests);
  const taxonomies = TAXONOMIES.map((name) =>
    loadTaxonomy(join(models, "taxonomies", `${name}.yaml`)),
  );
  const all = readWritten(join(models, "examples"), taxonomies);
  const written = dropLeaks(all, texts);
  const candidates = readWeakVoices(voices, ids, SEED).slice(0, WEAK_EXAMPLES);
  const weak = dropLeaks(candidates, texts);
  return {
    taxonomies,
    written,
    weak,
    dropped: { written: all.length - written.length, weak: candidates.length - weak.length },
  };
}

function readWritten(folder: string, taxonomies: readonly Taxonomy[]): WrittenSegment[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file): WrittenSegment[] => {
      const taxonomy = taxonomies.find(({ name }) => file.startsWith(name));
      const own = taxonomy === undefined ? {} : { taxonomy: taxonomy.name };
      const path = join(folder, file);
      if (file.endsWith(".jsonl")) {
        return readVoiceLines(path).flatMap(({ theme, segments }) =>
          segments.map((segment) => ({
            ...segment,
            ...own,
            text: plainText(segment.text),
            group: `${file} ${theme}`,
          })),
        );
      }
      if (file.startsWith("pairs-")) {
        return readNegationLines(path).flatMap(({ group, clauses }) =>
          clauses.map((clause) => ({ ...clause, group: `${file} ${group}` })),
        );
      }
      const ids = new Set(taxonomy?.leaves.map((leaf) => leaf.id));
      return readSegmentLines(path, ids).map((line) => ({
        ...line,
        ...own,
        text: plainText(line.text),
        group: `${file} ${plainText(line.text)}`,
      }));
    });
}
