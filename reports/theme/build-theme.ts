import { z } from "zod";
import { type Period, previousPeriod } from "../../pipeline/period.ts";
import { countCodePoints } from "../../pipeline/text/code-points.ts";
import { type Connection, query } from "../../pipeline/warehouse/query.ts";
import { queryOwn } from "../../pipeline/warehouse/query-own.ts";
import { formatRatio } from "../format-japanese.ts";
import type { ColumnKind } from "../outline/outline.ts";
import type { CustomSection, Theme } from "./theme.ts";
import type { ThemeSource } from "./theme-file.ts";

type Cell = CustomSection["rows"][number][number];

/** A section is for a meeting; whoever wants more has the snapshot. */
const LIMITS = { rows: 200, timeoutMs: 60_000 };

/** Asks what a theme's own sections say of a period, and so makes it fit to be frozen. */
export async function buildTheme(
  connection: Connection,
  { theme, sections }: ThemeSource,
  { period, taxonomy }: { readonly period: Period; readonly taxonomy: string },
): Promise<Theme> {
  const { from, until } = period;
  const params = { from, until, previous_from: previousPeriod(period).from, taxonomy };
  const built: CustomSection[] = [];
  for (const { id, title, after, text: sql, columns: titles, line, table } of sections) {
    const answer = await queryOwn(connection, { sql, what: `「${title}」`, params }, LIMITS);
    const rows = answer.rows.map((row) => [...row]);
    const quotes = await voicesQuoted(connection, rows);
    const kinds = answer.columns.map((name, index) => kindOf(name, rows, index));
    built.push({
      id,
      title,
      after,
      sql,
      columns: answer.columns.map((name, index) => ({
        title: titles[name] ?? name,
        kind: kinds[index] ?? "text",
      })),
      rows,
      isTable: table ?? line === undefined,
      lines: line === undefined ? [] : rows.map((row) => sentence(line, answer.columns, row)),
      ...(quotes.length > 0 && { quotes }),
    });
  }
  return { ...theme, sections: built };
}

/** Shorter texts are names and labels. */
const QUOTE_CHARS = 12;
const QuotedRow = z.strictObject({ voice_id: z.string() });

async function voicesQuoted(
  connection: Connection,
  rows: readonly (readonly Cell[])[],
): Promise<string[]> {
  const cells = rows.flat().filter((cell) => typeof cell === "string");
  const texts = [...new Set(cells)].filter((text) => countCodePoints(text) >= QUOTE_CHARS);
  if (texts.length === 0) return [];
  const params = { texts: JSON.stringify(texts) };
  const quoted = await query(connection, "questions/voices_quoted.sql", params, QuotedRow);
  return quoted.map(({ voice_id }) => voice_id);
}

/** A column's name says what a number is; else whole numbers are counts. */
function kindOf(name: string, rows: readonly Cell[][], index: number): ColumnKind {
  const cells = rows.map((row) => row[index] ?? null).filter((cell) => cell !== null);
  if (cells.length > 0 && cells.every((cell) => typeof cell === "number")) {
    if (name.endsWith("_share")) return "share";
    return cells.every((cell) => Number.isInteger(cell)) ? "count" : "ratio";
  }
  const isDay = (cell: Cell) => typeof cell === "string" && /^\d{4}-\d\d-\d\d$/.test(cell);
  return cells.length > 0 && cells.every(isDay) ? "day" : "text";
}

/** Puts the row's values in the place of {column}. */
function sentence(template: string, columns: readonly string[], row: readonly Cell[]): string {
  return template.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const index = columns.indexOf(name);
    if (index < 0) return whole;
    const cell = row[index] ?? "";
    return typeof cell === "number" && !Number.isInteger(cell) ? formatRatio(cell) : String(cell);
  });
}
