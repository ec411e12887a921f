import { expect, test } from "vitest";
import { segmentFeatures } from "../../models/features.ts";
import { scoreHead } from "../../models/head.ts";
import { joinHeads, scoreJointHeads } from "../../models/joint-heads.ts";
import { trainHead } from "../../models/train-head.ts";
import { segmentOf, TOY_LABELS, toyExamples } from "./toy.ts";

const OPTIONS = {
  name: "toy",
  labels: TOY_LABELS,
  seed: 7,
  origin: { encoder: "toy-encoder", licence: "Apache-2.0", data: ["made by the test"] },
};

const heads = [
  trainHead(toyExamples(60, 1), { ...OPTIONS, mode: "single" }).head,
  trainHead(toyExamples(60, 2), { ...OPTIONS, mode: "multi" }).head,
];

test("heads side by side give what each gives by itself, bit for bit", () => {
  const joint = joinHeads(heads);
  for (const { features } of toyExamples(20, 3)) {
    const scores = scoreJointHeads(joint, features);
    for (const head of heads) expect(scores.get(head)).toStrictEqual(scoreHead(head, features));
  }
});

test("any of them refuses vectors of another width", () => {
  const features = segmentFeatures(segmentOf("虫 が/助詞 箱", new Int8Array(256)));
  expect(() => scoreJointHeads(joinHeads(heads), features)).toThrow(/256.*384/);
});
