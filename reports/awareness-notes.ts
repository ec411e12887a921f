import { z } from "zod";
import type { Period } from "../pipeline/period.ts";
import type { ReportEffects } from "./report-effects.ts";
import type { TopicAwarenessRow } from "./report-rows.ts";
import { type Voices, voicesOf } from "./voices/voice.ts";

export const AwarenessNote = z.strictObject({
  awarenessId: z.string(),
  voiceId: z.string(),
  author: z.string(),
  reason: z.string(),
  addedOn: z.string(),
});
export type AwarenessNote = z.infer<typeof AwarenessNote>;

/** 気づき on voices of the period; and those on older voices that no earlier report has shown. */
export const AwarenessNotes = z.strictObject({
  current: z.array(AwarenessNote),
  added: z.array(AwarenessNote),
});
export type AwarenessNotes = z.infer<typeof AwarenessNotes>;

/** @returns the notes, and the older voices they are about, which the period's own voices lack */
export async function readAwarenessNotes(
  effects: ReportEffects,
  period: Period,
): Promise<{ notes: AwarenessNotes; olderVoices: Voices }> {
  const { rows } = await effects.readAwareness(period.until);
  const current = rows.filter((row) => row.received_on >= period.from);
  const older = rows.filter((row) => row.received_on < period.from);
  // Without older ones the values of all earlier reports, megabytes each, need not be read.
  const reported = new Set(
    older.length === 0 ? [] : await effects.readReportedAwarenessIds(period.job, period.name),
  );
  const added = older.filter(({ awareness_id }) => !reported.has(awareness_id));
  return {
    notes: { current: current.map(noteOf), added: added.map(noteOf) },
    olderVoices: voicesOf(added, []),
  };
}

/** Ids of everything shown: what the next report of the job leaves out of its 追加. */
export function shownAwarenessIds({ current, added }: AwarenessNotes): string[] {
  return [...current, ...added].map(({ awarenessId }) => awarenessId).sort();
}

export function noteOf(row: Omit<TopicAwarenessRow, "topic">): AwarenessNote {
  return {
    awarenessId: row.awareness_id,
    voiceId: row.voice_id,
    author: row.author,
    reason: row.reason,
    addedOn: row.added_on,
  };
}
