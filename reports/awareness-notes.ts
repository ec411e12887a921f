import { z } from "zod";
import type { Period } from "../pipeline/period.ts";
import { shorten } from "../pipeline/text/code-points.ts";
import { formatDay } from "./format-japanese.ts";
import type { ReportEffects } from "./report-effects.ts";
import type { AwarenessRow, TopicAwarenessRow } from "./report-rows.ts";
import { type Voices, voicesOf } from "./voices/voice.ts";

export const AwarenessNote = z.strictObject({
  awarenessId: z.string(),
  voiceId: z.string(),
  author: z.string(),
  reason: z.string(),
  addedOn: z.string(),
});
export type AwarenessNote = z.infer<typeof AwarenessNote>;

/** A 気づき that an earlier report has shown, and that its author has withdrawn in the period; or after it, and an earlier revision of this report has. */
const WithdrawnNote = AwarenessNote.extend({ withdrawnOn: z.string(), because: z.string() });
type WithdrawnNote = z.infer<typeof WithdrawnNote>;

/** 気づき on voices of the period; and those on older voices that no earlier report has shown. */
export const AwarenessNotes = z.strictObject({
  current: z.array(AwarenessNote),
  added: z.array(AwarenessNote),
  /** Left out where there is none. */
  withdrawn: z.array(WithdrawnNote).optional(),
});
export type AwarenessNotes = z.infer<typeof AwarenessNotes>;

/** @returns the notes, and the older voices they are about, which the period's own voices lack */
export async function readAwarenessNotes(
  effects: ReportEffects,
  {
    period,
    earlier,
  }: {
    readonly period: Period;
    /** Revisions of this report. */
    readonly earlier: readonly { readonly awarenessShown: readonly string[] }[];
  },
): Promise<{ notes: AwarenessNotes; olderVoices: Voices }> {
  const { rows } = await effects.readAwareness(period.until);
  const standing = rows.filter((row) => row.withdrawn_on === null);
  const current = standing.filter((row) => row.received_on >= period.from);
  const older = standing.filter((row) => row.received_on < period.from);
  const takenBack = rows.filter(({ withdrawn_on: on }) => on !== null && isWithin(on, period));
  // Without older ones the values of all earlier reports, megabytes each, need not be read.
  const reported = new Set(
    older.length + takenBack.length === 0
      ? []
      : await effects.readReportedAwarenessIds(period.job, period.name),
  );
  const added = older.filter(({ awareness_id }) => !reported.has(awareness_id));
  const shownHere = new Set(earlier.flatMap(({ awarenessShown }) => awarenessShown));
  const withdrawn = rows.filter(
    ({ awareness_id: id, withdrawn_on: on }) =>
      on !== null && (shownHere.has(id) || (isWithin(on, period) && reported.has(id))),
  );
  return {
    notes: {
      current: current.map(noteOf),
      added: added.map(noteOf),
      ...(withdrawn.length > 0 && { withdrawn: withdrawn.flatMap(withdrawnOf) }),
    },
    olderVoices: voicesOf([...added, ...withdrawn], []),
  };
}

function isWithin(date: string, { from, until }: Period): boolean {
  return date >= from && date < until;
}

function withdrawnOf(row: AwarenessRow): WithdrawnNote[] {
  const { withdrawn_on: withdrawnOn, withdrawn_because: because } = row;
  if (withdrawnOn === null || because === null) return [];
  return [{ ...noteOf(row), withdrawnOn, because }];
}

/** Enough to know it by: the month's page is one. */
const SHOWN = 40;

/** In a line; the same in every form. */
export function withdrawnTexts({ withdrawn = [] }: AwarenessNotes): string[] {
  return withdrawn.map(
    ({ author, reason, addedOn, withdrawnOn, because }) =>
      `「${shorten(reason, SHOWN)}」（${author}　${formatDay(addedOn)}）は、${formatDay(withdrawnOn)}に取り下げられました。理由：${because}`,
  );
}

/** Ids of everything shown, also as withdrawn: what the next report of the job leaves out of its 追加 and may call withdrawn. */
export function shownAwarenessIds({ current, added, withdrawn = [] }: AwarenessNotes): string[] {
  return [...current, ...added, ...withdrawn].map(({ awarenessId }) => awarenessId).sort();
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
