import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { embedTexts } from "../../models/embed-texts.ts";
import { readEncoderFolder, shippedEncoder } from "../../models/encoder-folder.ts";
import { evaluateJudged, isExact } from "../../models/evaluate-head.ts";
import { ALL_FEATURES, type Segment } from "../../models/features.ts";
import type { Head } from "../../models/head.ts";
import { loadHead } from "../../models/head-folder.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { headChecksum, readEvaluation } from "../../models/shipped/evaluation-file.ts";
import { HELD_OUT, NEGATION, REAL, readTestSets } from "../../models/shipped/test-sets.ts";
import { wayOfHeads } from "../../models/shipped/ways.ts";

/**
 * The gates: on fixed samples no label may fall below the model card's figure minus its interval. After a training
 * that is meant, `npm run models:evaluate` writes new figures, and the diff of the card says what they are.
 */
const MODELS = fileURLToPath(new URL("../../models", import.meta.url));
const HEADS = join(MODELS, "heads", "base");
const GATED = new Set([HELD_OUT, REAL, NEGATION]);
/** Younger than the frozen lines: `food-safety.test.ts` gates it. */
const GATED_ELSEWHERE = ["topics-tourism food-safety"];

/** With fewer test lines of a label the bootstrap draws the same ones again and again: its interval says nothing. */
const ENOUGH_LINES = 5;
/** The file's figures have four digits. */
const ROUNDING = 0.0001;

/** About ten seconds on a quiet core; a busy machine gets its time. */
const EMBEDDING_MS = 400_000;

const committed = readEvaluation(join(HEADS, "evaluation.json"));
/** A topic has one or two spans in the held-out themes, and about twenty lines in its taxonomy's own test. */
const sets = readTestSets(MODELS).filter(
  ({ head, set }) => GATED.has(set) || head === `topics-${set}`,
);
const encoder = readEncoderFolder(shippedEncoder("base"));
const heads = new Map(
  [...new Set(sets.map(({ head }) => head))].map((name) => [
    name,
    loadHead(join(HEADS, name), { encoder: encoder.id }),
  ]),
);
const segments = new Map<string, Segment>();

beforeAll(async () => {
  const texts = [...new Set(sets.flatMap(({ cases }) => cases.map(({ text }) => text)))];
  const [analyzer, vectors] = await Promise.all([
    loadAnalyzer(),
    embedTexts(texts, { encoder: shippedEncoder("base"), processes: 1 }),
  ]);
  for (const [index, text] of texts.entries()) {
    const vector = vectors[index] ?? new Int8Array(0);
    segments.set(text, { text, morphemes: analyzer.analyze(text), vector });
  }
}, EMBEDDING_MS);

/** @returns what is below its floor: "head on set: label", and "both of a pair" */
function fallenBelow(shipped: ReadonlyMap<string, Head>): string[] {
  const way = wayOfHeads({
    heads: shipped,
    scales: ALL_FEATURES,
    toSegment: (text) => segments.get(text) ?? { text, morphemes: [], vector: new Int8Array(0) },
  });
  return sets.flatMap(({ head, set, cases }) => {
    const judged = cases.flatMap(({ text, labels, group }) => {
      const one = way.judge(head, text, labels);
      return one === undefined ? [] : [{ ...one, group }];
    });
    const { perLabel } = evaluateJudged(shipped.get(head)?.labels ?? [], judged);
    const floors = committed.sets.find((each) => each.head === head && each.set === set)?.shipped;
    const fallen = Object.entries(floors?.perLabel ?? { none: undefined })
      .filter(([, floor]) => floor === undefined || floor.support >= ENOUGH_LINES)
      .filter(([label, floor]) => (perLabel[label]?.f1 ?? 0) < (floor?.f1.low ?? 1) - ROUNDING)
      .map(([label]) => `${head} on ${set}: ${label}`);
    return set === NEGATION && pairsRight(judged) < pairFloor
      ? [...fallen, "both of a pair"]
      : fallen;
  });
}

const pairFloor =
  committed.tasks.find(({ task, part }) => /pairs.*clause/.test(task) && part === "all")?.ways
    .shipped?.low ?? 1;

function pairsRight(
  judged: readonly (Parameters<typeof isExact>[0] & { group: string })[],
): number {
  const pairs = new Set(judged.map(({ group }) => group));
  const wrong = new Set(judged.filter((one) => !isExact(one)).map(({ group }) => group));
  return 1 - wrong.size / pairs.size;
}

/** A head whose labels stand in another order than its weights. */
function swapped(head: Head, one: string, other: string): Head {
  const swap = (label: string) => (label === one ? other : label === other ? one : label);
  return { ...head, labels: head.labels.map(swap) };
}

function shippedHead(name: string): Head {
  const head = heads.get(name);
  if (head === undefined) throw new RangeError(`no head ${name} is gated`);
  return head;
}

test("the figures of the card are of the encoder and heads that ship", () => {
  expect(committed.encoder.id).toBe(encoder.id);
  for (const name of heads.keys()) {
    expect([name, committed.heads[name]]).toEqual([name, headChecksum(join(HEADS, name))]);
  }
});

test("every label of every head is gated by some sample", () => {
  const gated = committed.sets
    .filter(({ head, set }) => sets.some((each) => each.head === head && each.set === set))
    .flatMap(({ head, shipped }) =>
      Object.entries(shipped.perLabel).flatMap(([label, { support }]) =>
        support >= ENOUGH_LINES ? [`${head} ${label}`] : [],
      ),
    );
  const all = [...heads].flatMap(([name, { labels }]) => labels.map((label) => `${name} ${label}`));
  expect(all.filter((label) => !gated.includes(label))).toEqual(GATED_ELSEWHERE);
  expect([...heads.keys()].sort()).toEqual(Object.keys(committed.heads).sort());
});

test("no label of the fixed samples is below the card's figure minus its interval", () => {
  expect(fallenBelow(heads)).toEqual([]);
});

test.each([
  { head: "sentiment", labels: ["negative", "positive"], set: HELD_OUT },
  { head: "sentiment", labels: ["negative", "neutral"], set: REAL },
  { head: "kind", labels: ["complaint", "praise"], set: HELD_OUT },
  { head: "kind", labels: ["question", "other"], set: HELD_OUT },
  { head: "emotion", labels: ["怒り", "喜び"], set: HELD_OUT },
  { head: "intensity", labels: ["1", "2"], set: HELD_OUT },
] as const)("a $head head with $labels swapped does not pass", ({ head, labels, set }) => {
  const [one, other] = labels;
  const wrong = new Map([...heads, [head, swapped(shippedHead(head), one, other)]]);
  expect(fallenBelow(wrong)).toEqual(
    expect.arrayContaining(labels.map((label) => `${head} on ${set}: ${label}`)),
  );
});

test("a sentiment head that always gives its commonest label does not pass", () => {
  const { labels, ...head } = shippedHead("sentiment");
  const calibration = labels.map((label) => ({
    slope: 0.001,
    offset: label === "negative" ? 9 : 0,
  }));
  const wrong = new Map([...heads, ["sentiment", { ...head, labels, calibration }] as const]);
  expect(fallenBelow(wrong)).toEqual(
    expect.arrayContaining([
      `sentiment on ${HELD_OUT}: positive`,
      `sentiment on ${REAL}: neutral`,
      `sentiment on ${NEGATION}: positive`,
      "both of a pair",
    ]),
  );
});
