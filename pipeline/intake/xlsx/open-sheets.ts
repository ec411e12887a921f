import { createHash } from "node:crypto";
import { InputError } from "../../errors.ts";
import { silentReporter } from "../../reporter.ts";
import type { ByteSource } from "../files/byte-source.ts";
import type { Archive } from "../files/open-archive.ts";
import type { Opening, Table } from "../files/open-source-files.ts";
import { wantedColumns } from "../table/compare-header.ts";
import { openWorkbook } from "./open-workbook.ts";
import { type SheetPlace, sheetRecords } from "./sheet-records.ts";

/**
 * Opens the sheets of a workbook that look like voices; the others are told of. Cover sheets and tallies lie beside
 * voices often.
 *
 * @throws InputError where no sheet does: the first refusal, which says what to do
 */
export async function openSheets<T extends Table>(
  bytes: ByteSource,
  archive: Archive,
  { tell, ...opening }: Omit<Opening<T>, "tell"> & { readonly tell: (note: string) => void },
): Promise<T[]> {
  const outer = { ...bytes, sha256: await hashOf(bytes) };
  const workbook = await openWorkbook(bytes, archive, opening.reporter ?? silentReporter);
  const looked: { name: string; found: T | InputError | string }[] = [];
  for (const sheet of workbook.sheets) {
    const found = await openSheet({ outer, workbook, sheet }, opening);
    looked.push({ name: sheet.name, found });
  }
  const all = looked.map(({ found }) => found);
  const opened = all.flatMap((found) =>
    typeof found === "string" || found instanceof InputError ? [] : [found],
  );
  const refusal = all.find((found) => found instanceof InputError);
  for (const name of workbook.missing) tell(`シート「${name}」はブックの中に見つかりません`);
  if (opened.length === 0) throw refusal ?? noTable(bytes.label, looked);
  const filled = opened.filter(({ isEmpty }) => !isEmpty);
  // A workbook without any record is an empty file, and says so.
  const taken = filled.length > 0 ? filled : opened;
  for (const { name, found } of looked) {
    if (!taken.some((table) => table === found)) tell(`シート「${name}」${whyLeftOut(found)}`);
  }
  return taken;
}

function whyLeftOut(found: unknown): string {
  if (typeof found === "string") return found;
  return found instanceof InputError
    ? "は声の一覧に見えないので取り込みません"
    : "には記録がありません";
}

/** @returns the sheet's records, or why they are left out */
async function openSheet<T>(
  place: SheetPlace,
  {
    described,
    names = described?.names,
    open,
    reporter = silentReporter,
  }: Omit<Opening<T>, "tell">,
): Promise<T | InputError | string> {
  if (place.sheet.isHidden) return "は非表示なので取り込みません";
  const wanted = described === undefined ? [] : wantedColumns(described, "sheet");
  try {
    const records = await sheetRecords(place, { wanted, names, reporter });
    if (records === undefined) return "には表がありません";
    return await open(records);
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

function noTable(
  label: string,
  looked: readonly { readonly name: string; readonly found: unknown }[],
): InputError {
  const why = looked.map(({ name, found }) => `シート「${name}」${found}。`).join("");
  return new InputError(
    `${label}: 表のあるシートがありません。${why}1 行に 1 件、見出しのある表にしてから取り込んでください。`,
  );
}
