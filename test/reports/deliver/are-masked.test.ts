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

test("a telephone number in what colleagues wrote is found, in a section of its own and beside a priority", async () => {
  const report = frozenWeekly();
  const [priority] = report.priorities;
  if (priority === undefined) throw new Error("no priority on file");
  const text = "090-1234-5678へ折り返す";
  const note = {
    awarenessId: "a",
    voiceId: "v",
    author: "林",
    reason: text,
    addedOn: "2025-08-04",
  };
  const said = { text, author: "林", on: "2025-08-04" };
  const decided = { ...note, reason: "遠い", decision: said, outcome: null };
  const resolved = { ...decided, decision: { ...said, text: "電話する" }, outcome: said };
  const beside = (more: Partial<typeof priority>) => ({
    ...report,
    priorities: [{ ...priority, ...more }],
  });
  expect(await areMasked({ ...report, decisions: [decided] })).toBe(false);
  expect(await areMasked({ ...report, decisions: [resolved] })).toBe(false);
  expect(await areMasked(beside({ decided }))).toBe(false);
  expect(await areMasked(beside({ earlier: note }))).toBe(false);
});
