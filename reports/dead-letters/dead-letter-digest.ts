import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StorageError } from "../../pipeline/errors.ts";
import type { Home } from "../../pipeline/home.ts";
import type { DayPeriod } from "../../pipeline/period.ts";
import { query } from "../../pipeline/warehouse/query.ts";
import { renderDigest } from "./render-html.ts";

/** Lines that the page lists; the counts above them are of all. */
const LISTED_LETTERS = 200;

const CountRow = z.strictObject({
  file: z.string(),
  step: z.string(),
  reason: z.string(),
  letters: z.number().int(),
});

const LetterRow = z.strictObject({
  file: z.string(),
  origin_row: z.number().int(),
  column_name: z.string().nullable(),
  reason: z.string(),
});

/** What was refused on some days: coordinates and reasons, no words. */
export type DeadLetterDigest = {
  readonly period: DayPeriod;
  readonly counts: readonly z.infer<typeof CountRow>[];
  /** The first of them. */
  readonly letters: readonly z.infer<typeof LetterRow>[];
};

/**
 * Writes `reports/dead-letters/2026-01-05.html` where records were refused in the period.
 *
 * @returns path of the page and how many records it is about; undefined where there were none, and no page either
 */
export async function writeDigest(
  home: Home,
  period: DayPeriod,
): Promise<{ path: string; letters: number } | undefined> {
  const digest = await readDigest(home, period);
  const letters = digest.counts.reduce((sum, row) => sum + row.letters, 0);
  if (letters === 0) return undefined;
  const folder = join(home.config.home, "reports", "dead-letters");
  const path = join(folder, `${period.name}.html`);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.tmp`, renderDigest(digest));
    renameSync(`${path}.tmp`, path);
  } catch (cause) {
    throw new StorageError(
      `不達の知らせを ${folder} に書けません（ディスクの空きと権限を確かめてください）。`,
      { cause },
    );
  }
  return { path, letters };
}

async function readDigest({ warehouse }: Home, period: DayPeriod): Promise<DeadLetterDigest> {
  const days = { from: period.from, until: period.until };
  return await warehouse.snapshot(async (connection) => ({
    period,
    counts: await query(connection, "questions/dead_letter_counts.sql", days, CountRow),
    letters: await query(
      connection,
      "questions/dead_letters_since.sql",
      { ...days, limit: LISTED_LETTERS },
      LetterRow,
    ),
  }));
}
