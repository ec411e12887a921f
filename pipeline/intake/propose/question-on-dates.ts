import { parseReceivedAt } from "../record/parse-received-at.ts";
import { DateReading } from "../record/read-day.ts";

/** What has to be asked once of a file, and the lines of the description that answer it. */
export type DateQuestion = {
  /** In Japanese. */
  readonly reason: string;
  readonly dates: Readonly<Record<string, string>>;
};

/**
 * Finds what a file's dates leave open: the order of 01/02/03, or the year of 7/1. No row is read by a guess that
 * another row may contradict.
 *
 * @param cells the first rows'
 */
export function questionOnDates(
  cells: readonly string[],
  reading: DateReading = {},
): DateQuestion | undefined {
  const faulty = (fault: string) => cells.find((cell) => parseReceivedAt(cell, reading) === fault);
  const ambiguous = faulty("ambiguous date");
  if (ambiguous !== undefined) return askOrder(cells, ambiguous, reading);
  const yearless = faulty("date without year");
  if (yearless === undefined) return undefined;
  return {
    reason: `「${yearless}」には年がありません。説明の dates.firstDay に、このファイルのいちばん早い日を書いてください（例: dates: { firstDay: 2025-04-01 }）`,
    dates: { firstDay: "<いちばん早い日 2025-04-01>" },
  };
}

function askOrder(cells: readonly string[], example: string, reading: DateReading): DateQuestion {
  const fitting = DateReading.shape.order
    .unwrap()
    .options.filter((order) =>
      cells.every((cell) => isRead(parseReceivedAt(cell, { ...reading, order }))),
    );
  const [only, other] = fitting;
  const isSure = only !== undefined && other === undefined;
  return {
    reason:
      `「${example}」の年・月・日の並びがわかりません。説明の dates.order に ymd、mdy、dmy のどれかを書いてください（例: dates: { order: ymd }）` +
      (isSure ? `。はじめの ${cells.length} 行のどれにも合うのは ${only} だけです` : ""),
    dates: { order: isSure ? only : "<ymd、mdy、dmy のどれか>" },
  };
}

/** A typing error, such as the 30th of February, is no evidence against an order: a 13th month is. */
function isRead(read: ReturnType<typeof parseReceivedAt>): boolean {
  return typeof read !== "string" || read === "unreadable date" || read === "date without year";
}
