import { isDate, parseReceivedAt } from "../record/parse-received-at.ts";
import type { Sample } from "../table/sample.ts";
import { columnsFor } from "./column-words.ts";

/** The columns of a role, and what a person has to look at. */
export type Choice = { readonly columns: readonly string[]; readonly doubt?: string };

/** @returns the day's column, and the time's where it stands in one of its own */
export function chooseReceivedAt(sample: Sample): Choice {
  const candidates = columnsFor("receivedAt", sample.columns);
  const column = candidates.find((candidate) => sample.mostly(candidate, isDate));
  if (column !== undefined) return { columns: [column, ...timeBeside(sample, column)] };
  const dated = sample.columns.find(
    (other) => !OTHER_DAYS.test(other) && sample.mostly(other, isDate),
  );
  if (dated !== undefined) {
    const doubt = `見出しからは受付日時がわかりません。中身が日付の「${dated}」を受付日時とします`;
    return { columns: [dated, ...timeBeside(sample, dated)], doubt };
  }
  if (candidates.length === 0)
    return { columns: [], doubt: "受付日時にあたる見出しが見当たりません" };
  const doubt = `「${candidates.join("」「")}」の 95% 以上が日付として読めません${unreadDate(sample, candidates)}。読めるのは、2026/11/2 10:15、2026年11月2日、令和8年11月2日、20261102、Mon, 02 Nov 2026 10:15:00 +0900 など`;
  return { columns: [], doubt };
}

/** A cell is shown only where it is made of what dates are made of. */
function unreadDate(sample: Sample, candidates: readonly string[]): string {
  const unread = candidates
    .flatMap((column) => sample.written(column))
    .find((cell) => typeof parseReceivedAt(cell) === "string" && LIKE_A_DATE.test(cell));
  return unread === undefined ? "" : `（読めなかった例: ${unread}）`;
}

const LIKE_A_DATE =
  /^(?=.{0,15}\d)[\dA-Za-z年月日時分秒午前後令和平成曜火水木金土 /:.,+()-]{1,40}$/;

/** Days of something else than the voice. */
const OTHER_DAYS = /生年|誕生|birth|購入|製造|賞味|消費|期限|発売|完了|対応|更新|納品|発送|予定/i;

/** A day in one column and its time in another are one moment. */
function timeBeside(sample: Sample, column: string): readonly string[] {
  const isDay = (cell: string) => {
    const read = parseReceivedAt(cell);
    return typeof read === "string" || read.receivedPrecision === "date";
  };
  if (!sample.cells(column).every(isDay)) return [];
  const isTime = (cell: string) => typeof parseReceivedAt(`2025-07-01 ${cell}`) === "object";
  return columnsFor("time", sample.columns)
    .filter((time) => sample.mostly(time, isTime))
    .slice(0, 1);
}
