import { seededRandom, shuffledIndexes } from "../../models/random.ts";
import { compareRates } from "../../reports/statistics/change.ts";
import {
  dispersionsOf,
  expectedOfShares,
  type Rate,
  spreadOf,
} from "../../reports/statistics/dispersion.ts";
import { readHokurikuWeeks } from "../support/hokuriku-weeks.ts";

/** Prints how often the words of change name what is chance and what is true, with few weeks of past and many. */

const TRIALS = 400;
const PAST_WEEKS = [3, 5, 8, 25];
const MEANS = [10, 50, 300];
const FACTORS = [0.5, 0.6, 1.5, 2];

/** Each cell by itself, and none below eight weeks: what the squeezed ones are compared with. */
function ownDispersions(cells: readonly (readonly Rate[])[]): number[] {
  return cells.map(spreadOf).map(({ chiSquare, freedom }) => {
    return freedom < 7 ? 1 : Math.max(1, chiSquare / freedom);
  });
}

const RULES = {
  own: ownDispersions,
  squeezed: (cells: readonly (readonly Rate[])[]) => dispersionsOf(cells, expectedOfShares),
};

const { totals, cells } = readHokurikuWeeks();
const topics = [...new Set(cells.map(({ topic }) => topic))];
const series = topics.map((topic) =>
  totals.map((base, week): Rate => {
    const ofTopic = cells.filter((cell) => cell.topic === topic);
    return { count: ofTopic.reduce((sum, { counts }) => sum + (counts[week] ?? 0), 0), base };
  }),
);
const meanTotal = totals.reduce((sum, count) => sum + count, 0) / totals.length;
const spreads = series.map(spreadOf).map(({ chiSquare, freedom }) => chiSquare / freedom);

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A sum of Poisson counts is one, and `exp` of a great mean is 0. */
function poisson(mean: number, random: () => number): number {
  if (mean > 30) return poisson(30, random) + poisson(mean - 30, random);
  let count = 0;
  for (let product = random(); product > Math.exp(-mean); product *= random()) count += 1;
  return count;
}

/** A count that is as restless as its dispersion says: its mean is log-normal. */
function restless(mean: number, dispersion: number, random: () => number): number {
  const variance = Math.log(1 + Math.max(0, dispersion - 1) / mean);
  return poisson(mean * Math.exp(Math.sqrt(variance) * normal(random) - variance / 2), random);
}

/** The last of the weeks against the one before it, the others being its past. */
function wordsOf(weeks: readonly (readonly Rate[])[], rule: keyof typeof RULES): string[] {
  const dispersions = RULES[rule](weeks.map((cell) => cell.slice(0, -1)));
  const compared = weeks.map((cell, index) => {
    const [before, now] = cell.slice(-2);
    if (before === undefined || now === undefined) throw new RangeError("expected two weeks");
    const dispersion = dispersions[index] ?? 1;
    return { ...now, previousCount: before.count, previousBase: before.base, dispersion };
  });
  return compareRates(compared).map(({ word }) => word);
}

const isNamed = (word: string | undefined) => word === "increased" || word === "decreased";

function falseAlarms(past: number, rule: keyof typeof RULES): string {
  const random = seededRandom(5);
  let judged = 0;
  let named = 0;
  let tables = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const order = [...shuffledIndexes(totals.length, random)].slice(0, past + 1);
    const words = wordsOf(
      series.map((cell) => order.flatMap((week) => cell[week] ?? [])),
      rule,
    );
    judged += words.filter((word) => word !== "few").length;
    named += words.filter(isNamed).length;
    tables += words.some(isNamed) ? 1 : 0;
  }
  return `${((100 * named) / judged).toFixed(1)}% (${((100 * tables) / TRIALS).toFixed(1)}%)`;
}

/** A topic more, as restless as one of the others, that becomes `factor` times as frequent in the last week. */
function power(past: number, rule: keyof typeof RULES, mean: number, factor: number): string {
  const random = seededRandom(9);
  const expected = factor > 1 ? "increased" : "decreased";
  let named = 0;
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const order = [...shuffledIndexes(totals.length, random)].slice(0, past + 1);
    const dispersion = spreads[Math.floor(random() * spreads.length)] ?? 1;
    const planted = order.map((week, index): Rate => {
      const base = totals[week] ?? 0;
      const usual = (mean * base) / meanTotal;
      const own = index === past ? usual * factor : usual;
      return { count: restless(own, dispersion, random), base };
    });
    const others = series.map((cell) => order.flatMap((week) => cell[week] ?? []));
    if (wordsOf([...others, planted], rule).at(-1) === expected) named += 1;
  }
  return `${Math.round((100 * named) / TRIALS)}%`;
}

const columns = MEANS.flatMap((mean) => FACTORS.map((factor) => ({ mean, factor })));
const header = ["weeks of past", "dispersion", "by chance: cells (tables)"].concat(
  columns.map(({ mean, factor }) => `${mean} ×${factor}`),
);
const rows = PAST_WEEKS.flatMap((past) =>
  (["own", "squeezed"] as const).map((rule) => [
    String(past),
    rule,
    falseAlarms(past, rule),
    ...columns.map(({ mean, factor }) => power(past, rule, mean, factor)),
  ]),
);
const lines = [header, header.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
process.stdout.write(`${lines.join("\n")}\n`);
