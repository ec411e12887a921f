import { z } from "zod";
import { addDays, type Period } from "../pipeline/period.ts";
import { Arrival } from "./arrivals.ts";
import { addFigure, type Figures } from "./figure.ts";
import type { Answer, ReportEffects } from "./report-effects.ts";
import type { DayRow, DeadLetterRow, OriginRow } from "./report-rows.ts";

const UnreadRecord = z.strictObject({
  file: z.string(),
  row: z.number().int(),
  column: z.string().nullable(),
  step: z.string(),
  reason: z.string(),
});

/** What the period's voices came from, what is missing, and what could not be read. */
export const Completeness = z.strictObject({
  sources: z.array(z.strictObject({ file: z.string(), source: z.string(), figure: z.string() })),
  /** The sources that are expected in each period, in the order of the configuration. */
  expected: z.array(Arrival),
  /** Days of the period without any voice. */
  emptyDays: z.array(z.string()),
  unreadTotal: z.number().int(),
  /** The first of them, in order of file and row. */
  unread: z.array(UnreadRecord),
});
export type Completeness = z.infer<typeof Completeness>;

/** More than this belong into the list of dead letters, not into a report. */
const UNREAD_LIMIT = 50;

export type CompletenessInput = {
  readonly period: Period;
  readonly asOf: string;
  readonly origins: Answer<typeof OriginRow>;
  readonly arrivals: readonly Arrival[];
  readonly days: Answer<typeof DayRow>;
  readonly unread: Answer<typeof DeadLetterRow>;
};

export function readUnread(
  effects: ReportEffects,
  period: Period,
): Promise<Answer<typeof DeadLetterRow>> {
  return effects.readDeadLetters(period, UNREAD_LIMIT);
}

export function completenessOf(
  figures: Figures,
  { period, asOf, origins, arrivals, days, unread }: CompletenessInput,
): Completeness {
  return {
    sources: origins.rows.map(({ stream, file, source, voice_ids }, index) => ({
      file,
      source,
      figure: addFigure(figures, {
        id: `source-${index + 1}`,
        label: `${file} から届いた声`,
        sql: origins.sql,
        params: origins.params,
        row: { stream, source },
        listed: "main",
        voiceIds: voice_ids,
      }),
    })),
    expected: [...arrivals],
    emptyDays: emptyDays(period, asOf, days.rows),
    unreadTotal: unread.rows[0]?.total_count ?? 0,
    unread: unread.rows.map(({ file, origin_row, column_name, step, reason }) => ({
      file,
      row: origin_row,
      column: column_name,
      step,
      reason,
    })),
  };
}

/** A day that is not over when the report is made is not called empty. */
function emptyDays(
  { from, until }: Period,
  asOf: string,
  rows: readonly z.infer<typeof DayRow>[],
): string[] {
  const spoken = new Set(rows.map(({ received_on }) => received_on));
  const days: string[] = [];
  for (let day = from; day < until && day < asOf; day = addDays(day, 1)) {
    if (!spoken.has(day)) days.push(day);
  }
  return days;
}
