import { expect, test } from "vitest";
import { isSamePlace, placeTags, type SaidTag } from "../../../pipeline/tag/place-tags.ts";

const SAID: SaidTag = {
  ...{ tagId: "one", start: 0, end: 10, step: "fix", gone: null, isAsRead: true },
  ...{ textHash: "now", wordsHash: "first" },
  ...{ sentiment: "negative", kind: null, topics: [] },
};
const LATER: SaidTag = { ...SAID, tagId: "two" };
/** On what the voice said before, and on the same words under other masks. */
const GONE = { textHash: "before", isAsRead: false, gone: "other-words" } as const;
const MASKED = { textHash: "masked", isAsRead: false } as const;
const CUT = [
  { start: 0, end: 10, wordsHash: "first" },
  { start: 10, end: 30, wordsHash: "second" },
  { start: 30, end: 35, wordsHash: "twice" },
  { start: 35, end: 40, wordsHash: "twice" },
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
    tags: [{ ...SAID, ...GONE }],
    states: { one: "other-words" },
    sentiments: [],
  },
  {
    why: "a word on what the voice says now settles the one on its earlier words",
    tags: [{ ...SAID, ...GONE }, LATER],
    states: { one: "replaced", two: "standing" },
    sentiments: ["negative"],
  },
  {
    why: "an undo of a word on other words of the voice takes nothing from one on its words of now",
    tags: [
      { ...SAID, ...GONE },
      LATER,
      { ...SAID, ...GONE, tagId: "three", step: "undo" as const, sentiment: null },
    ],
    states: { one: "undone", two: "standing", three: "standing" },
    sentiments: ["negative"],
  },
  {
    why: "a word holds again with its words, though another was said on others meanwhile",
    tags: [SAID, { ...LATER, ...GONE, sentiment: "positive" as const }],
    states: { one: "standing", two: "other-words" },
    sentiments: ["negative"],
  },
  {
    why: "what is lost on one head is told, though another head was said anew",
    tags: [
      { ...SAID, ...GONE, kind: "praise" as const, topics: [{ taxonomy: "tourism", topics: [] }] },
      LATER,
    ],
    states: { one: "other-words", two: "standing" },
    sentiments: ["negative"],
  },
  {
    why: "where the same words are masked otherwise, its segment is the one with its words, whatever its span names now",
    tags: [{ ...SAID, ...MASKED, wordsHash: "second" }],
    states: { one: "standing" },
    sentiments: ["negative"],
  },
  {
    why: "where no segment has its words any more, it stands on none",
    tags: [{ ...SAID, ...MASKED, wordsHash: "third" }],
    states: { one: "no-segment" },
    sentiments: [],
  },
  {
    why: "where two segments have its words, it stands on neither",
    tags: [{ ...SAID, ...MASKED, wordsHash: "twice" }],
    states: { one: "no-segment" },
    sentiments: [],
  },
  {
    why: "a later word takes the place of one that other masks have moved there",
    tags: [{ ...SAID, ...MASKED, start: 4, end: 8 }, LATER],
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
