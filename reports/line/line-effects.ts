import { z } from "zod";
import type { Line } from "../../pipeline/lines-config.ts";
import type { Period } from "../../pipeline/period.ts";
import { type Connection, query } from "../../pipeline/warehouse/query.ts";
import { warehouseEffects } from "../read-warehouse.ts";
import type { ReportEffects } from "../report-effects.ts";
import { cutToLine, type LineCut, pasteableCut } from "./line-cut.ts";

type LineEffects = {
  readonly effects: ReportEffects;
  /** Sources of all voices of the period: one that sent nothing about this line has arrived all the same. */
  readonly arrived: ReadonlySet<string>;
  /** Voices of the period that name neither product nor place. */
  readonly nameless: number;
};

/** The effects of the report builders where only one line's voices are seen. The connection is of no use for the whole afterwards. */
export async function lineEffects(
  connection: Connection,
  lines: readonly Line[],
  { line, period }: { readonly line: LineCut; readonly period: Period },
): Promise<LineEffects> {
  const effects = warehouseEffects(connection);
  const { rows } = await effects.readOrigins(period);
  const [unnamed] = await query(
    connection,
    "questions/voices_without_names.sql",
    { from: period.from, until: period.until },
    z.strictObject({ voice_count: z.number().int() }),
  );
  await cutToLine(connection, lines, line);
  const cut = pasteableCut(lines, line);
  return {
    effects: { ...effects, readSql: (file) => cut + effects.readSql(file) },
    arrived: new Set(rows.map(({ source }) => source)),
    nameless: unnamed?.voice_count ?? 0,
  };
}
