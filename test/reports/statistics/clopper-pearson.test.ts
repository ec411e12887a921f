import { expect, test } from "vitest";
import { clopperPearson } from "../../../reports/statistics/clopper-pearson.ts";

// Reference values: R's binom.test(count, trials)$conf.int.
test.each([
  { why: "nothing of ten", count: 0, trials: 10, low: 0, high: 0.3084971 },
  { why: "one of ten", count: 1, trials: 10, low: 0.002528579, high: 0.4450161 },
  { why: "half of ten", count: 5, trials: 10, low: 0.187086, high: 0.812914 },
  { why: "all of ten", count: 10, trials: 10, low: 0.6915029, high: 1 },
  { why: "thirty of a hundred", count: 30, trials: 100, low: 0.2124064, high: 0.3998147 },
])("the interval of $why is the one R gives", ({ count, trials, low, high }) => {
  const interval = clopperPearson(count, trials);
  expect(interval.low).toBeCloseTo(low, 6);
  expect(interval.high).toBeCloseTo(high, 6);
});

test("each end leaves 2.5% of the binomial distribution beyond it", () => {
  const { low, high } = clopperPearson(7, 40);
  const term = (k: number, p: number) => {
    let choose = 1;
    for (let i = 0; i < k; i += 1) choose *= (40 - i) / (i + 1);
    return choose * p ** k * (1 - p) ** (40 - k);
  };
  const atMost = (k: number, p: number) =>
    Array.from({ length: k + 1 }, (_, i) => term(i, p)).reduce((sum, value) => sum + value, 0);
  expect(1 - atMost(6, low)).toBeCloseTo(0.025, 8);
  expect(atMost(7, high)).toBeCloseTo(0.025, 8);
});
