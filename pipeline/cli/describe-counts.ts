type Counts = {
  readonly voices: number;
  /** Of the voices, those that were known with other words. */
  readonly changed: number;
  readonly duplicates: number;
  readonly skipped: number;
  /** Of the skipped, those of voices that were forgotten. */
  readonly forgotten: number;
  readonly deadLetters: number;
};

/** What became of records that were taken in. */
export function describeCounts({
  voices,
  changed,
  duplicates,
  skipped,
  forgotten,
  deadLetters,
}: Counts): string {
  const parts = [
    `新しい声 ${voices - changed} 件`,
    ...(changed > 0 ? [`変わった声 ${changed} 件`] : []),
    `取り込み済み ${duplicates} 件`,
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
  return rows === fileRows ? `${rows} 行` : `${fileRows} 行（回答 ${rows} 件）`;
}
