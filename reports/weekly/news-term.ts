import { addDays, monthsBefore, type Period } from "../../pipeline/period.ts";
import { shortId } from "../../pipeline/schema/short-id.ts";
import { countCodePoints } from "../../pipeline/text/code-points.ts";
import type { ReportEffects, Span } from "../report-effects.ts";
import { chooseQuotes, type Quote, type QuoteCandidate } from "../voices/choose-quotes.ts";
import { countDistinctTexts } from "../voices/distinct-texts.ts";
import type { Quotable } from "../voices/quotable.ts";
import type { MergedTerm } from "./rising-terms.ts";

/** In fewer voices that are no copies, or not even twice as frequent for certain, a word stays in its own section. */
const FEWEST_DISTINCT = 8;
const LEAST_RATIO = 2;
/**
 * A word of the season was at least a third as frequent a year ago: a feast that falls into another week is looked for
 * in the weeks beside, too, which thin it out by as much.
 */
const LEAST_RATIO_TO_YEAR_BEFORE = 3;
const WEEKS_BESIDE = 1;
const DAYS_IN_52_WEEKS = 364;

/** The surest risen term that heads a report: common, twice as frequent for certain, and no word that comes every year at this time. */
export async function readNewsTerm(
  effects: ReportEffects,
  risen: readonly MergedTerm[],
  { period, voices }: { readonly period: Period; readonly voices: Quotable["voices"] },
): Promise<MergedTerm | undefined> {
  const common = risen.filter(
    ({ row, change }) =>
      (change.low ?? 0) >= LEAST_RATIO &&
      countDistinctTexts(textsOf(row.voice_ids, voices), FEWEST_DISTINCT) >= FEWEST_DISTINCT,
  );
  if (common.length === 0) return undefined;
  const names = common.map(({ row }) => row.term);
  const { rows } = await effects.readTermCounts(names, yearBefore(period));
  return common.find(({ row }, index) => {
    const { voice_count: count = 0, span_total: total = 0 } = rows[index] ?? {};
    return (
      total === 0 || row.voice_count * total > LEAST_RATIO_TO_YEAR_BEFORE * count * row.new_total
    );
  });
}

/** A voice that may not be quoted is not at hand: its number stands for it. */
function textsOf(voiceIds: readonly string[], voices: Quotable["voices"]): string[] {
  return voiceIds.map((id) => voices.get(id)?.text ?? shortId(id));
}

function yearBefore({ job, from, until }: Period): Span {
  if (job === "monthly") return { from: monthsBefore(from, 12), until: monthsBefore(until, 12) };
  const beside = 7 * WEEKS_BESIDE;
  return {
    from: addDays(from, -DAYS_IN_52_WEEKS - beside),
    until: addDays(until, -DAYS_IN_52_WEEKS + beside),
  };
}

/** One voice with the term, at the term. None where only other forms of the word are written. */
export function termQuotes(
  { row: { term, voice_ids } }: MergedTerm,
  { voices }: Pick<Quotable, "voices">,
  taken: Set<string>,
): Quote[] {
  const candidates = voice_ids.flatMap((voiceId): QuoteCandidate[] => {
    const text = voices.get(voiceId)?.text ?? "";
    const at = text.indexOf(term);
    if (at < 0) return [];
    const start = countCodePoints(text.slice(0, at));
    const end = start + countCodePoints(term);
    return [{ voiceId, start, end, confidence: 1, topic: null, closeness: 0 }];
  });
  return chooseQuotes(candidates, voices, taken, { limit: 1 });
}
