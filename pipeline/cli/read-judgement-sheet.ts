import { InputError } from "../errors.ts";
import { fileBytes } from "../intake/files/byte-source.ts";
import { openArchive } from "../intake/files/open-archive.ts";
import { openWorkbook, type Sheet, type Workbook } from "../intake/xlsx/open-workbook.ts";
import { readSheet } from "../intake/xlsx/read-sheet.ts";
import { silentReporter } from "../reporter.ts";
import { COLUMNS, JUDGEMENT_SHEET } from "./judgement-sheet.ts";
import type { SheetLine } from "./tag-judge.ts";

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

async function readLines(path: string, sheet: Sheet, workbook: Workbook): Promise<SheetLine[]> {
  const lines: SheetLine[] = [];
  let places: Readonly<Record<keyof typeof COLUMNS, number>> | undefined;
  for await (const rows of readSheet(sheet.entry, workbook)) {
    for (const { index, cells } of rows) {
      if (places === undefined) {
        places = placesIn(path, cells);
        continue;
      }
      const cell = (column: keyof typeof COLUMNS) => cells[places?.[column] ?? -1] ?? "";
      const line = { text: cell("text"), tag: cell("tag"), mark: cell("mark"), key: cell("key") };
      lines.push({ row: index + 1, ...line });
    }
  }
  return lines;
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
  return { text: at(text), around: at(around), tag: at(tag), mark: at(mark), key: at(key) };
}
