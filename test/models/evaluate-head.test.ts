import { expect, test } from "vitest";
import { evaluateJudged } from "../../models/evaluate-head.ts";

test("the figures of a small table are those worked out by hand", () => {
  const given = (...labels: string[]) => labels.map((label) => ({ label, confidence: 0.75 }));
  const evaluation = evaluateJudged(
    ["a", "b", "c"],
    [
      { gold: ["a"], given: given("a") },
      { gold: ["a", "b"], given: given("a") },
      { gold: ["b"], given: given("a") },
      { gold: [], given: [] },
    ],
  );
  expect(evaluation.n).toBe(4);
  expect(evaluation.accuracy).toBe(0.5);
  expect(evaluation.perLabel.a).toEqual({ precision: 2 / 3, recall: 1, f1: 0.8, support: 2 });
  expect(evaluation.perLabel.b).toEqual({ precision: 0, recall: 0, f1: 0, support: 2 });
  expect(evaluation.macroF1).toBeCloseTo(0.4);
  expect(evaluation.microF1).toBeCloseTo(4 / 7);
  expect(evaluation.ece).toBeCloseTo(0.75 - 2 / 3);
});
