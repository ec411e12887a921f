import { expect, test } from "vitest";
import { dayKind, daysOffIn } from "../../../reports/past/calendar.ts";

test.each([
  { day: "2026-09-22", why: "a day between two holidays", kind: "holiday" },
  { day: "2026-05-06", why: "a holiday moved from a Sunday", kind: "holiday" },
  { day: "2027-03-22", why: "the Monday after an equinox on a Sunday", kind: "holiday" },
  { day: "2026-12-30", why: "the turn of the year", kind: "holiday" },
  { day: "2026-08-14", why: "盆", kind: "holiday" },
  { day: "2026-11-22", why: "a Sunday", kind: "holiday" },
  { day: "2026-11-21", why: "a Saturday", kind: "saturday" },
  { day: "2026-11-24", why: "a Tuesday after a holiday", kind: "weekday" },
])("$day, $why, is a $kind", ({ day, kind }) => {
  expect(dayKind(day)).toBe(kind);
});

test("a week from Monday to Sunday has two days off, the golden one five", () => {
  expect(daysOffIn({ from: "2026-11-09", until: "2026-11-16" })).toBe(2);
  expect(daysOffIn({ from: "2026-04-27", until: "2026-05-04" })).toBe(3);
  expect(daysOffIn({ from: "2026-05-04", until: "2026-05-11" })).toBe(5);
});
