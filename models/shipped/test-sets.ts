import { join } from "node:path";
import type { Kind, Sentiment } from "../../pipeline/schema/enriched-record.ts";
import { type LabelledText, readSegmentLines, readVoiceLines } from "../read-examples.ts";
import { loadTaxonomy } from "../taxonomy.ts";
import type { Grouped } from "./bootstrap.ts";
import { plainText } from "./plain-text.ts";
import { readNegationLines, readPolarityLines } from "./polarity-lines.ts";
import { type Reading, readRealVoices } from "./real-voices.ts";

/** What one head is measured on. */
export type TestSet = {
  readonly head: string;
  readonly set: string;
  readonly cases: readonly (LabelledText & Grouped)[];
};

/** A text with what is known of it; a label that nobody gave is left out. */
type KnownText = Grouped & {
  readonly text: string;
  readonly sentiment?: Sentiment;
  readonly kind?: Kind;
  readonly emotions?: readonly string[];
  readonly intensity?: string;
  readonly harm?: boolean;
  readonly topics?: { readonly taxonomy: string; readonly ids: readonly string[] };
};

export const HELD_OUT = "held-out themes";
export const REAL = "real voices, both readings alike";
export const NEGATION = "negation and sarcasm, clauses";
const TAXONOMIES = ["food-maker", "tourism"];
/** What the reliability diagrams are of. */
export const PICTURED = [HELD_OUT, REAL, ...TAXONOMIES];

/** @param models the folder that holds taxonomies and tests */
export function readTestSets(models: string): TestSet[] {
  const tests = join(models, "tests");
  const heldOut = readHeldOut(join(tests, "held-out-themes.jsonl"));
  const industries = [...new Set(heldOut.map(({ industry }) => industry))];
  const real = readRealVoices(join(tests, "real-voices.tsv"));
  return [
    ...TAXONOMIES.flatMap((name) => setsOf(name, readTaxonomyTests(models, name))),
    ...setsOf(
      HELD_OUT,
      heldOut.map(({ known }) => known),
    ),
    ...industries.flatMap((industry) =>
      setsOf(
        `${HELD_OUT}: ${industry}`,
        heldOut.filter((each) => each.industry === industry).map(({ known }) => known),
      ),
    ),
    ...setsOf(
      REAL,
      real.map(({ readings: [one, other], text, id }) => ({
        text,
        group: id,
        ...alike(one, other),
      })),
    ),
    ...[0, 1].flatMap((reader) =>
      setsOf(
        `real voices, reading ${reader === 0 ? "A" : "B"}`,
        real.map(({ readings, text, id }) => ({ text, group: id, ...readings[reader] })),
      ),
    ),
    ...setsOf(
      NEGATION,
      readNegationLines(join(tests, "negation.tsv")).flatMap(({ clauses, group }) =>
        clauses.map((clause) => ({ ...clause, group })),
      ),
    ),
    ...setsOf("hotel sentences", readPolarityLines(join(tests, "hotel-sentences.tsv"))),
  ];
}

/** What both readings say alike. */
function alike(one: Reading, other: Reading): Partial<Reading> {
  const sameEmotions = String(one.emotions.toSorted()) === String(other.emotions.toSorted());
  return {
    ...(one.sentiment === other.sentiment && { sentiment: one.sentiment }),
    ...(one.kind === other.kind && { kind: one.kind }),
    ...(sameEmotions && { emotions: one.emotions }),
    ...(one.intensity === other.intensity && { intensity: one.intensity }),
    ...(one.harm === other.harm && { harm: one.harm }),
  };
}

function readTaxonomyTests(models: string, name: string): KnownText[] {
  const { leaves } = loadTaxonomy(join(models, "taxonomies", `${name}.yaml`));
  const ids = new Set(leaves.map(({ id }) => id));
  return readSegmentLines(join(models, "tests", `${name}.tsv`), ids).map(
    ({ topics, kind, sentiment, text }, index) => ({
      text: plainText(text),
      group: String(index),
      kind,
      sentiment,
      topics: { taxonomy: name, ids: topics },
    }),
  );
}

/** Spans of one theme are drawn together: who wrote one had the others in mind. */
function readHeldOut(path: string): { industry: string; known: KnownText }[] {
  return readVoiceLines(path).flatMap(({ theme, segments }) => {
    const industry = industryOf(segments.flatMap(({ topics }) => topics));
    return segments.map(({ text, topics, intensity, ...labels }) => ({
      industry,
      known: {
        ...labels,
        text: plainText(text),
        group: theme,
        intensity: String(intensity),
        ...(industry === "food-maker" && { topics: { taxonomy: industry, ids: topics } }),
      },
    }));
  });
}

const INDUSTRIES = new Map([
  ["household", "household-goods"],
  ["retail", "retail"],
  ["hotel", "hotel"],
  ["web", "web-shop"],
]);

/** Only the food maker's topics have no prefix of their industry. */
function industryOf(topics: readonly string[]): string {
  const [prefix = ""] = topics.map((topic) => topic.split(".")[0] ?? "");
  return INDUSTRIES.get(prefix) ?? "food-maker";
}

/** @returns one set for each head whose labels are known */
function setsOf(set: string, texts: readonly KnownText[]): TestSet[] {
  const taxonomies = new Set(texts.flatMap(({ topics }) => topics?.taxonomy ?? []));
  type Read = (known: KnownText) => readonly string[] | undefined;
  const single = (label: string | undefined) => (label === undefined ? undefined : [label]);
  const readers: [string, Read][] = [
    ["sentiment", ({ sentiment }) => single(sentiment)],
    ["kind", ({ kind }) => single(kind)],
    ["emotion", ({ emotions }) => emotions],
    ["intensity", ({ intensity }) => single(intensity)],
    ["harm", ({ harm }) => (harm === undefined ? undefined : harm ? ["harm"] : [])],
    ...Array.from(taxonomies, (name): [string, Read] => [
      `topics-${name}`,
      ({ topics }) => (topics?.taxonomy === name ? topics.ids : undefined),
    ]),
  ];
  return readers.flatMap(([head, read]) => {
    const cases = texts.flatMap((known) => {
      const labels = read(known);
      return labels === undefined ? [] : [{ text: known.text, group: known.group, labels }];
    });
    return cases.length === 0 ? [] : [{ head, set, cases }];
  });
}
