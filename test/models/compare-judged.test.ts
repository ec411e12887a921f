import { expect, test } from "vitest";
import { compareJudged } from "../../models/compare-judged.ts";
import type { Judged } from "../../models/evaluate-head.ts";

const LABELS = ["a", "b"];

function answers(right: (index: number) => boolean): Judged[] {
  return Array.from({ length: 200 }, (_, index) => {
    const gold = LABELS[index % 2] ?? "";
    const wrong = LABELS[(index + 1) % 2] ?? "";
    return {
      gold: [gold],
      given: [{ label: right(index) ? gold : wrong, confidence: 1 }],
      shown: true,
    };
  });
}

test("what both get wrong cancels out: the interval is of the cases in which they differ", () => {
  const hard = (index: number) => index % 3 !== 0;
  const ours = answers((index) => hard(index));
  const theirs = answers((index) => hard(index) && index % 10 !== 1);
  const { accuracy, macroF1 } = compareJudged(LABELS, { ours, theirs, seed: 1 });
  expect(accuracy.value).toBeCloseTo(0.07, 3);
  expect(accuracy.low).toBeGreaterThan(0.02);
  expect(accuracy.high).toBeLessThan(0.12);
  expect(macroF1.low).toBeGreaterThan(0);
});

test("the same answers differ by nothing, and the same seed gives the same interval", () => {
  const ours = answers((index) => index % 4 !== 0);
  expect(compareJudged(LABELS, { ours, theirs: ours, seed: 1 }).macroF1).toEqual({
    value: 0,
    low: 0,
    high: 0,
  });
  const theirs = answers((index) => index % 5 !== 0);
  const once = compareJudged(LABELS, { ours, theirs, seed: 2 });
  expect(compareJudged(LABELS, { ours, theirs, seed: 2 })).toEqual(once);
  expect(once.accuracy.low).toBeLessThan(0);
  expect(once.accuracy.high).toBeGreaterThan(0);
});
