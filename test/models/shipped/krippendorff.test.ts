import { expect, test } from "vitest";
import { krippendorffAlpha } from "../../../models/shipped/krippendorff.ts";

/** One string a reader, one character a unit; "." is no reading. */
function unitsOf(...readers: string[]): string[][] {
  return Array.from(readers[0] ?? "", (_, unit) =>
    readers.map((reader) => reader.charAt(unit)).filter((value) => value !== "."),
  );
}

const FOUR_READERS = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];

test.each([
  {
    why: "two readers, two values",
    units: unitsOf("0100000010", "1110010000"),
    values: "01",
    level: "nominal",
    alpha: 0.095,
  },
  {
    why: "two readers, five values",
    units: unitsOf("aabbdcccedda", "babbbccceddd"),
    values: "abcde",
    level: "nominal",
    alpha: 0.692,
  },
  {
    why: "four readers with gaps",
    units: unitsOf(...FOUR_READERS),
    values: "12345",
    level: "nominal",
    alpha: 0.743,
  },
  {
    why: "the same, ordered",
    units: unitsOf(...FOUR_READERS),
    values: "12345",
    level: "ordinal",
    alpha: 0.815,
  },
] as const)("alpha is the published one: $why, $level", ({ units, values, level, alpha }) => {
  expect(krippendorffAlpha(units, [...values], level)).toBeCloseTo(alpha, 3);
});

test("nothing is said of readings that are all the same", () => {
  expect(krippendorffAlpha(unitsOf("000", "000"), ["0", "1"], "nominal")).toBeNaN();
});
