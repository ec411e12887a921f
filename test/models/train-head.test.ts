import { expect, test } from "vitest";
import { evaluateJudged, judge } from "../../models/evaluate-head.ts";
import { CHARACTERS_ONLY, segmentFeatures } from "../../models/features.ts";
import type { TrainingExample } from "../../models/fit-head.ts";
import { decideLabels, type Head, scoreHead } from "../../models/head.ts";
import { trainHead } from "../../models/train-head.ts";
import { segmentOf, TOY_LABELS, toyExamples } from "./toy.ts";

const OPTIONS = {
  name: "toy",
  labels: TOY_LABELS,
  seed: 7,
  origin: { encoder: "toy-encoder", licence: "Apache-2.0", data: ["made by the test"] },
};

test.each(["single", "multi"] as const)("a separable toy set is learned by a %s head", (mode) => {
  const { head } = trainHead(toyExamples(150, 1), { ...OPTIONS, mode });
  const evaluation = evaluateHead(head, toyExamples(150, 2));
  expect(evaluation.accuracy).toBeGreaterThan(0.97);
  expect(evaluation.macroF1).toBeGreaterThan(0.97);
});

test("the same seed gives the same bytes, another seed deals other folds", () => {
  const examples = toyExamples(90, 1, 5);
  const first = trainHead(examples, { ...OPTIONS, mode: "multi" });
  const second = trainHead(examples, { ...OPTIONS, mode: "multi" });
  const other = trainHead(examples, { ...OPTIONS, mode: "multi", seed: 8 });
  expect(second.head).toEqual(first.head);
  expect(other.head.calibration).not.toEqual(first.head.calibration);
});

test("confidence is right about as often as it says on examples it has not seen", () => {
  const { head } = trainHead(toyExamples(600, 1, 3), { ...OPTIONS, mode: "single" });
  const evaluation = evaluateHead(head, toyExamples(600, 2, 3));
  expect(evaluation.accuracy).toBeLessThan(0.9);
  expect(evaluation.ece).toBeLessThan(0.08);
});

test("more evidence is never less sure", () => {
  const { head } = trainHead(toyExamples(150, 1, 3), { ...OPTIONS, mode: "multi" });
  for (const { slope, slopeAbove } of head.calibration) {
    expect(slope).toBeGreaterThan(0);
    expect(slopeAbove).toBeGreaterThan(0);
  }
});

test("a segment about none of the topics gets none", () => {
  const texts = ["袋 の/助詞 家", "朝 の/助詞 子供", "箱 の/助詞 店", "昨日 の/助詞 電話"];
  const nothing = texts.flatMap((text) =>
    Array.from({ length: 10 }, () => ({ features: segmentFeatures(segmentOf(text)), labels: [] })),
  );
  const { head } = trainHead([...toyExamples(120, 1), ...nothing], { ...OPTIONS, mode: "multi" });
  const features = segmentFeatures(segmentOf("朝 の/助詞 棚"));
  expect(decideLabels(head, scoreHead(head, features))).toEqual([]);
});

test("a segment about two topics gets both", () => {
  const both = Array.from({ length: 20 }, () => ({
    features: segmentFeatures(segmentOf("虫 と/助詞 値段 の/助詞 話")),
    labels: ["insect", "price"],
  }));
  const { head } = trainHead([...toyExamples(120, 1), ...both], { ...OPTIONS, mode: "multi" });
  const features = segmentFeatures(segmentOf("値段 と/助詞 虫 の/助詞 話"));
  const given = decideLabels(head, scoreHead(head, features)).map(({ label }) => label);
  expect(given.sort()).toEqual(["insect", "price"]);
});

test("a head refuses features of another make", () => {
  const { head } = trainHead(toyExamples(30, 1), { ...OPTIONS, mode: "single" });
  const features = segmentFeatures(segmentOf("虫 が/助詞 箱"), CHARACTERS_ONLY);
  expect(() => scoreHead(head, features)).toThrow(/特徴量/);
});

test.each([256, 768])("an encoder of %i numbers is as good as another", (width) => {
  const { head } = trainHead(toyExamples(90, 1, 0, width), { ...OPTIONS, mode: "single" });
  expect(head.vectorSize).toBe(width);
  expect(head.vectorWeights).toHaveLength(width * TOY_LABELS.length);
  expect(evaluateHead(head, toyExamples(90, 2, 0, width)).accuracy).toBeGreaterThan(0.97);
});

test("a head refuses vectors of another width, naming both", () => {
  const { head } = trainHead(toyExamples(30, 1), { ...OPTIONS, mode: "single" });
  const features = segmentFeatures(segmentOf("虫 が/助詞 箱", new Int8Array(256)));
  expect(() => scoreHead(head, features)).toThrow(/256.*384/);
});

test("a single head abstains where its surest label is below the threshold", () => {
  const head = { mode: "single", thresholds: [0.5, 0.5] } as const;
  const sure = [
    { label: "a", confidence: 0.3 },
    { label: "b", confidence: 0.7 },
  ];
  expect(decideLabels(head, sure).map(({ label }) => label)).toEqual(["b"]);
  expect(decideLabels({ ...head, thresholds: [0.2, 0.8] }, sure)).toEqual([]);
});

test("of what a single head shows at least about two in three are right, noisy as the examples are", () => {
  const noisy = toyExamples(600, 1, 1.3);
  const { head } = trainHead(noisy, { ...OPTIONS, mode: "single" });
  expect(head.unseen.accuracy).toBeLessThan(0.6);
  expect(head.unseen.coverage).toBeLessThan(0.9);
  expect(head.unseen.shownAccuracy).toBeGreaterThan(head.unseen.accuracy);
  for (const threshold of head.thresholds) {
    expect(threshold).toBeGreaterThanOrEqual(0.4);
    expect(threshold).toBeLessThanOrEqual(2 / 3);
  }
});

test("examples of one group are unseen together", () => {
  // Every word occurs in one group only: whoever has seen the group knows the label, nobody else can.
  const examples = Array.from({ length: 120 }, (_, index) => {
    const group = Math.floor(index / 4);
    return {
      features: segmentFeatures(segmentOf(`語${String.fromCodePoint(0x4e00 + group)} の/助詞 話`)),
      labels: [TOY_LABELS[group % TOY_LABELS.length] ?? ""],
      group: `${group}`,
    };
  });
  const alone = examples.map(({ group: _, ...each }) => each);
  const seen = trainHead(alone, { ...OPTIONS, mode: "single" }).head.unseen;
  const unseen = trainHead(examples, { ...OPTIONS, mode: "single" }).head.unseen;
  expect(seen.accuracy).toBeGreaterThan(0.95);
  expect(unseen.accuracy).toBeLessThan(0.6);
});

test("the probabilities of a single head sum to 1", () => {
  const { head } = trainHead(toyExamples(30, 1), { ...OPTIONS, mode: "single" });
  const scores = scoreHead(head, segmentFeatures(segmentOf("虫 が/助詞 箱")));
  expect(scores.reduce((sum, { confidence }) => sum + confidence, 0)).toBeCloseTo(1, 10);
});

function evaluateHead(head: Head, cases: readonly TrainingExample[]) {
  return evaluateJudged(
    head.labels,
    cases.map(({ features, labels }) => judge(head, labels, scoreHead(head, features))),
  );
}
