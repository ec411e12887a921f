import { expect, test } from "vitest";
import { isSamePlace, placeTags, type SaidTag } from "../../../pipeline/tag/place-tags.ts";

const SAID: SaidTag = {
  ...{ tagId: "one", start: 0, end: 10, step: "fix", gone: null },
  ...{ sentiment: "negative", kind: null, topics: [] },
};
const LATER: SaidTag = { ...SAID, tagId: "two" };
const CUT = [
  { start: 0, end: 10 },
  { start: 10, end: 30 },
];

test.each([
  { why: "the same span", other: [0, 10], same: true },
  { why: "one grown by less than as much again", other: [0, 19], same: true },
  { why: "one that is twice as long", other: [0, 20], same: false },
  { why: "half of the span", other: [0, 5], same: false },
  { why: "more than half of it", other: [4, 10], same: true },
  { why: "a span beside it", other: [10, 20], same: false },
])("$why: $same", ({ other: [start = 0, end = 0], same }) => {
  expect(isSamePlace({ start: 0, end: 10 }, { start, end })).toBe(same);
  expect(isSamePlace({ start, end }, { start: 0, end: 10 })).toBe(same);
});

test.each([
  {
    why: "a later word on the same head takes the earlier one's place",
    tags: [SAID, { ...LATER, sentiment: "positive" as const }],
    states: { one: "replaced", two: "standing" },
    sentiments: ["positive"],
  },
  {
    why: "a later word on another head stands beside it",
    tags: [SAID, { ...LATER, sentiment: null, kind: "praise" as const }],
    states: { one: "standing", two: "standing" },
    sentiments: ["negative"],
  },
  {
    why: "an undo takes back all of its place and nothing of another",
    tags: [
      SAID,
      { ...LATER, start: 10, end: 30 },
      { ...SAID, tagId: "three", step: "undo" as const, sentiment: null },
    ],
    states: { one: "undone", two: "standing", three: "standing" },
    sentiments: ["negative"],
  },
  {
    why: "a word whose span no segment shares finds none",
    tags: [{ ...SAID, start: 5, end: 15 }],
    states: { one: "no-segment" },
    sentiments: [],
  },
  {
    why: "a word on other words of the voice finds none, though a segment stands there",
    tags: [{ ...SAID, gone: "other-words" as const }],
    states: { one: "other-words" },
    sentiments: [],
  },
  {
    why: "a word on what the voice says now settles the one on its earlier words",
    tags: [{ ...SAID, gone: "other-words" as const }, LATER],
    states: { one: "replaced", two: "standing" },
    sentiments: ["negative"],
  },
])("$why", ({ tags, states, sentiments }) => {
  const placed = placeTags(tags, CUT);
  expect(Object.fromEntries(placed.states)).toEqual(states);
  expect(placed.laid.map(({ said }) => said.sentiment?.value)).toEqual(sentiments);
});

test("an empty list of topics says that none fits, and stays apart from a taxonomy nobody spoke of", () => {
  const topics = [{ taxonomy: "tourism", topics: [] }];
  const { laid } = placeTags([{ ...SAID, sentiment: null, topics }], CUT);
  expect(laid.map(({ said }) => said.topics)).toEqual([
    [{ taxonomy: "tourism", tagId: "one", topics: [] }],
  ]);
});
