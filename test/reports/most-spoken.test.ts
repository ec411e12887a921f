import { expect, test } from "vitest";
import { mostCounted } from "../../reports/most-spoken.ts";

type Row = readonly [name: string, negative: number, positive: number];
const countsOf = ([, negative, positive]: Row) => [negative, positive];

test.each<{ why: string; rows: readonly Row[]; limit: number; kept: readonly string[] }>([
  {
    why: "praise counts as much as blame",
    rows: [
      ["a", 9, 0],
      ["b", 5, 0],
      ["c", 1, 8],
    ],
    limit: 2,
    kept: ["a", "c"],
  },
  {
    why: "the most praised topic stays, though others are spoken of more",
    rows: [
      ["a", 9, 0],
      ["b", 4, 4],
      ["c", 4, 4],
      ["d", 0, 5],
    ],
    limit: 2,
    kept: ["a", "d"],
  },
  {
    why: "where all have room all stay",
    rows: [
      ["a", 1, 0],
      ["b", 3, 0],
    ],
    limit: 5,
    kept: ["a", "b"],
  },
  { why: "of nothing nothing is kept", rows: [], limit: 5, kept: [] },
])("$why", ({ rows, limit, kept }) => {
  expect(mostCounted(rows, countsOf, limit).map(([name]) => name)).toEqual(kept);
});
