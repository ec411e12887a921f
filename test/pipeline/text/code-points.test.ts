import fc from "fast-check";
import { expect, test } from "vitest";
import {
  codePointIndex,
  countCodePoints,
  shorten,
  sliceCodePoints,
} from "../../../pipeline/text/code-points.ts";

test.each([
  { why: "without emoji", text: "味が良い", start: 1, end: 3, slice: "が良" },
  { why: "an emoji counts once", text: "😀味😀良い", start: 1, end: 4, slice: "味😀良" },
  { why: "an end beyond the text", text: "😀味", start: 1, end: 9, slice: "味" },
  { why: "an empty span", text: "😀味", start: 1, end: 1, slice: "" },
])("a slice $why", ({ text, start, end, slice }) => {
  expect(sliceCodePoints(text, start, end)).toBe(slice);
});

test("slices, counts and indices agree with the list of code points", () => {
  const unit = fc.constantFrom(..."味a😀𠮷\ufe0f", "\ud83d");
  fc.assert(
    fc.property(fc.string({ unit }), fc.nat(12), fc.nat(12), (text, start, length) => {
      const points = Array.from(text);
      expect(countCodePoints(text)).toBe(points.length);
      expect(sliceCodePoints(text, start, start + length)).toBe(
        points.slice(start, start + length).join(""),
      );
      expect(codePointIndex(text)(points.slice(0, start).join("").length)).toBe(
        Math.min(start, points.length),
      );
    }),
    { seed: 5, numRuns: 2_000 },
  );
});

test("a text is shortened by code points, never within one", () => {
  expect(shorten("袋が𠮷", 3)).toBe("袋が𠮷");
  expect(shorten("袋が𠮷😀破れた", 4)).toBe("袋が𠮷😀…");
});
