import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { judge } from "../evaluate-head.ts";
import { type FeatureScales, type Segment, segmentFeatures } from "../features.ts";
import { scoreHead } from "../head.ts";
import { seededRandom, shuffledIndexes } from "../random.ts";
import type { LabelledText } from "../read-examples.ts";
import { trainHead } from "../train-head.ts";
import { measureJudged } from "./bootstrap.ts";
import type { SetMeasure } from "./evaluation-file.ts";
import { plainText } from "./plain-text.ts";
import { readDataSet } from "./read-data-set.ts";

/** A new head from little: what a company does that brings labels of its own. */
export type FewShotDraw = {
  readonly seed: number;
  readonly training: readonly LabelledText[];
  readonly tests: readonly LabelledText[];
};

const SEEDS = [1, 2];
const EXAMPLES = 64;
const TESTS = 150;

const Request = z.object({ topic: z.string(), text: z.string() });

/**
 * Draws examples and tests of the topics in `models/tests/few-shot-topics.txt`, which no encoder is trained on.
 *
 * @param requests `asdc-requests.jsonl.gz`
 */
export function drawFewShot(models: string, requests: string): FewShotDraw[] {
  const topics = readFileSync(join(models, "tests", "few-shot-topics.txt"), "utf8")
    .trim()
    .split("\n");
  const all = readDataSet(requests, Request);
  const texts = topics.map((topic) => ({
    topic,
    texts: [
      ...new Set(all.flatMap((each) => (each.topic === topic ? [plainText(each.text)] : []))),
    ],
  }));
  return SEEDS.map((seed) => {
    const random = seededRandom(seed);
    const drawn = texts.map(({ topic, texts: own }) =>
      Array.from(shuffledIndexes(own.length, random), (at) => ({
        text: own[at] ?? "",
        labels: [topic],
      })),
    );
    return {
      seed,
      training: drawn.flatMap((own) => own.slice(0, EXAMPLES)),
      tests: drawn.flatMap((own) => own.slice(EXAMPLES, EXAMPLES + TESTS)),
    };
  });
}

export type FewShotWay = {
  readonly name: string;
  readonly scales: FeatureScales;
  readonly toSegment: (text: string) => Segment;
};

/** @param ways the shipped encoder first */
export function measureFewShot(
  { seed, training, tests }: FewShotDraw,
  ways: readonly FewShotWay[],
): SetMeasure {
  const labels = [...new Set(training.flatMap((example) => example.labels))];
  const measures = ways.map(({ name, scales, toSegment }) => {
    const featuresOf = ({ text }: LabelledText) => segmentFeatures(toSegment(text), scales);
    const { head } = trainHead(
      training.map((example) => ({ features: featuresOf(example), labels: example.labels })),
      { name, mode: "single", labels, seed, origin: { encoder: name, licence: "", data: [] } },
    );
    const cases = tests.map((test, index) => ({
      ...judge(head, test.labels, scoreHead(head, featuresOf(test))),
      group: String(index),
    }));
    return { name, measure: measureJudged(labels, cases) };
  });
  const [shipped, ...others] = measures;
  if (shipped === undefined) throw new RangeError("expected the shipped encoder");
  return {
    head: "few-shot",
    set: `${labels.length} hotel topics × ${EXAMPLES} examples, draw ${seed}`,
    shipped: shipped.measure,
    others: Object.fromEntries(
      others.map(({ name, measure: { accuracy, macroF1 } }) => [name, { accuracy, macroF1 }]),
    ),
  };
}
