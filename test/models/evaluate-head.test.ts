import { expect, test } from "vitest";
import { chanceError, evaluateJudged, judge, reliabilityBins } from "../../models/evaluate-head.ts";
import { seededRandom } from "../../models/random.ts";

test("the figures of a small table are those worked out by hand", () => {
  const given = (...labels: string[]) => labels.map((label) => ({ label, confidence: 0.75 }));
  const evaluation = evaluateJudged(
    ["a", "b", "c"],
    [
      { gold: ["a"], given: given("a"), shown: true },
      { gold: ["a", "b"], given: given("a"), shown: true },
      { gold: ["b"], given: given("a"), shown: true },
      { gold: [], given: [], shown: false },
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

test("a single head below its threshold is counted as wrong or right, and as not shown", () => {
  const head = { mode: "single", thresholds: [0.6, 0.6] } as const;
  const scores = (a: number) => [
    { label: "a", confidence: a },
    { label: "b", confidence: 1 - a },
  ];
  const cases = [judge(head, ["a"], scores(0.9)), judge(head, ["a"], scores(0.45))];
  const evaluation = evaluateJudged(["a", "b"], cases);
  expect(cases.map(({ shown }) => shown)).toEqual([true, false]);
  expect(evaluation.accuracy).toBe(0.5);
  expect(evaluation.coverage).toBe(0.5);
  expect(evaluation.shownAccuracy).toBe(1);
});

test("a label given for certain is in the last bin", () => {
  const sure = { gold: ["a"], given: [{ label: "a", confidence: 1 }], shown: true };
  expect(reliabilityBins([sure]).at(-1)).toEqual({ count: 1, confidence: 1, right: 1 });
});

test.each([
  { tags: 30, error: 0.058 },
  { tags: 3000, error: 0.0058 },
])("of $tags tags at 0.8 a head that is right as often seems off by $error", ({ tags, error }) => {
  // The mean distance of a share from its expectation: √(2/π · 0.8 · 0.2 / tags).
  const cases = Array.from({ length: tags }, () => ({
    gold: [],
    given: [{ label: "a", confidence: 0.8 }],
    shown: true,
  }));
  expect(chanceError(cases, seededRandom(1)) / error).toBeCloseTo(1, 0);
});
