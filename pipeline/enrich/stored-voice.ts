import { z } from "zod";
import type { Origin } from "../schema/origin.ts";

/** One segment of a stored voice, with what a record of `voc.enriched` says about the voice. */
export const StoredSegmentRow = z.strictObject({
  segment_id: z.number(),
  voice_id: z.string(),
  text: z.string(),
  revision_hash: z.string(),
  source: z.string(),
  origin_stream: z.string(),
  origin_offset: z.number(),
  origin_row: z.number(),
  file: z.string(),
});
export type StoredSegmentRow = z.infer<typeof StoredSegmentRow>;

/** Segments of one voice in reading order, each with the answer it got. */
export type AnsweredVoice<Row extends StoredSegmentRow, Answer> = readonly [
  { readonly row: Row; readonly answer: Answer },
  ...{ readonly row: Row; readonly answer: Answer }[],
];

/** @param rows in order of voice and position; @param answers one a row */
export function groupByVoice<Row extends StoredSegmentRow, Answer>(
  rows: readonly Row[],
  answers: readonly Answer[],
): AnsweredVoice<Row, Answer>[] {
  const voices: [{ row: Row; answer: Answer }, ...{ row: Row; answer: Answer }[]][] = [];
  for (const [index, row] of rows.entries()) {
    const answer = answers[index];
    if (answer === undefined) throw new Error("there are fewer answers than segments");
    const last = voices.at(-1);
    if (last?.[0].row.voice_id === row.voice_id) last.push({ row, answer });
    else voices.push([{ row, answer }]);
  }
  return voices;
}

/** What new tags are tied to, see `RetaggedVoice`. */
export function tiedTo(row: StoredSegmentRow): {
  readonly origin: Origin;
  readonly voiceId: string;
  readonly revision: string;
} {
  const { source, file, origin_stream, origin_offset, origin_row } = row;
  return {
    origin: { stream: origin_stream, source, file, offset: origin_offset, row: origin_row },
    voiceId: row.voice_id,
    revision: row.revision_hash,
  };
}
