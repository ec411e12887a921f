import { expect, test } from "vitest";
import { seededRandom } from "../../../models/random.ts";
import { atLeast } from "../../../reports/statistics/binomial-tail.ts";
import { type CellSize, isAlarm } from "../../../reports/statistics/rare-cells.ts";

const SHARE = 1 / 27;
const floor = (total: number) => Math.floor(10 * total * Math.log10(SHARE)) / 10;
const sizes = (cells: number, total: number, severity = 0): CellSize => ({
  severity,
  rarest: floor(total),
  cells,
});

test.each([
  { why: "three new of three are an alarm among 1,000 cells", count: 3, cells: 1000, isRare: true },
  {
    why: "two new of two are none: 1,000 cells have it once in a week",
    count: 2,
    cells: 1000,
    isRare: false,
  },
  { why: "two new of two are one among 100 cells", count: 2, cells: 100, isRare: true },
])("$why", ({ count, cells, isRare }) => {
  const cell = { severity: 0, count, total: count, share: SHARE };
  expect(isAlarm(cell, [sizes(cells, count)], 0.25)).toBe(isRare);
});

test("cells with too few customers to become so rare cost nothing", () => {
  const cell = { severity: 0, count: 3, total: 3, share: SHARE };
  const two = sizes(1_000_000, 2);
  expect(isAlarm(cell, [sizes(1000, 3), two], 0.25)).toBe(true);
  expect(isAlarm(cell, [sizes(1_001_000, 3)], 0.25)).toBe(false);
});

test("a grave cell may raise an alarm where a harmless one may not", () => {
  const table = [sizes(4000, 3, 0), sizes(500, 3, 4)];
  const cell = (severity: number) => ({ severity, count: 3, total: 3, share: SHARE });
  expect(isAlarm(cell(0), table, 0.25)).toBe(false);
  expect(isAlarm(cell(4), table, 0.25)).toBe(true);
});

test("where nothing changes, a table raises no more alarms than its budget", () => {
  const random = seededRandom(3);
  const totals = Array.from({ length: 600 }, (_, index) => 1 + Math.floor(40 * (index / 600) ** 4));
  const severities = totals.map((_, index) => (index % 10 === 0 ? 4 : 1));
  const table = totals.map((total, index) => sizes(1, total, severities[index]));
  const tables = 400;
  let alarms = 0;
  for (let repeat = 0; repeat < tables; repeat += 1) {
    for (const [index, total] of totals.entries()) {
      const count = Array.from({ length: total }, random).filter((value) => value < SHARE).length;
      // Of all cells only those whose tail is rare at all can raise one.
      if (count < 2 || atLeast(count, total, SHARE) > 0.01) continue;
      const cell = { severity: severities[index] ?? 0, count, total, share: SHARE };
      if (isAlarm(cell, table, 0.5)) alarms += 1;
    }
  }
  expect(alarms / tables).toBeLessThanOrEqual(0.5);
  expect(alarms / tables).toBeGreaterThan(0.05);
});
