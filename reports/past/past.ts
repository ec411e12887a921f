import { z } from "zod";
import { BEGUN_BEFORE, Change, compareRates, NOTHING_BEFORE } from "../statistics/change.ts";
import {
  dispersionsOf,
  expectedOfShares,
  expectedOfVolumes,
  type Rate,
} from "../statistics/dispersion.ts";
import { round4 } from "../statistics/round4.ts";
import { daysOffIn } from "./calendar.ts";
import type { History, PastPeriod } from "./history.ts";
import { isFirstSpoken } from "./trend.ts";

/** What the period before stands for: one period, or several that tell what is usual. */
export const Baseline = z.strictObject({
  /** A share of voices; for the voices themselves the number that the calendar lets expect. */
  level: z.number(),
  /** The lowest and the highest of its periods. */
  low: z.number(),
  high: z.number(),
  change: Change,
});
export type Baseline = z.infer<typeof Baseline>;

/** Which periods the baselines are made of. */
export const PastSpans = z.strictObject({
  /** null where no voice of that time is there. */
  lastYear: z.string().nullable(),
  /** "seasons": the same weeks or months of earlier years; "recent": the latest ones but the one before. */
  usual: z
    .strictObject({ basis: z.enum(["seasons", "recent"]), periods: z.array(z.string()) })
    .nullable(),
  /** Why nothing is usual, and how many periods could be compared; null where something is, and in older values. */
  lack: z
    .strictObject({ reason: z.enum(["few", "other-days-off"]), found: z.number().int() })
    .nullable()
    .default(null),
  /** The day on which the data begins, where that lies within the period before. null in older values. */
  beginsOn: z.string().nullable().default(null),
  /** Silent days of this period and the one before over which no volume is compared; left out where there are none. */
  leftOut: z.array(z.string()).optional(),
});
export type PastSpans = z.infer<typeof PastSpans>;

/** How a cell moved against the period before, the same one a year ago, and the usual level. */
export type Moves = {
  readonly change: Change;
  readonly lastYear: Baseline | null;
  readonly usual: Baseline | null;
};

export type PastCell = {
  readonly rateOf: (period: PastPeriod) => Rate;
  /** Else its level is what the rate makes of the period's own base. */
  readonly isShare: boolean;
};

export type Past = {
  readonly history: History;
  readonly lastYear: PastPeriod | undefined;
  readonly usual: readonly PastPeriod[];
  readonly spans: PastSpans;
};

/** Earlier years that are looked at, and periods to either side of the same one. */
const YEARS = [1, 2, 3];
const YEAR = { weekly: 52, monthly: 12 } as const;
const SIDES = { weekly: 2, monthly: 1 } as const;
/** Fewer periods than this are no usual level. */
const FEWEST = { weekly: 4, monthly: 3 } as const;
/** The latest ones but the one before, which has a comparison of its own. */
const RECENT = { weekly: 12, monthly: 6 } as const;
/** A week with so many more or fewer days off than this one is another kind of week. */
const OTHER_DAYS_OFF = 2;
/** Periods that show how restless the counts are: a year of weeks. */
const DISPERSION_PERIODS = 52;

type Basis = NonNullable<PastSpans["usual"]>["basis"];

/**
 * Finds the periods to compare with: those that have voices and, of weeks, about as many days off.
 *
 * @param bases what may be usual, the first that has enough periods
 */
export function pastOf(history: History, bases: readonly Basis[] = ["seasons", "recent"]): Past {
  const own = history.at(-1)?.period;
  if (own === undefined) throw new RangeError("a history ends with its own period");
  const { job } = own;
  const spoken = history.slice(0, -1).filter(({ voices }) => voices > 0);
  const daysOff = daysOffIn(own);
  const alike = new Set(
    spoken.filter(
      ({ period }) => job === "monthly" || Math.abs(daysOffIn(period) - daysOff) < OTHER_DAYS_OFF,
    ),
  );
  // Indexes from the end: -1 is the period itself.
  const between = (first: number, last: number) =>
    history.slice(Math.max(0, history.length + first), Math.max(0, history.length + last + 1));
  const sameInYear = (years: number) => -1 - YEAR[job] * years;
  const sameSeason = YEARS.flatMap((years) =>
    between(sameInYear(years) - SIDES[job], sameInYear(years) + SIDES[job]),
  );
  const latest = between(-2 - RECENT[job], -3);
  const seasons = sameSeason.filter((each) => alike.has(each));
  const recent = latest.filter((each) => alike.has(each));
  const alikes = { seasons, recent };
  const basis = bases.find((each) => alikes[each].length >= FEWEST[job]);
  const usual = basis === undefined ? [] : alikes[basis];
  const found = Math.max(seasons.length, recent.length);
  const enough = [sameSeason, latest].some(
    (periods) => periods.filter(({ voices }) => voices > 0).length >= FEWEST[job],
  );
  const lastYear = spoken.find((each) => each === history.at(sameInYear(1)));
  const leftOut = history.slice(-2).flatMap((each) => each.leftOut ?? []);
  return {
    history,
    lastYear,
    usual,
    spans: {
      lastYear: lastYear?.period.name ?? null,
      usual:
        basis === undefined
          ? null
          : { basis, periods: usual.map(({ period }) => period.name).sort() },
      lack: usual.length > 0 ? null : { reason: enough ? "other-days-off" : "few", found },
      beginsOn: history.at(-2)?.beginsOn ?? null,
      ...(leftOut.length > 0 && { leftOut }),
    },
  };
}

/**
 * Compares the cells of one table with the past, each comparison as a table of its own.
 *
 * @param cells what each counted in a period, and what that is a rate of
 */
export function compareWithPast(past: Past, cells: readonly PastCell[]): Moves[] {
  const { history, lastYear, usual } = past;
  const own = history.at(-1);
  const before = history.at(-2);
  if (own === undefined || before === undefined) throw new RangeError("a history of one period");
  const dispersions = restlessness(history, cells);
  const rates = (of: PastPeriod, periods: readonly PastPeriod[]) =>
    compareRates(
      cells.map(({ rateOf }, index) => {
        const pooled = sumOf(periods.map(rateOf));
        return {
          ...rateOf(of),
          previousCount: pooled.count,
          previousBase: pooled.base,
          dispersion: dispersions[index] ?? 1,
        };
      }),
    );
  const against = (periods: readonly PastPeriod[]) => {
    const changes = rates(own, periods);
    if (own.leftOut === undefined) return changes;
    const whole = rates({ ...own, days: own.calendarDays }, periods);
    return changes.map((change, index) => soberRise(change, whole[index]));
  };
  const baselines = (periods: readonly PastPeriod[]) => {
    if (periods.length === 0) return [];
    const changes = against(periods);
    return cells.flatMap(({ rateOf, isShare }, index) => {
      const change = changes[index];
      if (change === undefined) return [];
      return [{ ...levels(periods.map(rateOf), isShare ? 1 : rateOf(own).base), change }];
    });
  };
  const yearAgo = baselines(lastYear === undefined ? [] : [lastYear]);
  const usually = baselines(usual);
  const unknown = unknownBefore(history);
  const moved = unknown === undefined ? against([before]) : cells.map(() => unknown);
  return moved.map((change, index) => ({
    change,
    lastYear: yearAgo[index] ?? null,
    usual: usually[index] ?? null,
  }));
}

/** What did not come on a silent day may have come on another of its period: a rise is one only where all days show it, too. */
function soberRise(change: Change, whole: Change | undefined): Change {
  const isDoubtful = change.word === "increased" && whole?.word !== "increased";
  return isDoubtful ? { ...change, word: "unclear" } : change;
}

/** What is said of every change where too little is known of the period before to be compared with. */
export function unknownBefore(history: History): Change | undefined {
  if (isFirstSpoken(history)) return NOTHING_BEFORE;
  return history.at(-2)?.beginsOn === undefined ? undefined : BEGUN_BEFORE;
}

/** Shares among themselves, volumes among themselves. What lies before the first voice is no period without voices. */
function restlessness(history: History, cells: readonly PastCell[]): number[] {
  const known = history.slice(history.findIndex(({ voices }) => voices > 0));
  const earlier = known.slice(-1 - DISPERSION_PERIODS, -1);
  const ratesOf = (isShare: boolean) =>
    cells.filter((cell) => cell.isShare === isShare).map(({ rateOf }) => earlier.map(rateOf));
  const shares = dispersionsOf(ratesOf(true), expectedOfShares);
  const volumes = dispersionsOf(ratesOf(false), expectedOfVolumes);
  return cells.map(({ isShare }) => (isShare ? shares : volumes).shift() ?? 1);
}

function levels(periods: readonly Rate[], scale: number): Omit<Baseline, "change"> {
  const each = periods.map(({ count, base }) => count / base);
  const { count, base } = sumOf(periods);
  return {
    level: round4((scale * count) / base),
    low: round4(scale * Math.min(...each)),
    high: round4(scale * Math.max(...each)),
  };
}

function sumOf(rates: readonly Rate[]): Rate {
  return rates.reduce(
    (sum, { count, base }) => ({ count: sum.count + count, base: sum.base + base }),
    { count: 0, base: 0 },
  );
}
