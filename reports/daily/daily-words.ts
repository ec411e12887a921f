import { figureOf } from "../figure.ts";
import { formatCount, formatDay, weekdayOf } from "../format-japanese.ts";
import type { Change } from "../statistics/change.ts";
import { CHANGE_WORDS, noChangeReason } from "../words.ts";
import type { DailyReport } from "./daily-report.ts";

/** いつもの火曜日, or いつもの休日 for Sundays and holidays alike. */
export function usualDayWords({ usualDays, period }: DailyReport): string {
  if (usualDays.kind === "holiday") return "いつもの休日";
  return `いつもの${weekdayOf(period.from)}曜日`;
}

/** A mean of voices a day. */
export function levelWords(level: number): string {
  return level < 1 ? "1件未満" : `${formatCount(Math.round(level))}件ほど`;
}

export function changeWords(change: Change): string {
  const { word } = change;
  if (word === "nothing-before") return "比べる日がない";
  return `${CHANGE_WORDS[word]}${noChangeReason(change)}`;
}

/** How the voices of the day stand to their usual level, as a sentence. */
export function changeClause(report: DailyReport): string {
  const { level, change } = report.usual;
  if (level === null) return "いつもと比べられるだけの日数は、まだありません。";
  const usual = `${usualDayWords(report)}（${levelWords(level)}）`;
  switch (change.word) {
    case "increased":
      return `${usual}より増えました。`;
    case "decreased":
      return `${usual}より減りました。`;
    case "unclear":
      return `${usual}と比べて、変化とは言えません${noChangeReason(change)}。`;
    default:
      return `${usual}と比べるには、件数が少なすぎます。`;
  }
}

/** What the subjects of a day are: its products, its places or both. */
export function subjectWords({ subjects, figures }: DailyReport): string {
  const kinds = new Set(subjects.map(({ figure }) => figureOf(figures, figure).row.subject_kind));
  if (kinds.size > 1) return "商品・場所";
  return kinds.has("place") ? "場所" : "商品";
}

/** So that a missing file is not taken for a quiet day. */
export function emptyDay(report: DailyReport): string {
  const { level } = report.usual;
  const usual =
    level === null || level < 1
      ? ""
      : `${usualDayWords(report)}は${levelWords(level)}ですので、取り込みもお確かめください。`;
  return `${formatDay(report.period.from)}に届いた声はありません。${usual}`;
}

/** What the revisions before counted; nothing in a first one. */
export function correctionNotes({
  countedBefore,
  countedOlder = [],
  revision,
}: DailyReport): string[] {
  if (countedBefore === null) return [];
  const counted = [...countedOlder, countedBefore].map(
    (count, index, { length }) => `第${revision - length + index}版では${formatCount(count)}件`,
  );
  return [`訂正: 声は、${counted.join("、")}でした。`];
}
