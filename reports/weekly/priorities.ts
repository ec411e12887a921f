import { z } from "zod";
import { HARM_SEVERITY } from "../../models/bodily-harm.ts";
import { isGrave } from "../../models/taxonomy.ts";
import { addDays, type Period } from "../../pipeline/period.ts";
import { AwarenessNote, noteOf } from "../awareness-notes.ts";
import { BodilyHarm, type Harm } from "../bodily-harm.ts";
import { Decision } from "../decisions.ts";
import { addFigure, type Figures, figureOf } from "../figure.ts";
import type { Answer, ReportEffects } from "../report-effects.ts";
import type { RepeatRow, TopicAwarenessRow } from "../report-rows.ts";
import { round4 } from "../statistics/round4.ts";
import type { TopicLine } from "../topic-table.ts";
import { chooseQuotes, Quote } from "../voices/choose-quotes.ts";
import { negativeQuotes } from "../voices/negative-quotes.ts";
import type { Quotable } from "../voices/quotable.ts";
import { negativeCandidates } from "../voices/quote-candidates.ts";

/** How many different places, products and days the negative voices of a topic come from. */
const Breadth = z.strictObject({
  places: z.number().int(),
  products: z.number().int(),
  days: z.number().int(),
  /** Voices of which no place, and of which no product is known. 0 in older values. */
  placeless: z.number().int().default(0),
  productless: z.number().int().default(0),
});
type Breadth = z.infer<typeof Breadth>;

export const Priority = z.strictObject({
  topic: z.string(),
  score: z.number(),
  breadth: Breadth,
  /** Its voices that tell of bodily harm; null without any. */
  harm: BodilyHarm.nullable().default(null),
  /** Customers who had spoken ill of it before, and the figure of their voices; null where there are none. */
  repeats: z
    .strictObject({ customers: z.number().int(), figure: z.string() })
    .nullable()
    .default(null),
  /** Topics further down that rest on no other voices than this one's: they have no rank of their own. */
  folded: z.array(z.string()).default([]),
  /** The newest 気づき on an earlier voice about it. */
  earlier: AwarenessNote.nullable().default(null),
  /** What was last decided because of a voice about it. */
  decided: Decision.nullable().default(null),
  /** Beside the reasons. */
  quotes: z.array(Quote),
  /** Further ones, in the section of voices. */
  moreQuotes: z.array(Quote),
});
export type Priority = z.infer<typeof Priority>;

/** The rule, printed under the table; keep both in step. */
export const PRIORITY_LIMIT = 5;
/** Fewer negative voices than this are no priority unless grave. */
export const FEWEST_NEGATIVE = 3;
/** Weeks in which a customer may have spoken of it before. */
export const REPEAT_WEEKS = 13;
/** From this many places, products or days on, the breadth counts in full. */
export const FULL_BREADTH = 3;
/** What a topic weighs of which something was decided and nobody has said yet what came of it. */
export const OPEN_WEIGHT = 1.5;
export const QUOTES_BESIDE = 2;
const QUOTES_IN_ALL = 5;

export type PriorityInput = Quotable & {
  readonly repeats: Answer<typeof RepeatRow>;
  /** The newest of each topic before the period. */
  readonly awareness: Answer<typeof TopicAwarenessRow>;
  readonly topics: readonly TopicLine[];
  readonly harmByTopic: Harm["harmByTopic"];
  /** Grave topics that come before nothing. */
  readonly doubtedTopics: readonly string[];
  readonly harmQuotes: Harm["harmQuotes"];
  readonly decidedByTopic: ReadonlyMap<string, Decision>;
  /** See `chooseQuotes`. */
  readonly taken: Set<string>;
};

export function readRepeats(
  effects: ReportEffects,
  { from, until }: Period,
  taxonomy: string,
): Promise<PriorityInput["repeats"]> {
  const since = addDays(from, -7 * REPEAT_WEEKS);
  return effects.readRepeatCustomers({ since, from, until }, taxonomy);
}

/** The topics to speak about first, most urgent first. */
export function prioritiesOf(figures: Figures, input: PriorityInput): Priority[] {
  const { topics, voices, segments, places, taken } = input;
  const { harmByTopic, doubtedTopics, harmQuotes, decidedByTopic } = input;
  const { rows, ...asked } = input.repeats;
  const repeats = new Map(rows.map((row) => [row.topic, row]));
  const awareness = input.awareness.rows;
  const ranked = topics
    .map((line) => {
      const { value, voiceIds } = figureOf(figures, line.negative);
      const harm = harmByTopic.get(line.topic) ?? null;
      const severity = harm === null ? line.severity : HARM_SEVERITY;
      const breadth = breadthOf(voiceIds, voices);
      const again = repeats.get(line.topic);
      const decided = decidedByTopic.get(line.topic) ?? null;
      const score = scoreOf(line, {
        severity,
        weight: value + (again?.voice_count ?? 0),
        breadth,
        isOpen: decided?.outcome === null,
      });
      const comesFirst = isGrave({ severity }) && !doubtedTopics.includes(line.topic);
      // Among the grave the graver comes first; below them the score alone decides.
      const rank = comesFirst ? severity : 0;
      return { line, rank, harm, breadth, again, decided, score, negative: value };
    })
    .filter(
      ({ rank, harm, negative }) => harm !== null || negative >= (rank > 0 ? 1 : FEWEST_NEGATIVE),
    )
    .sort((left, right) => right.rank - left.rank || right.score - left.score);
  return foldSameVoices(ranked, ({ line }) => figureOf(figures, line.negative).voiceIds)
    .slice(0, PRIORITY_LIMIT)
    .map(({ kept, folded }) => {
      const { score, harm, breadth, again, decided } = kept;
      const { topic, label } = kept.line;
      const harmed = new Set(harm === null ? [] : figureOf(figures, harm.figure).voiceIds);
      const urgent =
        harm === null
          ? []
          : negativeCandidates(segments, places, topic).filter(({ voiceId }) =>
              harmed.has(voiceId),
            );
      const typical = chooseQuotes(urgent, voices, taken, { limit: 1 });
      // Harm may be told in a neutral tone, at length, or in a voice quoted above: what lifts the topic is shown all the same.
      const told = harmQuotes.filter(({ voiceId }) => harmed.has(voiceId));
      const first = typical.length > 0 ? typical : told.slice(0, 1);
      for (const { voiceId } of first) taken.add(voiceId);
      const rest = { limit: QUOTES_IN_ALL - first.length, isLacking: first.length === 0 };
      const quotes = [...first, ...negativeQuotes(input, kept.line, rest)];
      const note = awareness.find((row) => row.topic === topic);
      return {
        topic,
        score,
        breadth,
        harm,
        repeats:
          again === undefined
            ? null
            : {
                customers: again.customer_count,
                figure: addFigure(figures, {
                  id: `${topic}-repeats`,
                  label: `以前にも「${label}」を指摘されたお客様の今週の声`,
                  ...asked,
                  row: { topic },
                  mark: { topic, sentiment: "negative" },
                  listed: "main",
                  voiceIds: again.voice_ids,
                }),
              },
        folded: folded.map(({ line }) => line.topic),
        earlier: note === undefined ? null : noteOf(note),
        decided,
        quotes: quotes.slice(0, QUOTES_BESIDE),
        moreQuotes: quotes.slice(QUOTES_BESIDE),
      };
    });
}

/** Two ranks that rest on the very same voices would be one matter told twice: the lower one goes with the upper one. */
function foldSameVoices<Ranked>(
  ranked: readonly Ranked[],
  voicesOf: (each: Ranked) => readonly string[],
): { readonly kept: Ranked; readonly folded: readonly Ranked[] }[] {
  const groups = new Map<string, { kept: Ranked; folded: Ranked[] }>();
  for (const each of ranked) {
    const key = [...voicesOf(each)].sort().join();
    const group = groups.get(key);
    if (group === undefined || key === "") groups.set(key, { kept: each, folded: [] });
    else group.folded.push(each);
  }
  return [...groups.values()];
}

type Weighed = {
  readonly severity: number;
  /** Negative voices; those of a customer who speaks again count twice. */
  readonly weight: number;
  readonly breadth: Breadth;
  /** Whether something was decided that has not come to anything yet. */
  readonly isOpen: boolean;
};

function scoreOf(line: TopicLine, { severity, weight, breadth, isOpen }: Weighed): number {
  const widest = Math.max(breadth.places, breadth.products, breadth.days);
  const spread = Math.min(1, widest / FULL_BREADTH);
  const open = isOpen ? OPEN_WEIGHT : 1;
  return round4(weight * (1 + severity) * growthOf(line) * spread * open);
}

/** By how much it grew at least, against the week before or the usual level; 1 where it cannot be said to have grown. */
function growthOf({ change, usual }: TopicLine): number {
  const grown = [change, usual?.change]
    .filter((each) => each?.word === "increased")
    .map((each) => each?.low ?? 1);
  return Math.max(1, ...grown);
}

function breadthOf(voiceIds: readonly string[], voices: Quotable["voices"]): Breadth {
  const places = new Set<string>();
  const products = new Set<string>();
  const days = new Set<string>();
  let placeless = 0;
  let productless = 0;
  for (const id of voiceIds) {
    const voice = voices.get(id);
    if (voice === undefined) continue;
    if (voice.place === null) placeless += 1;
    else places.add(voice.place);
    if (voice.product === null) productless += 1;
    else products.add(voice.product);
    days.add(voice.received_on);
  }
  return { places: places.size, products: products.size, days: days.size, placeless, productless };
}
