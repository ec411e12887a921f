import type { Blob } from "node:buffer";
import type Stream from "node:stream";
import writeXlsxFile, { type CellObject, type Feature, type Sheet } from "write-excel-file/node";
import { lettersOf } from "../../pipeline/intake/xlsx/cell-place.ts";
import type { Cell, ColumnKind } from "../outline/outline.ts";
import { COLOURS } from "../page/style.ts";
import { cellText } from "./cell-text.ts";
import { cleanText } from "./clean-text.ts";
import { escapeMarkup } from "./escape-markup.ts";
import { textWidth } from "./text-width.ts";
import type { WorkbookSheet } from "./workbook-sheets.ts";

/** What the library takes as the bytes of a picture. */
type FileContent = Stream | Buffer | Blob;

const FORMATS: Readonly<Record<ColumnKind, string>> = {
  // A cell of the format Text keeps a leading = + - @, narrow or wide, as words, also where somebody edits it.
  text: "@",
  count: "#,##0",
  share: "0.0%",
  ratio: "0.00",
  day: "yyyy/mm/dd",
};

const NARROWEST = 8;
/** What is longer goes on below, so that four columns of words still fit a page in letters that can be read; of two, each may have half. */
const WIDEST = 48;
const WIDEST_OF_TWO = 64;
/** Readers other than Excel make no room for a cell's second line by themselves. In points, of letters of 10. */
const LINE_POINTS = 17;
const HIGHEST_ROW = 409;
/** Columns are as wide as the longest of so many first cells. */
const MEASURED_ROWS = 200;
/** What Excel takes in one cell and on one sheet. */
const LONGEST_CELL = 32_767;
const MOST_ROWS = 1_048_576;

/** Writes a workbook whose cells are typed: numbers are numbers, days are days, and words are never a formula. */
export async function renderXlsx(
  sheets: readonly WorkbookSheet[],
  accent: string,
): Promise<Buffer> {
  const named = new Set<string>();
  const names = sheets.map(({ name }) => sheetName(name, named));
  const options = sheets.map((sheet, index) => sheetOf(sheet, names[index] ?? "", accent));
  const written = writeXlsxFile(options, {
    fontFamily: "Yu Gothic",
    fontSize: 10,
    features: [filtersAndPages(sheets, names)],
  });
  return await written.toBuffer();
}

/** At most 31 characters without []:*?/\, each name once: Excel takes names for one that differ in case only. */
function sheetName(name: string, taken: Set<string>): string {
  const base = cleanText(name)
    .replace(/[[\]:*?/\\']/g, " ")
    .slice(0, 28);
  const key = (given: string) => given.normalize("NFKC").toLowerCase();
  let unique = base;
  for (let number = 2; taken.has(key(unique)); number += 1) unique = `${base} ${number}`;
  taken.add(key(unique));
  return unique;
}

/** Of the columns, in letters of the usual size. */
function widthsOf({ columns, rows }: WorkbookSheet): number[] {
  const widest = columns.length > 2 ? WIDEST : WIDEST_OF_TWO;
  const measured = rows.slice(0, MEASURED_ROWS);
  return columns.map(({ title, kind }, index) => {
    const texts = measured.map((row) => cellText(row[index] ?? null, kind));
    return Math.min(widest, widthOf([title, ...texts]));
  });
}

function sheetOf(sheet: WorkbookSheet, name: string, accent: string): Sheet<FileContent> {
  const { columns, rows } = sheet;
  const shown = rows.slice(0, MOST_ROWS - 1);
  const widths = widthsOf(sheet);
  const head = columns.map(
    ({ title, kind }): CellObject => ({
      type: String,
      value: title,
      format: FORMATS.text,
      fontWeight: "bold",
      textColor: "#ffffff",
      backgroundColor: accent,
      wrap: true,
      ...alignOf(kind),
      height: heightOf([title], widths),
    }),
  );
  return {
    sheet: name,
    stickyRowsCount: 1,
    columns: widths.map((width) => ({ width })),
    data: [
      head,
      ...shown.map((row) => {
        const height = heightOf(
          columns.map(({ kind }, index) => cellText(row[index] ?? null, kind)),
          widths,
        );
        return columns.map(({ kind }, index) => cellOf(row[index] ?? null, kind, height));
      }),
    ],
  };
}

/** Words keep away from the number beside them. */
function alignOf(kind: ColumnKind): Pick<CellObject, "align" | "indent"> {
  return kind === "text" ? { align: "left", indent: 1 } : { align: "right" };
}

function cellOf(cell: Cell, kind: ColumnKind, height: number): CellObject {
  const blank: CellObject = { borderColor: COLOURS.line, height };
  if (cell === null || cell === "") return blank;
  const look: CellObject = {
    ...blank,
    format: FORMATS[kind],
    alignVertical: "top",
    ...alignOf(kind),
  };
  if (typeof cell === "object") return { ...look, format: "0%", type: Number, value: cell.rough };
  if (typeof cell === "number") return { ...look, type: Number, value: cell };
  // Midnight UTC: a workbook's days have no zone.
  if (kind === "day") return { ...look, type: Date, value: new Date(`${cell}T00:00:00Z`) };
  const value = asWritten(cleanText(cell).slice(0, LONGEST_CELL));
  return { ...look, type: String, value, wrap: true };
}

/** Excel reads _x0041_ as an A. Its limit counts what it reads. */
function asWritten(text: string): string {
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
}

/** Of the row's longest cell; words keep two columns free for the indent and the border. */
function heightOf(texts: readonly string[], widths: readonly number[]): number {
  const lines = texts.map((text, index) => {
    const perLine = (widths[index] ?? NARROWEST) - 2;
    return text
      .split("\n")
      .reduce((sum, line) => sum + Math.max(1, Math.ceil(textWidth(line) / perLine)), 0);
  });
  return Math.min(HIGHEST_ROW, LINE_POINTS * Math.max(1, ...lines) + 3);
}

function widthOf(texts: readonly string[]): number {
  const lines = texts.flatMap((text) => text.split("\n"));
  return Math.max(NARROWEST, ...lines.map((line) => textWidth(line) + 4));
}

/**
 * The library knows neither filters nor pages. Each stands where the format wants it; print is A4 across, one page wide
 * or as many as can still be read, with the headings on every page, and of long lists the first.
 */
function filtersAndPages(
  sheets: readonly WorkbookSheet[],
  names: readonly string[],
): Feature<FileContent> {
  const named = (kind: string, index: number, ...ranges: readonly string[]) => {
    const cells = ranges.map((range) => `'${escapeMarkup(names[index] ?? "")}'!${range}`);
    return `<definedName name="_xlnm.${kind}" localSheetId="${index}">${cells.join()}</definedName>`;
  };
  const areas = sheets.map(({ columns, rows, printedRows = rows.length }, index) =>
    printedRows < rows.length
      ? named("Print_Area", index, `$A$1:$${lettersOf(columns.length - 1)}$${printedRows + 1}`)
      : "",
  );
  const headings = sheets.map((sheet, index) =>
    // A row that goes on over several pages says on each what it is about.
    named("Print_Titles", index, ...(pagesAcross(sheet) === 1 ? [] : ["$A:$A"]), "$1:$1"),
  );
  return {
    files: {
      transform: {
        "xl/workbook.xml": {
          // A function, so that a $ in a name stays one.
          transform: (xml) =>
            xml.replace(
              "<definedNames/>",
              () => `<definedNames>${[...areas, ...headings].join("")}</definedNames>`,
            ),
        },
        "xl/worksheets/sheet{id}.xml": {
          transform: (xml, _options, { sheetIndex }) => {
            const sheet = sheets[sheetIndex];
            if (sheet === undefined) return xml;
            const { columns, rows, choices, hiddenColumn } = sheet;
            const last = `${lettersOf(columns.length - 1)}${Math.min(rows.length + 1, MOST_ROWS)}`;
            const hidden = hiddenColumn === undefined ? "" : `<col min="${hiddenColumn + 1}"`;
            return xml
              .replace(hidden, hidden && `${hidden} hidden="1"`)
              .replace(
                "<sheetViews>",
                '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>',
              )
              .replace(
                "</sheetData>",
                `</sheetData><autoFilter ref="A1:${last}"/>${validation(choices, rows.length)}${pageSetup(pagesAcross(sheet))}`,
              );
          },
        },
      },
    },
  };
}

/** Other marks can be typed all the same: Excel asks, and takes them. */
function validation(choices: WorkbookSheet["choices"], rows: number): string {
  if (choices === undefined || rows === 0) return "";
  const letters = lettersOf(choices.column);
  const list = escapeMarkup(choices.values.join(","));
  return `<dataValidations count="1"><dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" sqref="${letters}2:${letters}${rows + 1}"><formula1>"${list}"</formula1></dataValidation></dataValidations>`;
}

/** Letters beside each other on A4 that can still be read, at three quarters of their size. */
const READABLE_WIDTH = 190;

function pagesAcross(sheet: WorkbookSheet): number {
  const shown = widthsOf(sheet).filter((_, index) => index !== sheet.hiddenColumn);
  return Math.ceil(shown.reduce((sum, width) => sum + width, 0) / READABLE_WIDTH);
}

function pageSetup(across: number): string {
  return `<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="${across}" fitToHeight="0"/><headerFooter><oddFooter>&amp;C&amp;A　&amp;P / &amp;N</oddFooter></headerFooter>`;
}
