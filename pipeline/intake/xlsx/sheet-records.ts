import { createHash } from "node:crypto";
import type { Reporter } from "../../reporter.ts";
import type { ByteSource } from "../files/byte-source.ts";
import { BATCH_RECORDS } from "../read-records.ts";
import type { RecordSource } from "../record-source.ts";
import type { Names } from "../table/scan-delimited.ts";
import type { SourceRecord } from "../table/split-records.ts";
import { type CellRange, lettersOf } from "./cell-place.ts";
import { findHeader, nameHeadless, type SheetHeader } from "./find-header.ts";
import type { Sheet, Workbook } from "./open-workbook.ts";
import { readSheet, type SheetRow } from "./read-sheet.ts";
import { toldPart } from "./told-part.ts";

/** Rows that are kept to find the header by. */
const FIRST_ROWS = 64;
/** Merges lie behind the rows in a sheet; of a million only those of the header are kept. */
const HEADER_MERGES_WITHIN = 64;

/** XFD, from 0. A file may name any number, and any number of them. */
const LAST_COLUMN = 16_383;

/** A sheet, and the workbook's file with its hash. */
export type SheetPlace = {
  readonly outer: ByteSource & { readonly sha256: string };
  readonly workbook: Workbook;
  readonly sheet: Sheet;
};

/**
 * Looks through a sheet once, to its end: where its table begins, what is hidden, what is merged. Only then can its
 * records be read.
 *
 * @param known.wanted columns that a description names, else none
 * @param known.names of the columns of a sheet without a header
 * @param known.reporter hears how far it is looked through
 * @returns `undefined` for a sheet without a table
 */
export async function sheetRecords(
  { outer, workbook, sheet }: SheetPlace,
  {
    wanted,
    names,
    reporter,
  }: {
    readonly wanted: readonly string[];
    readonly names: Names | undefined;
    readonly reporter: Reporter;
  },
): Promise<RecordSource | undefined> {
  const survey = await surveySheet(sheet, { workbook, reporter });
  const { first, merges } = survey;
  const header =
    names === undefined ? findHeader(first, { merges, wanted }) : nameHeadless(first, names);
  if (header === undefined) return undefined;
  return {
    path: outer.path,
    label: `${outer.label} のシート「${sheet.name}」`,
    name: `${outer.name}（シート「${sheet.name}」）`,
    sha256: createHash("sha256")
      .update(JSON.stringify([outer.sha256, sheet.name, ...namesakePlace(sheet, workbook)]))
      .digest("hex"),
    encoding: "xlsx",
    format: "sheet",
    sizeBytes: sheet.entry.sizeBytes,
    notes: notesOn(survey, header),
    read: (onBytes) => readTable({ outer, workbook, sheet }, { header, onBytes }),
  };
}

/** Other programs than Excel write two sheets of one name: from the second on, the place tells them apart. */
function namesakePlace(sheet: Sheet, { sheets }: Workbook): readonly number[] {
  const place = sheets.indexOf(sheet);
  return sheets.findIndex(({ name }) => name === sheet.name) < place ? [place] : [];
}

type Survey = {
  readonly first: readonly SheetRow[];
  readonly merges: readonly CellRange[];
  readonly mergesBelow: number;
  readonly hiddenRows: number;
  readonly hiddenColumns: ReadonlySet<number>;
};

async function surveySheet(
  sheet: Sheet,
  { workbook, reporter }: { readonly workbook: Workbook; readonly reporter: Reporter },
): Promise<Survey> {
  const first: SheetRow[] = [];
  const merges: CellRange[] = [];
  const hiddenColumns = new Set<number>();
  let mergesBelow = 0;
  let hiddenRows = 0;
  const entry = toldPart(sheet.entry, "シートを終わりまで確認中", reporter);
  const news = {
    wants: ({ isHidden }: Pick<SheetRow, "isHidden">) => isHidden || first.length < FIRST_ROWS,
    merge(range: CellRange) {
      if (range.bottom <= HEADER_MERGES_WITHIN) merges.push(range);
      else mergesBelow += 1;
    },
    hiddenColumns(left: number, right: number) {
      // Whoever hides all columns to the right hides up to the last, XFD.
      const last = Math.min(right, left + 50, LAST_COLUMN);
      for (let column = Math.max(left, 0); column <= last; column += 1) hiddenColumns.add(column);
    },
  };
  for await (const rows of readSheet(entry, workbook, news)) {
    hiddenRows += rows.filter(({ isHidden }) => isHidden).length;
    if (first.length < FIRST_ROWS) first.push(...rows.slice(0, FIRST_ROWS - first.length));
  }
  return { first, merges, mergesBelow, hiddenRows, hiddenColumns };
}

function notesOn(survey: Survey, { row, firstRow, columns }: SheetHeader): readonly string[] {
  const hidden = columns.filter(({ index }) => survey.hiddenColumns.has(index));
  const merged =
    survey.mergesBelow + survey.merges.filter(({ bottom }) => bottom >= firstRow).length;
  return [
    ...(row > 0 ? [`${row + 1} 行目を見出しとして読みます`] : []),
    ...(survey.hiddenRows > 0
      ? [`非表示の行が ${survey.hiddenRows} 行あります。ほかの行と同じに取り込みます`]
      : []),
    ...(hidden.length > 0
      ? [
          `非表示の列があります。ほかの列と同じに読みます: ${hidden.map(({ index, name }) => `${name}（${lettersOf(index)} 列）`).join("、")}`,
        ]
      : []),
    ...(merged > 0
      ? [`見出しの下に結合したセルが ${merged} か所あります。値は左上のセルのものとして読みます`]
      : []),
  ];
}

async function* readTable(
  { outer, workbook, sheet }: SheetPlace,
  { header, onBytes }: { header: SheetHeader; onBytes: (bytesRead: number) => void },
): AsyncGenerator<readonly SourceRecord[]> {
  await outer.refuseChanged();
  let offset = 0;
  let batch: SourceRecord[] = [];
  for await (const rows of readSheet(sheet.entry, workbook, { bytes: onBytes })) {
    for (const row of rows) {
      if (row.index < header.firstRow) continue;
      batch.push(toRecord(row, { header, offset }));
      offset += 1;
      if (batch.length < BATCH_RECORDS) continue;
      yield batch;
      batch = [];
    }
  }
  await outer.refuseChanged();
  if (batch.length > 0) yield batch;
}

function toRecord(
  { index, cells }: SheetRow,
  { header, offset }: { header: SheetHeader; offset: number },
): SourceRecord {
  const named = new Map(header.columns.map((column) => [column.name, cells[column.index] ?? ""]));
  return { offset, row: index + 1, bytes: [...named.values()].join("\t"), cells: named };
}
