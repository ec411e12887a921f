import { shuffledIndexes } from "../../models/random.ts";
import { type CellSize, isAlarm, type RareCell } from "../../reports/statistics/rare-cells.ts";
import {
  ALARM_BUDGET,
  GAP_WEEKS,
  REFERENCE_WEEKS,
  SPANS_WEEKS,
} from "../../reports/weekly/signals.ts";
import type { CellWeeks, HokurikuWeeks } from "../support/hokuriku-weeks.ts";

/** Weeks from this one on have eight weeks of reference before the gap. */
export const FIRST_TESTED = 8 + GAP_WEEKS;

/** Voices that are added to one cell, week by week from `week` on. */
export type Outbreak = {
  readonly cell: number;
  readonly week: number;
  readonly added: readonly number[];
};

export type Rule = "budget" | "two-sd" | "fixed";
export const RULES: readonly Rule[] = ["budget", "two-sd", "fixed"];
/** What a desk without statistics would take. */
export const FIXED_THRESHOLD = 3;

export type Series = HokurikuWeeks & { readonly severities: ReadonlyMap<string, number> };

/** One week of all cells, as `signal_cells.sql` gives it, and what the other rules need. */
type WeekOfCells = {
  readonly cells: readonly (RareCell & { readonly past: readonly number[] })[];
  readonly sizes: readonly CellSize[];
};

/** @returns for each rule, whether each cell raises an alarm in that week */
export function alarmsOf(series: Series, week: number): Record<Rule, boolean[]> {
  const { cells } = cellsOf(series, week, 1);
  const spans = SPANS_WEEKS.map((weeks) => {
    const ofSpan = cellsOf(series, week, weeks);
    return ofSpan.cells.map(
      (cell) => cell.count >= 2 && isAlarm(cell, ofSpan.sizes, ALARM_BUDGET / SPANS_WEEKS.length),
    );
  });
  return {
    budget: series.cells.map(
      ({ counts }, index) =>
        (counts[week] ?? 0) > 0 && spans.some((found) => found[index] === true),
    ),
    "two-sd": cells.map(
      ({ count, past }) => count >= 2 && count > mean(past) + 2 * deviation(past),
    ),
    fixed: cells.map(({ count }) => count >= FIXED_THRESHOLD),
  };
}

export function plant(series: Series, { cell, week, added }: Outbreak): Series {
  const planted = series.cells[cell];
  if (planted === undefined) throw new RangeError("no such cell");
  const more = (counts: readonly number[]) =>
    counts.map((count, at) => count + (added[at - week] ?? 0));
  const places = new Map(series.places);
  places.set(planted.place, more(series.places.get(planted.place) ?? []));
  return {
    ...series,
    totals: more(series.totals),
    places,
    cells: series.cells.with(cell, { ...planted, counts: more(planted.counts) }),
  };
}

/** The same weeks in another order: what is alarming then is chance. */
export function shuffleWeeks(series: Series, random: () => number): Series {
  const order = [...shuffledIndexes(series.totals.length, random)];
  const shuffled = (counts: readonly number[]) => order.map((week) => counts[week] ?? 0);
  return {
    ...series,
    totals: shuffled(series.totals),
    places: new Map([...series.places].map(([place, counts]) => [place, shuffled(counts)])),
    cells: series.cells.map((cell) => ({ ...cell, counts: shuffled(cell.counts) })),
  };
}

function cellsOf(series: Series, week: number, weeks: number): WeekOfCells {
  const until = week - GAP_WEEKS;
  const from = Math.max(0, until - REFERENCE_WEEKS);
  const newIn = (counts: readonly number[]) => sum(counts.slice(week - weeks + 1, week + 1));
  const oldIn = (counts: readonly number[]) => sum(counts.slice(from, until));
  const whole = newIn(series.totals) / (newIn(series.totals) + oldIn(series.totals));
  const cells = series.cells.map((cell) => {
    const past = cell.counts.slice(from, until);
    const count = newIn(cell.counts);
    const total = count + sum(past);
    const voices = series.places.get(cell.place) ?? [];
    const otherNew = newIn(voices) - count;
    const otherOld = oldIn(voices) - sum(past);
    const share = Math.max(whole, (otherNew + 20 * whole) / (otherNew + otherOld + 20));
    return { severity: severityOf(series, cell), count, total, share, past };
  });
  return { cells, sizes: sizesOf(cells.filter(({ total }) => total > 0)) };
}

function sizesOf(cells: readonly RareCell[]): CellSize[] {
  const sizes = new Map<string, CellSize>();
  for (const { severity, total, share } of cells) {
    const rarest = Math.floor(10 * total * Math.log10(share)) / 10;
    const key = `${severity} ${rarest}`;
    sizes.set(key, { severity, rarest, cells: (sizes.get(key)?.cells ?? 0) + 1 });
  }
  return [...sizes.values()];
}

function severityOf({ severities }: Series, { topic }: CellWeeks): number {
  return severities.get(topic) ?? 0;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((whole, count) => whole + count, 0);
}

function mean(counts: readonly number[]): number {
  return sum(counts) / counts.length;
}

function deviation(counts: readonly number[]): number {
  const middle = mean(counts);
  return Math.sqrt(sum(counts.map((count) => (count - middle) ** 2)) / (counts.length - 1));
}
