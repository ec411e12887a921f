import { isDate } from "../record/parse-received-at.ts";
import { normalizeValue } from "../source.ts";
import type { Sample } from "../table/sample.ts";
import { looksPersonal } from "./column-words.ts";

/** Of fewer rows any column may be unique by chance. */
const FEWEST_ROWS = 5;

/** @returns what to say where no column tells the voices apart and one of these could */
export function noteOnId(sample: Sample, columns: readonly string[]): readonly string[] {
  const unique = columns.filter((column) => couldBeId(sample, column));
  if (unique.length === 0) return [];
  return [
    `声を見分ける番号の列が選ばれていません。「${unique.join("」「")}」は行ごとに値が違います。番号なら、説明の columns の id に書いてください（書かないと、本文や日時の直された声は、別の声として数えます）`,
  ];
}

/** Whether every row has a number, or letters and digits, of its own: no day, no telephone number. */
export function couldBeId(sample: Sample, column: string): boolean {
  const cells = sample.cells(column);
  return (
    cells.length >= FEWEST_ROWS &&
    areNumbers(sample, column) &&
    !looksPersonal(cells) &&
    !cells.every(isDate)
  );
}

/** Whether each cell is a number of its own, letters and signs of numbers among its digits. */
export function areNumbers(sample: Sample, column: string): boolean {
  const cells = sample.cells(column).map(normalizeValue);
  return new Set(cells).size === cells.length && cells.every((cell) => NUMBER.test(cell));
}

const NUMBER = /^(?=.*\d)[A-Za-z0-9][\w./#-]{0,39}$/;
