import { expect, test } from "vitest";
import { areMasked } from "../../../reports/deliver/are-masked.ts";
import { frozenWeekly, withPraise } from "../../support/frozen-reports.ts";

test("others have turns while a report is looked through", async () => {
  const report = frozenWeekly();
  let turns = 0;
  const count = () => {
    turns += 1;
    again = setImmediate(count);
  };
  let again = setImmediate(count);
  expect(await areMasked(report)).toBe(true);
  clearImmediate(again);
  expect(turns).toBeGreaterThanOrEqual(Object.keys(report.voices).length);
});

test("one telephone number among all texts is found", async () => {
  const report = withPraise(frozenWeekly(), "電話は090-1234-5678です");
  expect(await areMasked(report)).toBe(false);
});
