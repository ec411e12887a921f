import { addDays, type DailyPeriod } from "../../pipeline/period.ts";
import { addFigure, type Figures } from "../figure.ts";
import type { DailyEffects } from "./daily-effects.ts";
import type { DailyReport } from "./daily-report.ts";
import { USUAL_DAYS_BACK, usualDaysOf, usualLevels } from "./usual-level.ts";

/** Rows of the table; the rest is one line. */
const SUBJECT_LIMIT = 12;
/** The figure of voices that name neither product nor place; older values have none. */
export const UNNAMED = "unnamed";

type Counts = Pick<DailyReport, "usualDays" | "usual" | "subjects" | "others">;

/** How many voices each product had on a day, beside its usual level; the voices that name none are a figure too. */
export async function readSubjects(
  effects: DailyEffects,
  figures: Figures,
  { from, until }: DailyPeriod,
): Promise<Counts> {
  const since = addDays(from, -USUAL_DAYS_BACK);
  const days = (await effects.readVoicesByDay({ from: since, until })).rows;
  const all = new Map(days.map((row) => [row.received_on, row.voice_count]));
  const { rows, ...asked } = await effects.readSubjectsByDay({ since, from, until });
  const unnamed = rows.find(
    ({ subject_kind, received_on }) => subject_kind === "none" && received_on >= from,
  );
  const subjects = new Map<string, { row: (typeof rows)[number]; counts: Map<string, number> }>();
  for (const row of rows.filter(({ subject_kind }) => subject_kind !== "none")) {
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
  if (unnamed !== undefined) {
    const { subject_kind, received_on, voice_ids } = unnamed;
    addFigure(figures, {
      ...{ id: UNNAMED, label: "商品の欄も場所の欄も空の声", ...asked },
      row: { subject_kind, received_on },
      listed: "sidecar",
      voiceIds: voice_ids,
    });
  }
  return {
    usualDays,
    usual,
    subjects: shown,
    others: {
      subjects: rest.length,
      voices: rest.reduce((sum, count) => sum + count, 0),
      unnamed: unnamed?.voice_count ?? 0,
    },
  };
}
