import { z } from "zod";
import { query } from "../../pipeline/warehouse/query.ts";
import { SURE_HARM } from "../bodily-harm.ts";
import { warehouseEffects } from "../read-warehouse.ts";
import type { Answer, ReportEffects, Span } from "../report-effects.ts";

const SubjectDayRow = z.strictObject({
  subject_kind: z.enum(["product", "place"]),
  subject: z.string(),
  received_on: z.string(),
  voice_count: z.number().int(),
  voice_ids: z.array(z.string()),
});

/** A voice and its segment that says most surely so. */
const HarmVoiceRow = z.strictObject({
  voice_id: z.string(),
  span_start: z.number().int(),
  span_end: z.number().int(),
  is_sure: z.boolean(),
});

/** What the daily digest asks beside what all reports ask. */
export type DailyEffects = ReportEffects & {
  /** @param since first of the days before */
  readSubjectsByDay(span: Span & { readonly since: string }): Promise<Answer<typeof SubjectDayRow>>;
  readHarm(span: Span): Promise<Answer<typeof HarmVoiceRow>>;
};

export function dailyEffects(connection: Parameters<typeof query>[0]): DailyEffects {
  return {
    ...warehouseEffects(connection),
    async readSubjectsByDay({ since, from, until }) {
      const sql = "questions/subjects_by_day.sql";
      const params = { since, from, until };
      return { sql, params, rows: await query(connection, sql, params, SubjectDayRow) };
    },
    async readHarm({ from, until }) {
      const sql = "questions/harm_of_day.sql";
      const params = { from, until, sure: String(SURE_HARM) };
      return { sql, params, rows: await query(connection, sql, params, HarmVoiceRow) };
    },
  };
}
