import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readSegmentLines, readVoiceLines, type VoiceSegment } from "../read-examples.ts";
import { loadTaxonomy, type Taxonomy } from "../taxonomy.ts";
import { dropLeaks } from "./drop-leaks.ts";
import { verifyFrozenTests } from "./frozen-tests.ts";
import { plainText } from "./plain-text.ts";
import { readNegationLines } from "./polarity-lines.ts";
import { readRows, topicList } from "./read-rows.ts";
import { readRealSegments } from "./real-segments.ts";
import { readTestTexts } from "./test-texts.ts";

/** A segment with what it is labelled with: a span with all, a line with less, half a pair with sentiment. */
export type LabelledSegment = Pick<VoiceSegment, "text"> &
  Partial<Omit<VoiceSegment, "text">> & {
    /** Set where the topics are of that taxonomy. */
    readonly taxonomy?: string;
    /** Spans of one theme tell of the same thing, halves of a pair share words: they are kept together. */
    readonly group: string;
  };

export type ShippedData = {
  readonly taxonomies: readonly Taxonomy[];
  /** Written for this project, or of public data and labelled by reading. */
  readonly segments: readonly LabelledSegment[];
  /** How many were left out because a test shares twelve characters in a row with them. */
  readonly dropped: number;
};

const TAXONOMIES = ["food-maker", "tourism"];

/**
 * Reads every file of `models/examples`. How its name starts says what is in it: a taxonomy's name, lines with its topics or
 * whole voices; `topics-` and that name, lines with topics alone; `polarity-`, with sentiments alone; `real-`, places in
 * public voices; `heads-` before any of these, what the encoders are not trained on.
 *
 * @param models the folder that holds taxonomies, examples and tests
 * @param data the folder of the public data sets, see `REAL_SETS`
 */
export function readShippedData(models: string, data: string): ShippedData {
  const tests = join(models, "tests");
  verifyFrozenTests(tests);
  const { texts, ids } = readTestTexts(tests);
  const taxonomies = TAXONOMIES.map((name) =>
    loadTaxonomy(join(models, "taxonomies", `${name}.yaml`)),
  );
  const examples = join(models, "examples");
  const real = readRealSegments({ examples, data, tested: ids, taxonomies });
  const all = [...readWritten(examples, taxonomies), ...real];
  const segments = dropLeaks(all, texts);
  return { taxonomies, segments, dropped: all.length - segments.length };
}

function readWritten(folder: string, taxonomies: readonly Taxonomy[]): LabelledSegment[] {
  return readdirSync(folder)
    .sort()
    .flatMap((file): LabelledSegment[] => {
      const content = file.replace(/^heads-/, "");
      if (content.startsWith("real-")) return [];
      const taxonomy = taxonomies.find(({ name }) =>
        content.replace(/^topics-/, "").startsWith(name),
      );
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
      if (content.startsWith("polarity-")) {
        return readNegationLines(path).flatMap(({ group, clauses }) =>
          clauses.map((clause) => ({ ...clause, group: `${file} ${group}` })),
        );
      }
      const ids = new Set(taxonomy?.leaves.map((leaf) => leaf.id));
      if (content.startsWith("topics-")) {
        return readRows(path, z.tuple([topicList(ids), z.string().min(1)])).map(({ row }) => {
          const text = plainText(row[1]);
          return { text, topics: row[0], ...own, group: `${file} ${text}` };
        });
      }
      return readSegmentLines(path, ids).map((line) => ({
        ...line,
        ...own,
        text: plainText(line.text),
        group: `${file} ${plainText(line.text)}`,
      }));
    });
}
