import { expect, test } from "vitest";
import { atLeast, atMost } from "../../../reports/statistics/binomial-tail.ts";
import { clopperPearson } from "../../../reports/statistics/clopper-pearson.ts";
import {
  dispersionsOf,
  expectedOfShares,
  expectedOfVolumes,
  spreadOf,
} from "../../../reports/statistics/dispersion.ts";
import { falseDiscoveryLevel } from "../../../reports/statistics/false-discovery.ts";
import { poissonInterval } from "../../../reports/statistics/poisson-interval.ts";

// Reference values: scipy 1.17.1 (stats.binom, stats.gamma.ppf, stats.binomtest, stats.chisquare).
const near = (value: number) => expect.closeTo(value, 9);

test.each([
  [2, 2, 1 / 27, 0.0013717421124828531, 1],
  [3, 3, 1 / 27, 5.080526342529085e-5, 1],
  [3, 5, 0.04, 0.0006022144, 0.9999876096],
  [6, 6, 1 / 27, 2.5811747917131962e-9, 1],
  [40, 60, 0.5, 0.00674464686559593, 0.9968911986703367],
  [0, 5, 0.2, 1, 0.32768],
  [5, 5, 0.2, 0.00032, 1],
  [120, 1000, 0.1, 0.021996144965794422, 0.98274276947338],
])("the tails of %i of %i at %f are scipy's", (count, trials, probability, upper, lower) => {
  expect(atLeast(count, trials, probability)).toEqual(near(upper));
  expect(atLeast(count, trials, probability) / upper).toBeCloseTo(1, 9);
  expect(atMost(count, trials, probability)).toEqual(near(lower));
});

test.each([
  [0, 0, 3.6888794541139354],
  [1, 0.025317807984289876, 5.571643390938898],
  [5, 1.6234863901184207, 11.66833207932267],
  [20, 12.216519585403944, 30.8883779026746],
  [100, 81.36399125092314, 121.62679379242638],
  [1000, 938.9730184076952, 1063.952136016302],
  [5000, 4862.359188694899, 5140.5489485350045],
])("the interval of a Poisson count of %i is scipy's", (count, low, high) => {
  const interval = poissonInterval(count);
  if (count > 0) expect(interval.low / low).toBeCloseTo(1, 9);
  expect(interval.high / high).toBeCloseTo(1, 9);
});

test.each([
  [0, 10, 0.05, 0, 0.30849710781876294],
  [7, 40, 0.05, 0.07338272935208498, 0.32779013336159446],
  [30, 100, 0.05, 0.2124064204896535, 0.3998146761797862],
  [30, 100, 0.0025, 0.1729430602958647, 0.4531755906460845],
])(
  "the interval of %i of %i that leaves out %f is scipy's",
  (count, trials, outside, low, high) => {
    expect(clopperPearson(count, trials, outside)).toEqual({ low: near(low), high: near(high) });
  },
);

test("of the fifteen p-values of Benjamini & Hochberg (1995), table 1, four are discoveries", () => {
  const published = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719,
    0.6528, 0.759, 1,
  ];
  expect(falseDiscoveryLevel(published, 15)).toBeCloseTo((4 * 0.05) / 15, 12);
  expect(falseDiscoveryLevel(published.slice(0, 9), 15)).toBeCloseTo((4 * 0.05) / 15, 12);
});

test("with no discovery the level is Bonferroni's, so that no interval excludes 1", () => {
  expect(falseDiscoveryLevel([0.2, 0.03, 0.9], 3)).toBeCloseTo(0.05 / 3, 12);
});

const eightWeeks = (counts: readonly number[]) =>
  [200, 180, 210, 190, 205, 195, 220, 200].map((base, index) => ({
    count: counts[index] ?? base / 10,
    base,
  }));
const RESTLESS = eightWeeks([12, 9, 30, 14, 8, 11, 25, 10]);
const STEADY = eightWeeks([]);

test("the spread is Pearson's chi-square, as scipy has it", () => {
  const { chiSquare, freedom } = spreadOf(RESTLESS);
  expect(chiSquare / freedom).toBeCloseTo(3.6692153977543103, 9);
  expect(spreadOf(STEADY).chiSquare).toBeCloseTo(0, 9);
});

test("one period says nothing of the spread, nor does one without any voice, nor a count of none", () => {
  const [first] = RESTLESS;
  if (first === undefined) throw new RangeError("no first period");
  expect(spreadOf([first, { count: 0, base: 0 }]).freedom).toBe(0);
  expect(
    spreadOf([
      { count: 0, base: 9 },
      { count: 0, base: 8 },
    ]).freedom,
  ).toBe(0);
});

/**
 * Worked by hand. One cell with chi-square 25.6845 of 7: the table has (10 + 25.6845 / 1.5) / (10 + 7) = 1.595463 times
 * what is expected, so its prior is 2.393194, and the cell (10 × 2.393194 + 25.6845) / 17; squeezeVar of limma, given
 * var.prior and df.prior 10, gives the same.
 */
test("a cell's dispersion is squeezed towards its table's, and that towards what is expected", () => {
  const [alone] = dispersionsOf([RESTLESS], expectedOfShares);
  expect(alone).toBeCloseTo(2.91861, 4);
  const [among, steady] = dispersionsOf([RESTLESS, ...Array(9).fill(STEADY)], expectedOfShares);
  expect(among).toBeLessThan(alone ?? 0);
  expect(among).toBeGreaterThan(steady ?? 0);
  expect(steady).toBe(1);
});

test("with no past a share is as restless as expected, and so is a number of voices, by its size", () => {
  expect(dispersionsOf([[]], expectedOfShares)).toEqual([1.5]);
  const once = [{ count: 400, base: 7 }];
  expect(dispersionsOf([once], expectedOfVolumes)).toEqual([21]);
  const volume = [...once, ...once, ...once];
  const [steady] = dispersionsOf([volume], expectedOfVolumes);
  // Expected 21; two periods without any spread pull the table to 10 / 12 of it, and the cell once more.
  expect(steady).toBeCloseTo((21 * 10 * 10) / (12 * 12), 9);
});
