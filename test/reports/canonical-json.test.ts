import { expect, test } from "vitest";
import { canonicalJson } from "../../reports/canonical-json.ts";

test("equal values have equal bytes, whatever order their keys came in", () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: "気" })).toBe(
    '{"a":"気","b":[{"c":null,"d":1}]}',
  );
});
