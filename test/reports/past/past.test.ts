import { expect, test } from "vitest";
import { seededRandom, shuffledIndexes } from "../../../models/random.ts";
import { addDays, monthOf, type Period, previousPeriod, weekOf } from "../../../pipeline/period.ts";
import { COMPARED, type History, type PastPeriod } from "../../../reports/past/history.ts";
import { compareWithPast, type PastCell, pastOf } from "../../../reports/past/past.ts";
import { readHokurikuWeeks } from "../../support/hokuriku-weeks.ts";

const NO_COUNTS = { negative: 0, complaint: 0, praise: 0 };

function past(period: Period, voices: number, parking = 0): PastPeriod {
  return {
    period,
    voices,
    ...NO_COUNTS,
    topics: new Map([["parking", parking]]),
    days: 7,
    calendarDays: 7,
  };
}

/** Weeks up to that of a date, all with so many voices. */
function weeksUntil(date: string, count: number, voicesOf: (weeksAgo: number) => number): History {
  const periods = [weekOf(date)];
  while (periods.length < count) periods.unshift(previousPeriod(periods[0] ?? weekOf(date)));
  return periods.map((period, index) => past(period, voicesOf(count - 1 - index), 20));
}

const PARKING: PastCell = {
  rateOf: ({ topics, voices }) => ({ count: topics.get("parking") ?? 0, base: voices }),
  isShare: true,
};

test("the usual level is that of the same weeks of earlier years", () => {
  const { spans } = pastOf(weeksUntil("2026-11-11", 159, () => 100));
  expect(spans.lastYear).toBe("2025-W46");
  expect(spans.usual?.basis).toBe("seasons");
  // 2025-W48 and 2023-W48 hold 勤労感謝の日, one day off more: still alike. All fifteen are there.
  expect(spans.usual?.periods).toHaveLength(15);
  expect(spans.usual?.periods).toContain("2024-W48");
});

test("an ordinary week is not measured by the weeks of 盆 or of the new year", () => {
  const { spans } = pastOf(weeksUntil("2026-08-26", 159, () => 100));
  expect(spans.usual?.periods).toContain("2025-W35");
  expect(spans.usual?.periods).not.toContain("2025-W33");
});

test("without an earlier year the twelve weeks before the previous one are usual", () => {
  const history = weeksUntil("2026-11-11", 159, (weeksAgo) => (weeksAgo < 30 ? 100 : 0));
  const { spans, lastYear } = pastOf(history);
  expect(lastYear).toBeUndefined();
  expect(spans.usual).toMatchObject({ basis: "recent" });
  expect(spans.usual?.periods.at(-1)).toBe("2026-W44");
  expect(spans.usual?.periods).not.toContain("2026-W45");
  expect(spans.usual?.periods).not.toContain("2026-W39");
});

test("three weeks of voices are no usual level", () => {
  const history = weeksUntil("2026-11-11", 159, (weeksAgo) => (weeksAgo < 5 ? 100 : 0));
  expect(pastOf(history).spans.usual).toBeNull();
});

test("a share is told with the lowest and the highest of its weeks, the volume as expected by the days", () => {
  const history = weeksUntil("2026-11-11", 30, () => 100);
  const odd = history.map((week, index) =>
    index === 20 ? past(week.period, 100, 40) : index === 29 ? { ...week, days: 14 } : week,
  );
  const volume: PastCell = {
    rateOf: ({ voices, days }) => ({ count: voices, base: days }),
    isShare: false,
  };
  const [parking, all] = compareWithPast(pastOf(odd), [PARKING, volume]);
  expect(parking?.usual).toMatchObject({ low: 0.2, high: 0.4 });
  expect(all?.usual).toMatchObject({ level: 200, low: 200, high: 200 });
  expect(all?.change).toMatchObject({ ratio: 0.5, word: "decreased" });
});

/** Real weeks in another order: whatever is named then, chance has named. */
test.each([3, 5, 8, 25])(
  "where real weeks are shuffled, with %i of past at most one cell and one table in twenty name a change",
  (pastWeeks) => {
    const { from, totals, cells } = readHokurikuWeeks();
    const topics = [...new Set(cells.map(({ topic }) => topic))];
    const counts = totals.map(
      (_, week) =>
        new Map(
          topics.map((topic) => [
            topic,
            cells.reduce(
              (sum, cell) => sum + (cell.topic === topic ? (cell.counts[week] ?? 0) : 0),
              0,
            ),
          ]),
        ),
    );
    const table = topics.map(
      (topic): PastCell => ({
        rateOf: (week) => ({ count: week.topics.get(topic) ?? 0, base: week.voices }),
        isShare: true,
      }),
    );
    const random = seededRandom(5);
    const words: string[] = [];
    let tablesWithNews = 0;
    const repeats = 300;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const order = shuffledIndexes(totals.length, random);
      const history = totals.slice(0, pastWeeks + 1).map((_, slot): PastPeriod => {
        const week = order[slot] ?? 0;
        const period = weekOf(addDays(from, 7 * slot));
        const ofTopics = counts[week] ?? new Map();
        return { ...past(period, totals[week] ?? 0), topics: ofTopics };
      });
      const moves = compareWithPast(pastOf(history), table);
      const tables = [moves.map(({ change }) => change), moves.map(({ usual }) => usual?.change)];
      for (const changes of tables) {
        const said = changes.map((change) => change?.word ?? "few");
        if (said.includes("increased") || said.includes("decreased")) tablesWithNews += 1;
        words.push(...said);
      }
    }
    const judged = words.filter((word) => word !== "few");
    const named = judged.filter((word) => word !== "unclear");
    expect(judged.length).toBeGreaterThan(2000);
    expect(named.length / judged.length).toBeLessThanOrEqual(0.05);
    expect(named.length).toBeGreaterThan(5);
    // A table of twenty topics has one chance in four to name something by chance where the spread is left out.
    expect(tablesWithNews / (2 * repeats)).toBeLessThanOrEqual(0.05);
  },
);

test("weeks before the first voice are no weeks without voices: a number that halves is seen in the first year", () => {
  const history = weeksUntil("2026-11-11", 159, (weeksAgo) =>
    weeksAgo === 0 ? 200 : weeksAgo < 20 ? 400 + 40 * (weeksAgo % 3) : 0,
  );
  const volume: PastCell = {
    rateOf: ({ voices, days }) => ({ count: voices, base: days }),
    isShare: false,
  };
  const [all] = compareWithPast(pastOf(history), [volume]);
  expect(all?.usual?.change).toMatchObject({ word: "decreased" });
  expect(all?.change.high).toBeLessThan(1.5);
});

test("what was said in weeks and months that a report does not ask about is compared with nothing", () => {
  const weeks = weeksUntil("2026-11-11", 159, () => 100);
  const months = [...Array(38).keys()].map((ago) =>
    past(
      monthOf(`${2026 - Math.floor(ago / 12)}-${String(12 - (ago % 12)).padStart(2, "0")}-01`),
      100,
      20,
    ),
  );
  for (const history of [weeks, months.reverse()]) {
    const job = history[0]?.period.job ?? "weekly";
    const runs: readonly { newest: number; oldest: number }[] = COMPARED[job];
    const change = (isAsked: boolean) =>
      history.map((each, index) => {
        const ago = history.length - 1 - index;
        const asked = runs.some(({ newest, oldest }) => newest <= ago && ago <= oldest);
        return asked === isAsked ? past(each.period, 100, 90) : each;
      });
    const movesOf = (changed: History) => compareWithPast(pastOf(changed), [PARKING]);
    expect(movesOf(change(false))).toEqual(movesOf(history));
    expect(movesOf(change(true))).not.toEqual(movesOf(history));
  }
});

test("where nothing is usual yet, the reason is told: too few weeks, or none with as many days off", () => {
  const lackOf = (date: string, weeks: number) =>
    pastOf(weeksUntil(date, 159, (weeksAgo) => (weeksAgo <= weeks ? 100 : 0))).spans.lack;
  expect(lackOf("2026-11-11", 4)).toEqual({ reason: "few", found: 3 });
  expect(lackOf("2026-11-11", 5)).toBeNull();
  expect(lackOf("2025-12-30", 20)).toEqual({ reason: "other-days-off", found: 0 });
});
