import { addDays, type DailyPeriod } from "../../pipeline/period.ts";
import { addFigure, type Figures, figureOf } from "../figure.ts";
import type { DailyEffects } from "./daily-effects.ts";
import type { DailyReport } from "./daily-report.ts";
import { USUAL_DAYS_BACK, usualDaysOf, usualLevels } from "./usual-level.ts";

/** Rows of the table; the rest is one line. */
const SUBJECT_LIMIT = 12;

type Counts = Pick<DailyReport, "usualDays" | "usual" | "subjects" | "others">;

/** How many voices each product had on a day, beside its usual level; the figure `all` is there. */
export async function readSubjects(
  effects: DailyEffects,
  figures: Figures,
  { from, until }: DailyPeriod,
): Promise<Counts> {
  const since = addDays(from, -USUAL_DAYS_BACK);
  const days = (await effects.readVoicesByDay({ from: since, until })).rows;
  const all = new Map(days.map((row) => [row.received_on, row.voice_count]));
  const { rows, ...asked } = await effects.readSubjectsByDay({ since, from, until });
  const subjects = new Map<string, { row: (typeof rows)[number]; counts: Map<string, number> }>();
  for (const row of rows) {
    const key = JSON.stringify([row.subject_kind, row.subject]);
    const counts = subjects.get(key)?.counts ?? new Map<string, number>();
    // The day itself comes last of its subject's.
    subjects.set(key, { row, counts: counts.set(row.received_on, row.voice_count) });
  }
  const usualDays = usualDaysOf(from, days[0]?.received_on);
  const ranked = [...subjects.values()].sort(
    (left, right) => right.row.voice_count - left.row.voice_count,
  );
  const [usual, ...levels] = usualLevels(from, usualDays, [
    all,
    ...ranked.map(({ counts }) => counts),
  ]);
  if (usual === undefined) throw new RangeError("a table without its first cell");
  const shown = ranked.slice(0, SUBJECT_LIMIT).flatMap(({ row }, index) => {
    const level = levels[index];
    if (level === undefined) return [];
    const { subject_kind, subject, received_on, voice_ids } = row;
    const figure = addFigure(figures, {
      ...{ id: `subject-${index + 1}`, label: `「${subject}」の声`, ...asked },
      row: { subject_kind, subject, received_on },
      listed: "sidecar",
      voiceIds: voice_ids,
    });
    return [{ subject, figure, usual: level }];
  });
  const rest = ranked.slice(SUBJECT_LIMIT).map(({ row }) => row.voice_count);
  const named = ranked.reduce((sum, { row }) => sum + row.voice_count, 0);
  return {
    usualDays,
    usual,
    subjects: shown,
    others: {
      subjects: rest.length,
      voices: rest.reduce((sum, count) => sum + count, 0),
      unnamed: figureOf(figures, "all").value - named,
    },
  };
}
