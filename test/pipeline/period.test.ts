import { expect, test } from "vitest";
import {
  jstDate,
  jstInstant,
  monthOf,
  monthsBefore,
  nextPeriod,
  parsePeriod,
  previousPeriod,
  weekOf,
} from "../../pipeline/period.ts";

test.each([
  { why: "a Monday begins its week", date: "2025-07-28", name: "2025-W31", from: "2025-07-28" },
  { why: "a Sunday ends its week", date: "2025-08-03", name: "2025-W31", from: "2025-07-28" },
  { why: "late December can be week 1", date: "2025-12-29", name: "2026-W01", from: "2025-12-29" },
  { why: "early January can be week 53", date: "2027-01-03", name: "2026-W53", from: "2026-12-28" },
])("$why", ({ date, name, from }) => {
  expect(weekOf(date)).toMatchObject({ name, from });
});

test("a week ends where the next begins, over a whole decade", () => {
  let week = weekOf("2020-01-01");
  while (week.from < "2030-01-01") {
    const next = nextPeriod(week);
    expect(next.from).toBe(week.until);
    expect(previousPeriod(next)).toEqual(week);
    expect(parsePeriod("weekly", week.name)).toEqual(week);
    week = next;
  }
});

test.each([
  { name: "2024-02", until: "2024-03-01" },
  { name: "2025-12", until: "2026-01-01" },
])("$name ends before $until", ({ name, until }) => {
  expect(parsePeriod("monthly", name)).toEqual(monthOf(`${name}-01`));
  expect(monthOf(`${name}-01`).until).toBe(until);
});

test.each(["2025-W53", "2025-W00", "2025-07", "W31", ""])("there is no week %s", (name) => {
  expect(parsePeriod("weekly", name)).toBeUndefined();
});

test("the day changes at 15:00 UTC", () => {
  expect(jstDate(new Date("2025-08-03T14:59:59Z"))).toBe("2025-08-03");
  expect(jstDate(new Date("2025-08-03T15:00:00Z"))).toBe("2025-08-04");
  expect(jstInstant("2025-08-04", 8).toISOString()).toBe("2025-08-03T23:00:00.000Z");
});

test.each([
  { why: "the same day", date: "2026-03-15", months: 13, before: "2025-02-15" },
  { why: "February's last", date: "2026-03-31", months: 1, before: "2026-02-28" },
  { why: "a leap day's", date: "2024-03-31", months: 1, before: "2024-02-29" },
  { why: "over the year's end", date: "2026-01-31", months: 12, before: "2025-01-31" },
])("months before a date: $why", ({ date, months, before }) => {
  expect(monthsBefore(date, months)).toBe(before);
});
