import { expect, test } from "vitest";
import { canonical, canonicalJson } from "../../../reports/frozen/canonical-json.ts";

test("equal values have equal bytes, whatever order their keys came in", () => {
  expect(canonicalJson({ b: [{ d: 1, c: null }], a: "気" })).toBe(
    '{"a":"気","b":[{"c":null,"d":1}]}',
  );
});

test("the copy is what its JSON is read as: no key without a value, no minus zero, the same order", () => {
  const value = { b: [{ d: -0, c: undefined }], a: [-0, 1.5], "2": ["気"], e: { g: {}, f: [[]] } };
  const copy = canonical(value);
  const read: unknown = JSON.parse(canonicalJson(value));
  expect(copy).toStrictEqual(read);
  expect(JSON.stringify(copy)).toBe(canonicalJson(value));
  expect(Object.keys(copy)).toEqual(["2", "a", "b", "e"]);
});

test("what is as its JSON is read already is not copied, and what holds something else is", () => {
  const voice = { segments: [{ end: 3, start: 0, topics: ["taste"] }], text: "気" };
  expect(canonical(voice)).toBe(voice);
  const voices = canonical({ b: voice, a: { ...voice, source: undefined } });
  expect(voices.b).toBe(voice);
  expect(voices.a).toStrictEqual(voice);
});
