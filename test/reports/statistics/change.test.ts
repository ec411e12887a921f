import { expect, test } from "vitest";
import { seededRandom, shuffledIndexes } from "../../../models/random.ts";
import { compareRates, type TwoRates } from "../../../reports/statistics/change.ts";

const compare = (cell: Omit<TwoRates, "dispersion">, dispersion = 1) => {
  const [change] = compareRates([{ ...cell, dispersion }]);
  if (change === undefined) throw new RangeError("no change for a cell");
  return change;
};

test.each([
  { why: "40 against 20 of equal weeks is growth", counts: [40, 500, 20, 500], word: "increased" },
  { why: "20 against 40 of equal weeks is loss", counts: [20, 500, 40, 500], word: "decreased" },
  { why: "25 against 20 is no change to speak of", counts: [25, 500, 20, 500], word: "unclear" },
  { why: "40 of twice the voices is not growth", counts: [40, 1000, 20, 500], word: "unclear" },
  { why: "5 against 4 is too few", counts: [5, 500, 4, 500], word: "few" },
  { why: "a first week has nothing before it", counts: [40, 500, 0, 0], word: "nothing-before" },
])("$why", ({ counts: [count = 0, base = 0, previousCount = 0, previousBase = 0], word }) => {
  expect(compare({ count, base, previousCount, previousBase }).word).toBe(word);
});

// Reference values: scipy 1.17.1, stats.beta.ppf; poisson.test(c(40, 20)) of R gives 1.142 to 3.610 too.
test("the ratio is of rates, and its interval is that of the conditional test", () => {
  const doubled = { count: 40, base: 500, previousCount: 20, previousBase: 500 };
  expect(compare(doubled)).toEqual({ word: "increased", ratio: 2, low: 1.1419, high: 3.6111 });
  const unclear = { word: "unclear", ratio: 2, low: 0.8935, high: 4.7846, because: "restless" };
  expect(compare(doubled, 2)).toEqual(unclear);
});

test("among twenty cells a doubling must be surer than alone, and word and interval agree", () => {
  const doubled = { count: 40, base: 500, previousCount: 20, previousBase: 500, dispersion: 1 };
  const same = { count: 30, base: 500, previousCount: 30, previousBase: 500, dispersion: 1 };
  const [first] = compareRates([doubled, ...Array.from({ length: 19 }, () => same)]);
  expect(first).toMatchObject({ word: "unclear", ratio: 2, because: "many" });
  expect(first?.low).toBeLessThan(1);
  const many = compareRates([...Array.from({ length: 10 }, () => doubled), same]);
  expect(many[0]).toMatchObject({ word: "increased" });
});

test.each([
  { why: "8 against 4 may be chance", count: 8, previousCount: 4, because: "chance" },
  { why: "5 against none may be chance", count: 5, previousCount: 0, because: "chance" },
  { why: "25 against 20 needs no reason", count: 25, previousCount: 20, because: undefined },
])("$why", ({ count, previousCount, because }) => {
  const rates = { count, previousCount, base: 500, previousBase: 500, dispersion: 1 };
  const [change] = compareRates([rates], { fewest: 5 });
  expect(change).toMatchObject({ word: "unclear" });
  expect(change?.because).toBe(because);
});

const TOPICS = 20;
const VOICES = 2000;
const REPEATS = 400;

/** Voices of two weeks with one or two topics each; a few topics are common, most are rare. */
function voicesOfTwoWeeks(random: () => number) {
  const topic = () => Math.floor(TOPICS * random() ** 2);
  return Array.from({ length: VOICES }, () => (random() < 0.3 ? [topic(), topic()] : [topic()]));
}

/** For each topic, how many voices of the first `total` in a shuffled order have it, and how many others. */
function countShuffled(voices: readonly number[][], order: Int32Array, total: number) {
  const now = new Int32Array(TOPICS);
  const before = new Int32Array(TOPICS);
  for (const [place, index] of order.entries()) {
    const counts = place < total ? now : before;
    for (const topic of new Set(voices[index])) counts[topic] = (counts[topic] ?? 0) + 1;
  }
  return Array.from(now, (count, topic) => ({ count, previousCount: before[topic] ?? 0 }));
}

test("where voices are shuffled, at most one cell in twenty, each taken alone, is named as changed", () => {
  const random = seededRandom(7);
  const voices = voicesOfTwoWeeks(random);
  const totals = { base: 900, previousBase: VOICES - 900 };
  const words = Array.from({ length: REPEATS }, () =>
    countShuffled(voices, shuffledIndexes(VOICES, random), totals.base),
  ).flatMap((cells) => cells.map((counts) => compare({ ...counts, ...totals }).word));
  const judged = words.filter((word) => word !== "few");
  const named = judged.filter((word) => word !== "unclear");
  expect(words).toHaveLength(TOPICS * REPEATS);
  expect(named.length / judged.length).toBeLessThanOrEqual(0.05);
  // A test that never names anything would pass, too.
  expect(named.length / judged.length).toBeGreaterThan(0.01);
});

test("a planted doubling of a big cell is named", () => {
  const random = seededRandom(11);
  let named = 0;
  for (let repeat = 0; repeat < 100; repeat += 1) {
    const draw = (share: number) =>
      Array.from({ length: 1000 }, random).filter((value) => value < share).length;
    const change = compare({
      count: draw(0.1),
      base: 1000,
      previousCount: draw(0.05),
      previousBase: 1000,
    });
    if (change.word === "increased") named += 1;
  }
  expect(named).toBeGreaterThanOrEqual(95);
});
