import { addDays } from "../pipeline/period.ts";
import { type CommonReport, spanWordsOf } from "./common-report.ts";
import { figureOf } from "./figure.ts";
import { comparableFigure } from "./key-figures.ts";

/** Spans of days that a line names; of more it gives the number of days. */
const SPANS_NAMED = 3;

type Counted = Pick<CommonReport, "completeness" | "figures" | "keyFigures" | "trend"> &
  Pick<CommonReport, "pastSpans" | "period">;

/**
 * Days without any voice, to stand beside the number of voices: 1月1日〜4日は声がありません。 Also whether the number is
 * compared without them, and where it is said to have shrunk with them, that voices may only not have arrived. Empty where
 * there is no such day, or no voice at all.
 */
export function emptyDaysText(report: Counted): string {
  const { emptyDays } = report.completeness;
  if (figureOf(report.figures, "all").value === 0) return "";
  const { from } = report.period;
  const leftOut = report.pastSpans?.leftOut ?? [];
  const before = leftOut.filter((day) => day < from);
  const silent = [
    ...(emptyDays.length === 0 ? [] : [emptyText(emptyDays)]),
    ...(before.length === 0 ? [] : [`${spanWordsOf(report).previous}の${emptyText(before)}`]),
  ];
  if (silent.length === 0) return "";
  const compared = leftOut.length > 0 ? "増減は、その日を除いて比べました。" : "";
  const isDoubtful = leftOut.length < emptyDays.length + before.length && isSaidToShrink(report);
  const doubt = isDoubtful ? "届いていない声があれば、減り方はこれより小さくなります。" : "";
  return `${silent.join("")}${compared}${doubt}`;
}

function isSaidToShrink({ keyFigures, trend }: Counted): boolean {
  const line = keyFigures.find(({ measure }) => measure === "all");
  if (line === undefined) return false;
  const { change, lastYear, usual } = comparableFigure(line, trend);
  return [change, lastYear?.change, usual?.change].some((each) => each?.word === "decreased");
}

function emptyText(emptyDays: readonly string[]): string {
  const spans: string[][] = [];
  for (const day of emptyDays) {
    const span = spans.at(-1);
    const last = span?.at(-1);
    if (span !== undefined && last !== undefined && addDays(last, 1) === day) span.push(day);
    else spans.push([day]);
  }
  return spans.length > SPANS_NAMED
    ? `声のない日が${emptyDays.length}日あります。`
    : `${spans.map(spanText).join("、")}は声がありません。`;
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
