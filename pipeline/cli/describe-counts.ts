import { z } from "zod";
import { formatCount } from "../../reports/format-japanese.ts";

/** What became of records that were taken in; all but `changed` and `forgotten` sum up to them. */
export const Counts = z.strictObject({
  voices: z.number().int(),
  /** Of the voices, those that were known with other words. */
  changed: z.number().int(),
  duplicates: z.number().int(),
  deadLetters: z.number().int(),
  /** Records without words. */
  skipped: z.number().int(),
  /** Of the skipped, those of voices that were forgotten. */
  forgotten: z.number().int(),
});

export function describeCounts({
  voices,
  changed,
  duplicates,
  skipped,
  forgotten,
  deadLetters,
}: z.infer<typeof Counts>): string {
  const parts = [
    `新しい声 ${formatCount(voices - changed)} 件`,
    ...(changed > 0 ? [`変わった声 ${changed} 件`] : []),
    `取り込み済み ${formatCount(duplicates)} 件`,
    ...(skipped > forgotten ? [`本文なし ${skipped - forgotten} 件`] : []),
    ...(forgotten > 0 ? [`消去済み ${forgotten} 件`] : []),
    `不達 ${deadLetters} 件`,
  ];
  const hint = deadLetters > 0 ? "（kizuki dead list で見られます）" : "";
  return parts.join("、") + hint;
}

/** A row of a survey is a record for each answer. */
export function describeRows({
  rows,
  fileRows,
}: {
  readonly rows: number;
  readonly fileRows: number;
}): string {
  return rows === fileRows
    ? `${formatCount(rows)} 行`
    : `${formatCount(fileRows)} 行（回答 ${formatCount(rows)} 件）`;
}
