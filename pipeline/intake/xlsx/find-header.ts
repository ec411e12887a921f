import { isKnownName } from "../propose/column-words.ts";
import { type Names, placeNames } from "../table/scan-delimited.ts";
import { type CellRange, lettersOf } from "./cell-place.ts";
import type { SheetRow } from "./read-sheet.ts";

/** Where a sheet's table begins, and what its columns are called. */
export type SheetHeader = {
  /** The first row, from 0, that may hold a record. */
  readonly firstRow: number;
  /** The row that is told as the header's, from 0. */
  readonly row: number;
  readonly columns: readonly { readonly index: number; readonly name: string }[];
};

/** Above a table stand a title, a date, remarks; no form that we saw had more than ten lines of them. */
const ROWS_LOOKED_AT = 30;

/**
 * Finds the header among the first rows: the row with the most names that voices are known to have, then with the most
 * texts. Where cells of it are merged, two rows make the header.
 *
 * @param wanted the columns that a description names, else none
 */
export function findHeader(
  rows: readonly SheetRow[],
  { merges, wanted }: { merges: readonly CellRange[]; wanted: readonly string[] },
): SheetHeader | undefined {
  const candidates = rows.slice(0, ROWS_LOOKED_AT);
  const best = candidates.reduce<{ row: SheetRow; points: number } | undefined>((chosen, row) => {
    const points = headerPoints(row, wanted);
    return points > (chosen?.points ?? 1) ? { row, points } : chosen;
  }, undefined);
  if (best === undefined) return undefined;
  const [upper, lower] = headerRows(best.row, rows, merges);
  return {
    firstRow: lower.index + 1,
    row: lower.index,
    columns: nameColumns(rows, { upper, lower, merges }),
  };
}

/** @returns `undefined` where the sheet is not as wide as its names: a cover, a tally */
export function nameHeadless(rows: readonly SheetRow[], names: Names): SheetHeader | undefined {
  const widths = rows.map(({ cells }) => cells.findLastIndex((cell) => cell !== undefined) + 1);
  const width = Math.max(0, ...widths);
  const columns = names === "by place" ? placeNames(width) : names;
  // The last columns may be empty, as remarks are.
  if (width < 2 || width > columns.length || width * 2 < columns.length) return undefined;
  const firstRow = rows[widths.findIndex((one) => one > 0)]?.index ?? 0;
  return { firstRow, row: 0, columns: columns.map((name, index) => ({ index, name })) };
}

/** A record has numbers, dates and long texts where a header has short names, each once. */
function headerPoints({ cells }: SheetRow, wanted: readonly string[]): number {
  const names = new Set(cells.flatMap((cell) => (cell === undefined ? [] : [oneLine(cell)])));
  const short = [...names].filter(
    (name) => name.length <= LONGEST_NAME && !/^[\d\s./:,-]*$/.test(name),
  );
  const known = short.filter((name) => wanted.includes(name) || isKnownName(name));
  return short.length + known.length * KNOWN_WEIGHT;
}

/** Questions of a survey stand in its header in full. */
const LONGEST_NAME = 120;
const KNOWN_WEIGHT = 3;

/** @returns the upper and the lower row of the header: the same row twice where it has one */
function headerRows(
  best: SheetRow,
  rows: readonly SheetRow[],
  merges: readonly CellRange[],
): readonly [SheetRow, SheetRow] {
  const rowAt = (index: number) => rows.find((row) => row.index === index);
  const spansDown = (top: number) =>
    merges.some((merge) => merge.top === top && merge.bottom === top + 1);
  const spansAcross = (top: number) =>
    merges.some((merge) => merge.top === top && merge.bottom === top && merge.right > merge.left);
  const [above, below] = [rowAt(best.index - 1), rowAt(best.index + 1)];
  const isGroup = (row: SheetRow) => row.cells.filter((cell) => cell !== undefined).length > 1;
  if (
    below !== undefined &&
    (spansDown(best.index) || (spansAcross(best.index) && isGroup(best)))
  ) {
    return [best, below];
  }
  if (
    above !== undefined &&
    (spansDown(above.index) || (spansAcross(above.index) && isGroup(above)))
  ) {
    return [above, best];
  }
  return [best, best];
}

function nameColumns(
  rows: readonly SheetRow[],
  { upper, lower, merges }: { upper: SheetRow; lower: SheetRow; merges: readonly CellRange[] },
): SheetHeader["columns"] {
  const textAt = (row: SheetRow, column: number) => {
    const merge = merges.find(
      ({ top, bottom, left, right }) =>
        row.index >= top && row.index <= bottom && column >= left && column <= right,
    );
    const from = merge === undefined ? row : (rows.find(({ index }) => index === merge.top) ?? row);
    return oneLine(from.cells[merge?.left ?? column] ?? "");
  };
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const written = Array.from({ length: width }, (_, index) => index).filter((index) =>
    rows.some((row) => row.index >= upper.index && row.cells[index] !== undefined),
  );
  const lowers = written.map((index) => textAt(lower, index));
  const taken = new Map<string, number>();
  return written.map((index, place) => {
    const below = lowers[place] ?? "";
    const group = textAt(upper, index);
    const isUnique = below !== "" && lowers.filter((other) => other === below).length === 1;
    const name =
      (isUnique || group === below ? below : `${group} ${below}`.trim()) || `${lettersOf(index)}列`;
    const times = (taken.get(name) ?? 0) + 1;
    taken.set(name, times);
    return { index, name: times === 1 ? name : `${name}（${times}）` };
  });
}

/** Names are broken over lines to keep columns narrow. */
function oneLine(cell: string): string {
  return cell.replace(/\s*[\r\n]+\s*/g, "").trim();
}
