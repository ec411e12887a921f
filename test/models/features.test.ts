import { expect, test } from "vitest";
import { CHARACTERS_ONLY, segmentFeatures } from "../../models/features.ts";
import { segmentOf } from "./toy.ts";

test("each block has length 1, whatever the length of the text and the vector", () => {
  for (const text of ["虫", "箱 の/助詞 虫 が/助詞 虫 の/助詞 箱 に/助詞 虫"]) {
    const segment = segmentOf(text, new Int8Array(384).fill(text.length));
    expect(Math.hypot(...segmentFeatures(segment).vector)).toBeCloseTo(1, 5);
    expect(Math.hypot(...segmentFeatures(segment, CHARACTERS_ONLY).values)).toBeCloseTo(1, 5);
  }
});

test("a vector and the same vector twice as long are one direction", () => {
  const one = segmentOf(
    "虫",
    Int8Array.from({ length: 384 }, (_, at) => at % 50),
  );
  const twice = { ...one, vector: one.vector.map((value) => value * 2) };
  expect(segmentFeatures(twice).vector).toEqual(segmentFeatures(one).vector);
});

test("the baseline sees characters only", () => {
  const segment = segmentOf("虫 が/助詞 箱", new Int8Array(384).fill(3));
  const features = segmentFeatures(segment, CHARACTERS_ONLY);
  expect(features.vector).toHaveLength(0);
  expect(features.values.length).toBeLessThan(segmentFeatures(segment).values.length);
});

test.each([
  { why: "one digit stands for all", one: "3 ミリ", other: "5 ミリ", same: true },
  { why: "a final 。 says nothing", one: "虫 か/助詞", other: "虫 か/助詞 。/記号", same: true },
  { why: "a final ? asks", one: "虫 か/助詞", other: "虫 か/助詞 ?/記号", same: false },
])("$why", ({ one, other, same }) => {
  const first = segmentFeatures(segmentOf(one)).buckets;
  const second = segmentFeatures(segmentOf(other)).buckets;
  if (same) expect(second).toEqual(first);
  else expect(second).not.toEqual(first);
});

test("spans count code points, so that a character outside the BMP is one", () => {
  const { origins } = segmentFeatures(segmentOf("𩸽 と/助詞 虫"));
  const ends = Array.from(origins).filter((_, at) => at % 3 === 2);
  expect(Math.max(...ends)).toBe(3);
});
