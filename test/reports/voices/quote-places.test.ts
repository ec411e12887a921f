import { expect, test } from "vitest";
import { chooseQuotes } from "../../../reports/voices/choose-quotes.ts";
import { placeCandidates, quotePlaces } from "../../../reports/voices/quote-places.ts";

const TEXTS = [
  "駐車場の入口で40分待たされ、結局あきらめて帰りました",
  "区画が狭くて、隣の車のドアが開けられないほどでした",
  "満車の表示が遠くから見えず、一周してから戻りました",
  "予約したのに停められず、係の方も困っておられました",
  "砂利の上に線がなく、どこへ置けばよいのかわからない",
];

/** Segments with so many degrees from east, each a voice of another day and place unless said otherwise. */
function said(lines: readonly { id: string; degrees: number; customer?: string; sure?: number }[]) {
  const voices = new Map(
    lines.map(({ id, customer }, index) => [
      id,
      {
        voice_id: id,
        received_on: `2025-08-0${index + 1}`,
        text: `${id}、${TEXTS[index]}`,
        place: `場所${index}`,
        product: null,
        customer_key: customer ?? null,
        has_negative: false,
      },
    ]),
  );
  const candidates = lines.map(({ id, sure }, index) => ({
    segmentId: index,
    voiceId: id,
    start: 0,
    end: id.length + 1 + (TEXTS[index]?.length ?? 0),
    confidence: sure ?? 0.9,
    topic: "parking",
  }));
  const vectors = lines.map(({ degrees }) => {
    const radians = (degrees * Math.PI) / 180;
    return [Math.round(120 * Math.cos(radians)), Math.round(120 * Math.sin(radians))];
  });
  const places = quotePlaces({
    segment_ids: JSON.stringify(lines.map((_, index) => index)),
    vectors: vectors.map((vector) => Buffer.from(vector).toString("base64")).join(""),
  });
  return { voices, candidates, places };
}

function chosen(lines: Parameters<typeof said>[0], limit: number): string[] {
  const { voices, candidates, places } = said(lines);
  const placed = placeCandidates(candidates, places);
  return chooseQuotes(placed, voices, new Set(), { limit }).map(({ voiceId }) => voiceId);
}

test("the voice in the middle of what it stands for is taken, not the one at its edge", () => {
  const lines = [
    { id: "edge", degrees: 90, sure: 0.99 },
    { id: "middle", degrees: 30 },
    { id: "near", degrees: 20 },
    { id: "other-side", degrees: -20 },
  ];
  expect(chosen(lines, 1)).toEqual(["middle"]);
  expect(chosen(lines, 4).at(-1)).toBe("edge");
});

test("one customer is quoted once, however near", () => {
  const lines = [
    { id: "first", degrees: 0, customer: "k" },
    { id: "second", degrees: 5, customer: "k" },
    { id: "else", degrees: 60, customer: "m" },
  ];
  expect(chosen(lines, 2)).toHaveLength(2);
  expect(chosen(lines, 2)).toContain("else");
});

test("what the machine is less sure of comes after all others", () => {
  const lines = [
    { id: "unsure", degrees: 0, sure: 0.4 },
    { id: "sure", degrees: 40 },
    { id: "surer", degrees: -50, sure: 0.95 },
  ];
  expect(chosen(lines, 3).at(-1)).toBe("unsure");
});

test("without vectors the surest are taken", () => {
  const { voices, candidates } = said([
    { id: "a", degrees: 0, sure: 0.7 },
    { id: "b", degrees: 0, sure: 0.8 },
  ]);
  const placed = placeCandidates(candidates, quotePlaces(undefined));
  expect(chooseQuotes(placed, voices, new Set(), { limit: 1 })[0]?.voiceId).toBe("b");
});

test("what is nearly the same as a quote before is not quoted again, be it of another place and day", () => {
  const lines = [
    { id: "first", degrees: 0 },
    { id: "copy", degrees: 5 },
    { id: "else", degrees: 60 },
  ];
  const { voices, candidates, places } = said(lines);
  const copy = voices.get("copy");
  if (copy === undefined) throw new Error("no voice");
  voices.set("copy", { ...copy, text: `今日も${TEXTS[0]}。残念です` });
  const taken = new Set<string>();
  const quotes = chooseQuotes(placeCandidates(candidates, places), voices, taken, { limit: 3 });
  expect(quotes).toHaveLength(2);
  expect(quotes.map(({ voiceId }) => voiceId)).toContain("else");
});
