import { isDate } from "../record/parse-received-at.ts";
import { Sample } from "../table/sample.ts";
import { looksPersonal } from "./column-words.ts";
import { saysChannel } from "./guess-channel.ts";
import { areNumbers } from "./note-on-id.ts";
import { holdsAddresses, holdsNames, holdsTelephones } from "./person-contents.ts";

type Rows = readonly ReadonlyMap<string, string>[];
type Holds = (sample: Sample, column: string) => boolean;

/**
 * Names the columns of a file without a header by what stands in them, as headings that a guess knows; what nothing tells
 * keeps its place for a name.
 *
 * @param rows with their columns named by place
 */
export function nameColumns(rows: Rows): readonly string[] {
  const sample = new Sample(rows);
  const names = new Map<string, string>();
  for (const [name, holds] of CONTENTS) {
    const column = sample.columns.find(
      (other) => !names.has(other) && sample.written(other).length > 0 && holds(sample, other),
    );
    if (column !== undefined) names.set(column, name);
  }
  return sample.columns.map((column) => names.get(column) ?? column);
}

/** Whether nobody named the column: nothing is known of it, not even that no customer is named there. */
export function isUnnamed(column: string): boolean {
  return /^\d+列目$/.test(column);
}

const isTime = (cell: string) => /^\d{1,2}[:：時]\d{2}/.test(cell) && isDate(`2025-07-01 ${cell}`);
const hasMail = (cell: string) => /^\S+@\S+$/.test(cell);
/** 12345 may be a day that Excel counted. */
const isSpelledDate = (cell: string) => /[-/.年]/.test(cell) && isDate(cell);

/** Of the column of the customer's words. */
export const WORDS_NAME = "お申し出内容";

/** The surest first; each name is given once, to the first column that holds it. */
const CONTENTS: readonly (readonly [name: string, holds: Holds])[] = [
  ["メールアドレス", (sample, column) => sample.written(column).every(hasMail)],
  ["電話番号", holdsTelephones],
  ["住所", holdsAddresses],
  ["連絡先", areOfPersons],
  ["受付時刻", (sample, column) => sample.mostly(column, isTime)],
  ["受付日時", (sample, column) => sample.mostly(column, isSpelledDate)],
  [WORDS_NAME, (sample, column) => sample.isFreeText(column)],
  [
    "受付番号",
    (sample, column) => areNumbers(sample, column) && !sample.mostly(column, isSpelledDate),
  ],
  ["受付方法", (sample, column) => saysChannel(sample.cells(column))],
  ["氏名", (sample, column) => holdsCustomers(sample, column) && !isKana(sample, column)],
  ["フリガナ", (sample, column) => holdsCustomers(sample, column) && isKana(sample, column)],
  ["担当者", holdsNames],
];

/** Whoever answers does so again and again. */
function holdsCustomers(sample: Sample, column: string): boolean {
  return sample.tellsApart(column) && holdsNames(sample, column);
}

function isKana(sample: Sample, column: string): boolean {
  return sample.mostly(column, (cell) => !/\p{Script=Han}/u.test(cell));
}

function areOfPersons(sample: Sample, column: string): boolean {
  return looksPersonal(sample.cells(column)) && !sample.isFreeText(column);
}
