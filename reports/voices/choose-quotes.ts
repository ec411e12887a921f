import { z } from "zod";
import { countCodePoints, sliceCodePoints } from "../../pipeline/text/code-points.ts";
import { isNearCopy } from "./distinct-texts.ts";
import type { QuotableVoices } from "./quotable.ts";

/** A voice chosen to stand for others, and the segment it was chosen for. */
export const Quote = z.strictObject({
  voiceId: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** How sure it is of the topic that it is shown for, in [0, 1], where that must be said. */
  topicConfidence: z.number().optional(),
});
export type Quote = z.infer<typeof Quote>;

/** Voices that an answer lists, each with the span that it lists beside it. */
export function listedQuotes({
  voice_ids,
  spans,
}: {
  readonly voice_ids: readonly string[];
  readonly spans: readonly { readonly span_start: number; readonly span_end: number }[];
}): Quote[] {
  return voice_ids.flatMap((voiceId, index) => {
    const span = spans[index];
    return span === undefined ? [] : [{ voiceId, start: span.span_start, end: span.span_end }];
  });
}

export type QuoteCandidate = Quote & {
  /** In [0, 1]. */
  readonly confidence: number;
  readonly topic: string | null;
  /** How near to the centre of what it stands for, in [-1, 1]. */
  readonly closeness: number;
};

/** Lengths in code points that can be read in a breath and still say something. Printed in the report's rule. */
export const SHORTEST_QUOTE = 15;
export const LONGEST_QUOTE = 120;

export type QuoteRule = {
  readonly limit: number;
  /** At most one quote a topic, where the quotes are not all about the same one. */
  readonly onePerTopic?: boolean;
  /** All candidates are about one product or place: then not one of each. */
  readonly isOfOnePlace?: boolean;
  /** All candidates are of one day: then not one of each. */
  readonly isOfOneDay?: boolean;
};

/**
 * Takes the candidates nearest to their centre first, of equally near ones the surest; of one day, one customer, one
 * place, one product or of nearly the same words only the first.
 *
 * @param taken ids and words of what is quoted already; those chosen are added
 */
export function chooseQuotes(
  candidates: readonly QuoteCandidate[],
  voices: QuotableVoices,
  taken: Set<string>,
  rule: QuoteRule,
): Quote[] {
  const seen = new Set<string>();
  const quotes: Quote[] = [];
  for (const candidate of mostTypical(candidates, voices)) {
    if (quotes.length === rule.limit) break;
    const keys = keysOf(candidate, voices, rule);
    if (keys === undefined || keys.once.some((key) => seen.has(key))) continue;
    if (isRepeated(keys.words, taken)) continue;
    for (const key of keys.once) seen.add(key);
    for (const key of keys.words) taken.add(key);
    quotes.push({ voiceId: candidate.voiceId, start: candidate.start, end: candidate.end });
  }
  return quotes;
}

function mostTypical(
  candidates: readonly QuoteCandidate[],
  voices: QuotableVoices,
): QuoteCandidate[] {
  const dayOf = (candidate: QuoteCandidate) => voices.get(candidate.voiceId)?.received_on ?? "";
  return [...candidates].sort(
    (left, right) =>
      right.closeness - left.closeness ||
      right.confidence - left.confidence ||
      compare(dayOf(right), dayOf(left)) ||
      compare(left.voiceId, right.voiceId) ||
      left.start - right.start,
  );
}

/** @returns what may occur once only; undefined where the voice is unknown or too short or long to quote */
function keysOf(
  candidate: QuoteCandidate,
  voices: QuotableVoices,
  rule: QuoteRule,
): { words: string[]; once: string[] } | undefined {
  const voice = voices.get(candidate.voiceId);
  if (voice === undefined) return undefined;
  const length = countCodePoints(voice.text);
  if (length < SHORTEST_QUOTE || length > LONGEST_QUOTE) return undefined;
  const once = rule.isOfOneDay === true ? [] : [`day ${voice.received_on}`];
  if (voice.customer_key !== null) once.push(`customer ${voice.customer_key}`);
  const where = voice.place ?? voice.product;
  if (where !== null && rule.isOfOnePlace !== true) once.push(`where ${where}`);
  if (rule.onePerTopic === true && candidate.topic !== null) once.push(`topic ${candidate.topic}`);
  const said = sliceCodePoints(voice.text, candidate.start, candidate.end);
  return { words: [candidate.voiceId, wordsOf(voice.text), wordsOf(said)], once };
}

const WORDS = "words ";

function isRepeated(keys: readonly string[], taken: ReadonlySet<string>): boolean {
  if (keys.some((key) => taken.has(key))) return true;
  const told = wordsIn(taken);
  return wordsIn(keys).some((words) => isNearCopy(words, told));
}

function wordsIn(keys: Iterable<string>): string[] {
  return [...keys].flatMap((key) => (key.startsWith(WORDS) ? [key.slice(WORDS.length)] : []));
}

/** The same words twice are one opinion to a reader, be they a whole voice or a part of one. */
function wordsOf(text: string): string {
  return `${WORDS}${text.replace(/[\s。、！!.]+/gu, "")}`;
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
