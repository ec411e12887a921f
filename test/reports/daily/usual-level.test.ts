import { expect, test } from "vitest";
import { usualDaysOf, usualLevels } from "../../../reports/daily/usual-level.ts";

const FIRST = "2024-01-01";

test.each([
  {
    why: "a Tuesday is compared with Tuesdays that were no holidays",
    day: "2026-02-24",
    has: "2026-02-17",
    hasNot: ["2025-12-30", "2026-02-11", "2026-02-23"],
  },
  {
    why: "a holiday on a Monday is compared with Sundays and holidays",
    day: "2026-02-23",
    has: "2026-02-11",
    hasNot: ["2026-02-16", "2026-02-21"],
  },
  {
    why: "a Saturday is compared with Saturdays",
    day: "2026-02-21",
    has: "2026-02-14",
    hasNot: ["2026-02-15", "2026-02-20", "2026-01-03"],
  },
])("$why", ({ day, has, hasNot }) => {
  const { days } = usualDaysOf(day, FIRST);
  expect(days).toContain(has);
  for (const other of hasNot) expect(days).not.toContain(other);
});

test("three days are too few to be usual, and days before the first voice are none", () => {
  expect(usualDaysOf("2026-02-24", "2026-02-03").days).toEqual([]);
  expect(usualDaysOf("2026-02-24", "2026-01-27").days).toHaveLength(4);
  expect(usualDaysOf("2026-02-24", undefined).days).toEqual([]);
});

test("a count is called more than usual only where chance does not explain it", () => {
  const usual = usualDaysOf("2026-02-24", FIRST);
  const counts = (own: number) =>
    new Map([...usual.days.map((day) => [day, 5] as const), ["2026-02-24", own]]);
  const wordsOf = (own: number) =>
    usualLevels("2026-02-24", usual, [counts(own)]).map(({ level, change }) => [
      level,
      change.word,
    ]);
  expect(wordsOf(20)).toEqual([[5, "increased"]]);
  expect(wordsOf(8)).toEqual([[5, "unclear"]]);
  expect(wordsOf(0)).toEqual([[5, "decreased"]]);
});
