import { expect, test } from "vitest";
import { fitCalibration } from "../../models/calibrate-scores.ts";
import { crossValidate } from "../../models/cross-validate.ts";
import { calibrate, softplus } from "../../models/head.ts";
import { seededRandom } from "../../models/random.ts";
import { DEFAULT_TUNING } from "../../models/train-head.ts";
import { weighingOf } from "../../models/weigh-features.ts";
import { TOY_LABELS, toyExamples } from "./toy.ts";

/** Evidence from −6 to 6, and how often it is right: what is against a label tells little, what is for it much. */
function bentEvidence(count: number) {
  const random = seededRandom(3);
  const truth = (evidence: number) =>
    1 / (1 + Math.exp(0.2 * softplus(-evidence) - 2 * softplus(evidence) + 1));
  const evidence = Array.from({ length: count }, () => random() * 12 - 6);
  return { truth, evidence, targets: evidence.map((each) => (random() < truth(each) ? 1 : 0)) };
}

function unseenOf(evidence: readonly number[], targets: readonly number[]) {
  return {
    mode: "multi",
    labelCount: 1,
    scores: evidence.map((each) => Float64Array.of(each)),
    targets: targets.map((each) => Uint8Array.of(each)),
    weights: evidence.map(() => 1),
  } as const;
}

test("evidence for a label may tell more than evidence against it", () => {
  const { truth, evidence, targets } = bentEvidence(4000);
  const calibration = fitCalibration(unseenOf(evidence, targets));
  for (const each of [-5, -2, 0, 1, 2, 4]) {
    const [confidence = 0] = calibrate("multi", Float64Array.of(each), calibration);
    expect(Math.abs(confidence - truth(each))).toBeLessThan(0.04);
  }
});

test("a source of a hundred examples has as much to say as one of nine hundred", () => {
  const share = (right: number, count: number) =>
    Array.from({ length: count }, (_, index) => (index < right * count ? 1 : 0));
  const targets = [...share(0.9, 900), ...share(0.5, 100)];
  const unseen = unseenOf(
    targets.map(() => 1),
    targets,
  );
  const confidenceBy = (weights: readonly number[]) =>
    calibrate("multi", Float64Array.of(1), fitCalibration({ ...unseen, weights }))[0] ?? 0;
  expect(confidenceBy(unseen.weights)).toBeCloseTo(0.86, 1);
  expect(confidenceBy(targets.map((_, index) => (index < 900 ? 5 / 9 : 5)))).toBeCloseTo(0.7, 1);
});

test("whatever its size, each source has the same weight", () => {
  const [many, few] = [toyExamples(90, 1), toyExamples(30, 2)];
  const examples = [
    ...many.map((example) => ({ ...example, source: "surveys" })),
    ...few.map((example) => ({ ...example, source: "letters" })),
  ];
  const { weights, examples: scored } = crossValidate(examples, {
    mode: "multi",
    labels: TOY_LABELS,
    seed: 1,
    tuning: DEFAULT_TUNING,
    weighing: weighingOf(
      examples.map(({ features }) => features),
      1,
    ),
  });
  const sumOf = (source: string) =>
    weights.reduce((sum, each, at) => sum + (scored[at]?.source === source ? each : 0), 0);
  expect(sumOf("surveys")).toBeCloseTo(examples.length / 2);
  expect(sumOf("letters")).toBeCloseTo(examples.length / 2);
});

test("a label without a single example is as sure as its neighbours of the same evidence, or less", () => {
  const { evidence, targets } = bentEvidence(500);
  const calibration = fitCalibration({
    ...unseenOf(evidence, targets),
    labelCount: 2,
    scores: evidence.map((each) => Float64Array.of(each, each)),
    targets: targets.map((each) => Uint8Array.of(each, 0)),
  });
  const [known = 0, never = 1] = calibrate("multi", Float64Array.of(3, 3), calibration);
  expect(never).toBeLessThan(known);
});
