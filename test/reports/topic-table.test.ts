import { expect, test } from "vitest";
import { fullLabel } from "../../reports/topic-table.ts";

test.each([
  { why: "a leaf has its parent's name before its own", label: "におい", full: "味・品質／におい" },
  { why: "the name of both is said once", label: "味・品質", full: "味・品質" },
])("$why", ({ label, full }) => {
  const row = { topic: "quality.smell", parent: "quality", parent_label: "味・品質" };
  expect(fullLabel({ ...row, label })).toBe(full);
});
