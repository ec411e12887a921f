import { z } from "zod";
import { addDays, type Period } from "../../pipeline/period.ts";
import { addFigure, type Figures } from "../figure.ts";
import type { ReportEffects } from "../report-effects.ts";
import type { RisingTermRow } from "../report-rows.ts";

export const RisingTerm = z.strictObject({
  term: z.string(),
  figure: z.string(),
  /** Voices with the term in the weeks before. */
  before: z.number().int(),
  /** Share now to share before; null where the term is new. */
  ratio: z.number().nullable(),
  g2: z.number(),
});
export type RisingTerm = z.infer<typeof RisingTerm>;

export const RisingTerms = z.strictObject({
  baselineFrom: z.string(),
  baselineVoices: z.number().int(),
  /** How many terms were compared: of 100, one may be listed by chance. */
  compared: z.number().int(),
  rows: z.array(RisingTerm),
});
export type RisingTerms = z.infer<typeof RisingTerms>;

export const BASELINE_WEEKS = 8;
export const FEWEST_VOICES = 5;
/** Chi-square with one degree of freedom at p = 0.01. */
export const CRITICAL_G2 = 6.635;
const TERM_LIMIT = 12;
/** A term inside a longer listed one is the same finding where it is hardly ever met without it. */
const NEARLY_SAME = 0.8;

export async function readRisingTerms(
  effects: ReportEffects,
  figures: Figures,
  { from, until }: Period,
): Promise<RisingTerms> {
  const baselineFrom = addDays(from, -7 * BASELINE_WEEKS);
  const { sql, params, rows } = await effects.readRisingTerms({
    baselineFrom,
    from,
    until,
    minimum: FEWEST_VOICES,
    critical: CRITICAL_G2,
  });
  return {
    baselineFrom,
    baselineVoices: rows[0]?.before_total ?? 0,
    compared: rows[0]?.compared_count ?? 0,
    rows: withoutFragments(rows)
      .slice(0, TERM_LIMIT)
      .map((row, index) => ({
        term: row.term,
        figure: addFigure(figures, {
          id: `term-${index + 1}`,
          label: `「${row.term}」を含む今週の声`,
          sql,
          params,
          row: { term: row.term },
          listed: "main",
          voiceIds: row.voice_ids,
        }),
        before: row.before_count,
        ratio: row.ratio,
        g2: row.g2,
      })),
  };
}

/** Drops a term that is part of another one with nearly the same voices. */
export function withoutFragments(rows: readonly RisingTermRow[]): RisingTermRow[] {
  return rows.filter((row) => !rows.some((other) => isFragment(row, other)));
}

function isFragment(row: RisingTermRow, other: RisingTermRow): boolean {
  if (row.term.length >= other.term.length || !other.term.includes(row.term)) return false;
  const whole = new Set(other.voice_ids);
  const shared = row.voice_ids.filter((id) => whole.has(id)).length;
  return shared >= NEARLY_SAME * row.voice_ids.length;
}
