import { expect, test } from "vitest";
import { redactReport } from "../../../pipeline/vault/redact-report.ts";

const SECTION = { id: "own", rows: [["だれかのことば"]], lines: ["だれかのことば"] };

test.each([
  { why: "is named beyond the first of a list", forgotten: "b", rows: [] },
  { why: "is not named at all", forgotten: "c", rows: SECTION.rows },
])("rows of a section of one's own where the voice $why", ({ forgotten, rows }) => {
  const value = JSON.stringify({ unlisted: "a,b", voices: {}, theme: { sections: [SECTION] } });
  const redacted: unknown = JSON.parse(redactReport(value, new Set([forgotten])));
  expect(redacted).toMatchObject({ unlisted: "a,b", theme: { sections: [{ rows }] } });
});
