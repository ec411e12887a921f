import { z } from "zod";
import { chooseQuotes, Quote } from "../choose-quotes.ts";
import { type Figures, figureOf } from "../figure.ts";
import { negativeCandidates } from "../quote-candidates.ts";
import type { SegmentRow } from "../report-rows.ts";
import { round4 } from "../statistics/round4.ts";
import type { TopicLine } from "../topic-table.ts";
import type { Voices } from "../voice.ts";

/** How many different places, products and days the negative voices of a topic come from. */
const Breadth = z.strictObject({
  places: z.number().int(),
  products: z.number().int(),
  days: z.number().int(),
});
type Breadth = z.infer<typeof Breadth>;

export const Priority = z.strictObject({
  topic: z.string(),
  score: z.number(),
  breadth: Breadth,
  /** Beside the reasons. */
  quotes: z.array(Quote),
  /** Further ones, in the section of voices. */
  moreQuotes: z.array(Quote),
});
export type Priority = z.infer<typeof Priority>;

/** The rule, printed under the table; keep both in step. */
export const PRIORITY_LIMIT = 5;
/** A topic of this severity or more (4: health may suffer, 5: it did) comes first, be it one voice. */
export const GRAVE_SEVERITY = 4;
/** Fewer negative voices than this are no priority unless grave. */
export const FEWEST_NEGATIVE = 3;
/** From this many places, products or days on, the breadth counts in full. */
export const FULL_BREADTH = 3;
export const QUOTES_BESIDE = 2;
export const QUOTES_IN_ALL = 5;

export type PriorityInput = {
  readonly topics: readonly TopicLine[];
  readonly figures: Figures;
  readonly voices: Voices;
  /** Segments of the period, not of the one before. */
  readonly segments: readonly SegmentRow[];
  /** See `chooseQuotes`. */
  readonly taken: Set<string>;
};

/** The topics to speak about first, most urgent first. */
export function choosePriorities(input: PriorityInput): Priority[] {
  return input.topics
    .map((line) => scoreTopic(line, input))
    .filter(({ line, negative }) => negative >= fewestFor(line))
    .sort(
      (left, right) =>
        Number(isGrave(right.line)) - Number(isGrave(left.line)) || right.score - left.score,
    )
    .slice(0, PRIORITY_LIMIT)
    .map(({ line, score, breadth }) => {
      const candidates = negativeCandidates(input.segments, line.topic);
      const quotes = chooseQuotes(candidates, input.voices, input.taken, {
        limit: QUOTES_IN_ALL,
      });
      return {
        topic: line.topic,
        score,
        breadth,
        quotes: quotes.slice(0, QUOTES_BESIDE),
        moreQuotes: quotes.slice(QUOTES_BESIDE),
      };
    });
}

function scoreTopic(line: TopicLine, { figures, voices }: PriorityInput) {
  const { value, voiceIds } = figureOf(figures, line.negative);
  const breadth = breadthOf(voiceIds, voices);
  const widest = Math.max(breadth.places, breadth.products, breadth.days);
  const growth = line.change.word === "increased" ? (line.change.low ?? 1) : 1;
  const spread = Math.min(1, widest / FULL_BREADTH);
  return {
    line,
    negative: value,
    breadth,
    score: round4(value * (1 + line.severity) * growth * spread),
  };
}

function breadthOf(voiceIds: readonly string[], voices: Voices): Breadth {
  const places = new Set<string>();
  const products = new Set<string>();
  const days = new Set<string>();
  for (const id of voiceIds) {
    const voice = voices[id];
    if (voice === undefined) continue;
    if (voice.place !== null) places.add(voice.place);
    if (voice.product !== null) products.add(voice.product);
    days.add(voice.receivedOn);
  }
  return { places: places.size, products: products.size, days: days.size };
}

function isGrave(line: TopicLine): boolean {
  return line.severity >= GRAVE_SEVERITY;
}

function fewestFor(line: TopicLine): number {
  return isGrave(line) ? 1 : FEWEST_NEGATIVE;
}
