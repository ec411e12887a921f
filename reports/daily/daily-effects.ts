import { z } from "zod";
import { type Connection, query } from "../../pipeline/warehouse/query.ts";
import { warehouseEffects } from "../read-warehouse.ts";
import type { Answer, ReportEffects, Span } from "../report-effects.ts";
import { GraveRow } from "../report-rows.ts";

const SubjectDayRow = z.strictObject({
  subject_kind: z.enum(["product", "place", "none"]),
  subject: z.string(),
  received_on: z.string(),
  voice_count: z.number().int(),
  voice_ids: z.array(z.string()),
});

/** What the daily digest asks beside what all reports ask. */
export type DailyEffects = ReportEffects & {
  /** @param since first of the days before */
  readSubjectsByDay(span: Span & { readonly since: string }): Promise<Answer<typeof SubjectDayRow>>;
  /** @param severity from which a topic is grave */
  readGraveVoices(
    span: Span,
    asked: { readonly taxonomy: string; readonly severity: number },
  ): Promise<Answer<typeof GraveRow>>;
};

export function dailyEffects(connection: Connection): DailyEffects {
  return {
    ...warehouseEffects(connection),
    async readSubjectsByDay({ since, from, until }) {
      const sql = "questions/subjects_by_day.sql";
      const params = { since, from, until };
      return { sql, params, rows: await query(connection, sql, params, SubjectDayRow) };
    },
    async readGraveVoices({ from, until }, { taxonomy, severity }) {
      const sql = "questions/grave_voices.sql";
      const params = { from, until, taxonomy, severity: String(severity) };
      return { sql, params, rows: await query(connection, sql, params, GraveRow) };
    },
  };
}
