import { createHash } from "node:crypto";
import { InputError } from "../../errors.ts";
import type { ByteSource } from "../byte-source.ts";
import { wantedColumns } from "../compare-header.ts";
import type { Archive } from "../open-archive.ts";
import { type OpenOptions, openSourceFile, type SourceFile } from "../open-source-file.ts";
import { openWorkbook } from "./open-workbook.ts";
import { type SheetPlace, sheetRecords } from "./sheet-records.ts";

/**
 * Opens the sheets of a workbook that look like voices; the others are told of. Cover sheets and tallies lie beside
 * voices often.
 *
 * @throws InputError where no sheet does: the first refusal, which says what to do
 */
export async function openSheets(
  bytes: ByteSource,
  archive: Archive,
  { tell, ...options }: OpenOptions & { readonly tell: (note: string) => void },
): Promise<SourceFile[]> {
  const outer = { ...bytes, sha256: await hashOf(bytes) };
  const workbook = await openWorkbook(bytes, archive);
  const opened: SourceFile[] = [];
  const refusals: InputError[] = [];
  for (const sheet of workbook.sheets) {
    const file = await openSheet({ outer, workbook, sheet }, options);
    if (typeof file === "string") tell(`シート「${sheet.name}」${file}`);
    else if (!(file instanceof InputError)) opened.push(file);
    else {
      refusals.push(file);
      tell(`シート「${sheet.name}」は声の一覧に見えないので取り込みません`);
    }
  }
  if (opened.length === 0) throw refusals[0] ?? noTable(bytes.label);
  const withRecords = opened.filter(({ isEmpty }) => !isEmpty);
  // A workbook without any record is an empty file, and says so.
  if (withRecords.length === 0) return opened;
  for (const { file, isEmpty } of opened) if (isEmpty) tell(`${file} には記録がありません`);
  return withRecords;
}

/** @returns the sheet's records, or why they are left out */
async function openSheet(
  place: SheetPlace,
  options: OpenOptions,
): Promise<SourceFile | InputError | string> {
  if (place.sheet.isHidden) return "は非表示なので取り込みません";
  const wanted = options.source === undefined ? [] : wantedColumns(options.source, "sheet");
  try {
    const records = await sheetRecords(place, wanted);
    if (records === undefined) return "には表がありません";
    return await openSourceFile(records, options);
  } catch (cause) {
    if (cause instanceof InputError) return cause;
    throw cause;
  }
}

async function hashOf(bytes: ByteSource): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of bytes.read()) hash.update(chunk);
  return hash.digest("hex");
}

function noTable(label: string): InputError {
  return new InputError(
    `${label}: 表のあるシートがありません。1 行に 1 件、見出しのある表にしてから取り込んでください。`,
  );
}
