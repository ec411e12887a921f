import { InputError } from "../errors.ts";
import { type ByteSource, fileBytes, firstBytes } from "../intake/files/byte-source.ts";
import { openArchive } from "../intake/files/open-archive.ts";
import { kindOf } from "../intake/files/open-source-files.ts";
import { refuseOldOffice } from "../intake/files/refuse-old-office.ts";
import { openWorkbook, type Sheet, type Workbook } from "../intake/xlsx/open-workbook.ts";
import { readSheet, type SheetRow } from "../intake/xlsx/read-sheet.ts";
import { silentReporter } from "../reporter.ts";
import { COLUMNS, JUDGEMENT_SHEET, type SheetLine } from "./judgement-sheet.ts";

/** Several tables one below another, and no more: whole columns get filled by one careless key. */
const MOST_LINES = 10_000;

/**
 * Reads the table that `tag sample` wrote, as whatever program saved it: rows and columns may stand elsewhere now, and
 * there may be more of them.
 *
 * @throws InputError where it is no workbook, or has no such table
 */
export async function readJudgementSheet(path: string): Promise<SheetLine[]> {
  if (!/\.xls[xm]$/i.test(path)) {
    throw new InputError(
      `${path} … 期待: kizuki tag sample が書いたブック（.xlsx）。Excel で保存するときは、ファイルの種類を「Excel ブック」のままにしてください。`,
    );
  }
  const bytes = await fileBytes(path);
  await refuseOther(bytes);
  const archive = await openArchive(bytes);
  try {
    const workbook = await openWorkbook(bytes, archive, silentReporter);
    const sheet = workbook.sheets.find(({ name }) => name === JUDGEMENT_SHEET);
    if (sheet === undefined) {
      const names = workbook.sheets.map(({ name }) => name).join("、");
      throw new InputError(
        `${path}: シート … 読んだもの: ${names}、期待: ${JUDGEMENT_SHEET}。kizuki tag sample が書いたブックを渡してください。`,
      );
    }
    return await readLines(path, sheet, workbook);
  } finally {
    archive.close();
  }
}

/** The bytes decide, not the file's name. */
async function refuseOther(bytes: ByteSource): Promise<void> {
  const kind = kindOf(await firstBytes(bytes, 8));
  if (kind === "old office") await refuseOldOffice(bytes);
  if (kind === "zip") return;
  throw new InputError(
    `${bytes.label}: 読んだもの: Excel ブックではないファイル、期待: tag sample が書き、○×を入れて保存した Excel ブック（.xlsx）。`,
  );
}

async function readLines(path: string, sheet: Sheet, workbook: Workbook): Promise<SheetLine[]> {
  const lines: SheetLine[] = [];
  let places: Places | undefined;
  for await (const rows of readSheet(sheet.entry, workbook)) {
    for (const row of rows) {
      if (places === undefined) places = placesIn(path, row.cells);
      else lines.push(...lineOf(row, places));
    }
    if (lines.length > MOST_LINES) throw tooLong(path);
  }
  return lines;
}

type Places = Readonly<Record<keyof typeof COLUMNS, number>>;

/** @returns none where nothing is said, and nothing was asked */
function lineOf({ index, cells }: SheetRow, places: Places): SheetLine[] {
  const cell = (column: keyof typeof COLUMNS) => cells[places[column]] ?? "";
  const told = { text: cell("text"), tag: cell("tag"), mark: cell("mark"), key: cell("key") };
  const isBlank = told.mark.trim() === "" && told.key.trim() === "";
  return isBlank ? [] : [{ row: index + 1, ...told }];
}

function tooLong(path: string): InputError {
  return new InputError(
    `${path}: 「${COLUMNS.mark}」か「${COLUMNS.key}」に何かある行 … 読んだもの: ${MOST_LINES} 行より多い、期待: ${MOST_LINES} 行まで。表の下まで印を入れていないか確かめてください。`,
  );
}

function placesIn(path: string, header: readonly (string | undefined)[]) {
  const at = (title: string) => header.findIndex((cell) => cell?.trim() === title);
  const { text, around, tag, mark, key } = COLUMNS;
  const missing = [text, tag, mark, key].filter((title) => at(title) < 0);
  if (missing.length > 0) {
    throw new InputError(
      `${path} の 1 行目の見出し … 読んだもの: ${header.filter(Boolean).join("、")}、足りないもの: ${missing.join("、")}。`,
    );
  }
  const twice = [text, tag, mark, key].filter(
    (title) => header.filter((cell) => cell?.trim() === title).length > 1,
  );
  if (twice.length > 0) {
    throw new InputError(
      `${path} の見出し … 読んだもの: ${twice.join("、")} が二つ以上、期待: 一つずつ。写した列を消すか、別の見出しにしてください。`,
    );
  }
  return { text: at(text), around: at(around), tag: at(tag), mark: at(mark), key: at(key) };
}
