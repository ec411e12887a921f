import { expect, test } from "vitest";
import { seededRandom } from "../../../models/random.ts";
import { addFigure, type Figures, figureOf, LISTED } from "../../../reports/figure.ts";
import { allVoiceIds, boundLists } from "../../../reports/voices/bounded-lists.ts";

function figuresOf(lists: Readonly<Record<string, string[]>>): Figures {
  const figures: Figures = {};
  for (const [id, voiceIds] of Object.entries(lists)) {
    addFigure(figures, { id, label: id, sql: "", params: {}, row: {}, listed: "main", voiceIds });
  }
  return figures;
}

test("a list keeps its first 200 voices, and all of them come back in their order", () => {
  const random = seededRandom(7);
  const all = Array.from({ length: 5000 }, (_, index) => `voice-${index}`);
  const other = Array.from({ length: 3000 }, (_, index) => `other-${index}`);
  const lists = {
    some: all.filter(() => random() < 0.1),
    all,
    few: all.filter(() => random() < 0.005),
    other,
    backwards: [...all].reverse(),
  };
  const bounded = boundLists(figuresOf(lists));
  for (const [id, voiceIds] of Object.entries(lists)) {
    const figure = figureOf(bounded.figures, id);
    expect(figure.value).toBe(voiceIds.length);
    expect(figure.voiceIds).toEqual(voiceIds.slice(0, LISTED));
    expect(allVoiceIds(figure, bounded)).toEqual(voiceIds);
  }
});

test("where no list is longer, nothing is kept elsewhere", () => {
  const whole = figuresOf({ one: Array.from({ length: LISTED }, (_, index) => `voice-${index}`) });
  expect(boundLists(whole)).toEqual({ figures: whole, unlisted: "" });
});

test("a value whose list names a voice that is not there says so", () => {
  const long = Array.from({ length: LISTED + 2 }, (_, index) => `voice-${index}`);
  const { figures } = boundLists(figuresOf({ long }));
  expect(() => allVoiceIds(figureOf(figures, "long"), { unlisted: "a" })).toThrow("long");
});
