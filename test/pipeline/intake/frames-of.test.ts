import { expect, test } from "vitest";
import { framesOf } from "../../../pipeline/intake/frames-of.ts";
import { rawRecord } from "../../support/kafka/sample-records.ts";

test.each([
  {
    why: "short ones by number",
    lengths: Array.from({ length: 1100 }, () => 60),
    sizes: [512, 512, 76],
  },
  {
    why: "long ones by their words",
    lengths: Array.from({ length: 30 }, () => 19_000),
    sizes: [13, 13, 4],
  },
  {
    why: "one that is larger than a frame, alone",
    lengths: [10, 300_000, 10, 10],
    sizes: [1, 1, 2],
  },
  { why: "none", lengths: [], sizes: [] },
])("a frame takes $why", ({ lengths, sizes }) => {
  const all = lengths.map((length) => rawRecord("a", "あ".repeat(length)));
  const frames = framesOf(all);
  expect(frames.map(({ length }) => length)).toEqual(sizes);
  expect(frames.flat()).toEqual(all);
});
