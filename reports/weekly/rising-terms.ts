import { z } from "zod";
import { addDays, type Period } from "../../pipeline/period.ts";
import { type SpanWords, WEEK_WORDS } from "../common-report.ts";
import { addFigure, type Figures } from "../figure.ts";
import type { Answer, ReportEffects } from "../report-effects.ts";
import type { RisingTermRow } from "../report-rows.ts";
import { type Change, compareRates } from "../statistics/change.ts";

export const RisingTerm = z.strictObject({
  term: z.string(),
  figure: z.string(),
  /** Voices with the term in the weeks before. */
  before: z.number().int(),
  /** Share now to share before; null where the term is new. */
  ratio: z.number().nullable(),
  g2: z.number(),
  /** Other terms that nearly the same voices hold: they name one thing. */
  others: z.array(z.string()).default([]),
  /** The interval of the ratio: how much more frequent it is at least and at most; null in a value of format 2. */
  low: z.number().nullable().default(null),
  high: z.number().nullable().default(null),
});
export type RisingTerm = z.infer<typeof RisingTerm>;

export const RisingTerms = z.strictObject({
  baselineFrom: z.string(),
  baselineVoices: z.number().int(),
  /** How many terms were compared. */
  compared: z.number().int(),
  rows: z.array(RisingTerm),
});
export type RisingTerms = z.infer<typeof RisingTerms>;

export const BASELINE_WEEKS = 8;
export const FEWEST_VOICES = 5;
/** Chi-square with one degree of freedom at p = 0.05: no term below it can be told from chance among others. */
const CRITICAL_G2 = 3.841;
const TERM_LIMIT = 12;
/** Terms are one finding where so many of the voices of the commoner one hold the other too. */
const NEARLY_SAME = 0.8;

export type TermAnswer = Answer<typeof RisingTermRow>;

export function readTerms(effects: ReportEffects, { from, until }: Period): Promise<TermAnswer> {
  const baselineFrom = baselineOf(from);
  const rule = { minimum: FEWEST_VOICES, critical: CRITICAL_G2 };
  return effects.readRisingTerms({ baselineFrom, from, until, ...rule });
}

function baselineOf(from: string): string {
  return addDays(from, -7 * BASELINE_WEEKS);
}

export function risingTerms(
  figures: Figures,
  terms: TermAnswer,
  { from, risen }: Pick<Period, "from"> & { readonly risen: readonly MergedTerm[] },
): RisingTerms {
  const { rows } = terms;
  return {
    baselineFrom: baselineOf(from),
    baselineVoices: rows[0]?.before_total ?? 0,
    compared: rows[0]?.compared_count ?? 0,
    rows: risen.slice(0, TERM_LIMIT).map((term, index) => ({
      term: term.row.term,
      others: term.others,
      figure: addTermFigure(figures, terms, term, { id: `term-${index + 1}`, words: WEEK_WORDS }),
      before: term.row.before_count,
      ratio: term.row.ratio,
      low: term.change.low,
      high: term.change.high,
      g2: term.row.g2,
    })),
  };
}

/** Terms that rose for sure, surest first; those of nearly the same voices as one. */
export function risenTerms({ rows }: TermAnswer): MergedTerm[] {
  return mergeTerms(surelyRisen(rows));
}

export function addTermFigure(
  figures: Figures,
  { sql, params }: TermAnswer,
  { row }: MergedTerm,
  { id, words }: { readonly id: string; readonly words: SpanWords },
): string {
  return addFigure(figures, {
    id,
    label: `「${row.term}」を含む${words.this}の声`,
    sql,
    params,
    row: { term: row.term },
    listed: "main",
    voiceIds: row.voice_ids,
  });
}

type RisenTerm = { readonly row: RisingTermRow; readonly change: Change };
export type MergedTerm = RisenTerm & { readonly others: string[] };

/** Adjectives that say nothing without their sentence: 「どうしたらいいのか」. */
const GENERAL_ADJECTIVES: ReadonlySet<string> = new Set([
  ...["いい", "よい", "良い", "好い", "ない", "無い", "多い", "少ない"],
  ...["大きい", "小さい", "すごい", "凄い", "ほしい", "欲しい"],
]);

/** Of all terms that were compared, those whose share rose for sure: at most one in twenty of them by chance. */
function surelyRisen(rows: readonly RisingTermRow[]): RisenTerm[] {
  const changes = compareRates(
    rows.map(({ voice_count, new_total, before_count, before_total }) => ({
      count: voice_count,
      base: new_total,
      previousCount: before_count,
      previousBase: before_total,
      dispersion: 1,
    })),
    { fewest: FEWEST_VOICES, tested: rows[0]?.compared_count ?? 0 },
  );
  return rows.flatMap((row, index) => {
    const change = changes[index];
    return change?.word === "increased" && !GENERAL_ADJECTIVES.has(row.term)
      ? [{ row, change }]
      : [];
  });
}

/**
 * Puts terms that nearly the same voices hold under one of them: the first, or a longer one that it is a part of.
 *
 * @param terms surest first
 */
export function mergeTerms<Term extends { readonly row: RisingTermRow }>(
  terms: readonly Term[],
): (Term & { readonly others: string[] })[] {
  const groups: Term[][] = [];
  for (const term of terms) {
    const group = groups.find(([first]) => first !== undefined && isSameThing(first.row, term.row));
    if (group === undefined) groups.push([term]);
    else if (group[0] !== undefined && term.row.term.includes(group[0].row.term))
      group.unshift(term);
    else group.push(term);
  }
  return groups.flatMap(([head, ...rest]) => {
    if (head === undefined) return [];
    const others = rest.map(({ row }) => row.term).filter((term) => !head.row.term.includes(term));
    return [{ ...head, others }];
  });
}

function isSameThing(left: RisingTermRow, right: RisingTermRow): boolean {
  const known = new Set(left.voice_ids);
  const shared = right.voice_ids.filter((id) => known.has(id)).length;
  return shared >= NEARLY_SAME * Math.max(left.voice_ids.length, right.voice_ids.length);
}
