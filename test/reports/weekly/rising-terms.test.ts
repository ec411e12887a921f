import { expect, test } from "vitest";
import type { RisingTermRow } from "../../../reports/report-rows.ts";
import { mergeTerms, risenTerms } from "../../../reports/weekly/rising-terms.ts";

function term(name: string, voices: readonly string[]): { row: RisingTermRow } {
  return {
    row: {
      term: name,
      voice_count: voices.length,
      voice_ids: [...voices],
      before_count: 0,
      before_total: 100,
      new_total: 100,
      compared_count: 10,
      ratio: null,
      g2: 10,
    },
  };
}

const TEN = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

test.each([
  {
    why: "a part of a longer term with the same voices is not told apart",
    terms: [term("シャトル", TEN), term("シャトルバス", TEN.slice(1))],
    merged: [["シャトルバス"]],
  },
  {
    why: "two names that the same voices hold stand side by side",
    terms: [term("限定味", TEN), term("ゆず", TEN.slice(0, 9))],
    merged: [["限定味", "ゆず"]],
  },
  {
    why: "a kind of a thing that is spoken of more widely stays its own term",
    terms: [term("駐車場", TEN), term("臨時駐車場", TEN.slice(0, 6))],
    merged: [["駐車場"], ["臨時駐車場"]],
  },
  {
    why: "terms that share few voices stay two",
    terms: [term("限定味", TEN), term("ゆず", ["a", "b", "x", "y", "z"])],
    merged: [["限定味"], ["ゆず"]],
  },
])("$why", ({ terms, merged }) => {
  expect(mergeTerms(terms).map(({ row, others }) => [row.term, ...others])).toEqual(merged);
});

test("an adjective that says nothing by itself is no word", () => {
  const voices = Array.from({ length: 40 }, (_, index) => `voice-${index}`);
  const rows = ["いい", "多い", "ぬるい"].map((name, index) => {
    const { row } = term(name, voices.slice(index));
    return { ...row, before_count: 1 };
  });
  const told = risenTerms({ sql: "questions/rising_terms.sql", params: {}, rows });
  expect(told.map(({ row, others }) => [row.term, ...others])).toEqual([["ぬるい"]]);
});
