import { addDays } from "../pipeline/period.ts";
import type { CommonReport } from "./common-report.ts";
import { figureOf } from "./figure.ts";

/** Spans of days that a line names; of more it gives the number of days. */
const SPANS_NAMED = 3;

/** Days without any voice, to stand beside the number of voices: 1月1日〜4日は声がありません. Empty where there is none, or no voice at all. */
export function emptyDaysText({
  completeness: { emptyDays },
  figures,
}: Pick<CommonReport, "completeness" | "figures">): string {
  if (emptyDays.length === 0 || figureOf(figures, "all").value === 0) return "";
  const spans: string[][] = [];
  for (const day of emptyDays) {
    const span = spans.at(-1);
    const last = span?.at(-1);
    if (span !== undefined && last !== undefined && addDays(last, 1) === day) span.push(day);
    else spans.push([day]);
  }
  return spans.length > SPANS_NAMED
    ? `声のない日が${emptyDays.length}日あります`
    : `${spans.map(spanText).join("、")}は声がありません`;
}

function spanText(days: readonly string[]): string {
  const [first = "", last = first] = [days[0], days.at(-1)];
  if (first === last) return dayText(first);
  const isOneMonth = first.slice(0, 7) === last.slice(0, 7);
  return `${dayText(first)}〜${isOneMonth ? `${Number(last.slice(8))}日` : dayText(last)}`;
}

function dayText(day: string): string {
  return `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;
}
