import { InputError } from "../../errors.ts";
import type { Reporter } from "../../reporter.ts";
import type { ByteSource } from "../files/byte-source.ts";
import type { Archive, ArchiveEntry } from "../files/open-archive.ts";
import { type CellFormat, readCellFormats } from "./cell-formats.ts";
import { readWholeXml } from "./read-xml.ts";
import { StringItem } from "./string-item.ts";
import { StringTable } from "./string-table.ts";
import { toldPart } from "./told-part.ts";

/** What all sheets of a workbook share, and where each begins. */
export type Workbook = {
  readonly sheets: readonly Sheet[];
  /** Names of sheets that the workbook lists and does not hold. */
  readonly missing: readonly string[];
  readonly strings: StringTable;
  /** By the number of the style. */
  readonly formats: readonly CellFormat[];
  /** The year that dates are counted from. */
  readonly epoch: 1900 | 1904;
};

export type Sheet = {
  readonly name: string;
  readonly isHidden: boolean;
  readonly entry: ArchiveEntry;
};

/** Whether an archive is a document of an Office program, whatever it is called. */
export function isOfficeDocument({ entries }: Archive): boolean {
  return entries.some(({ entryName }) => OFFICE_PARTS.has(entryName));
}

const OFFICE_PARTS = new Set(["[Content_Types].xml", "xl/workbook.xml"]);

/**
 * Reads what lies around the sheets of an XLSX or XLSM: their names, the shared strings, the number formats.
 * Macros, external links, images and comments are not looked at.
 */
export async function openWorkbook(
  outer: ByteSource,
  archive: Archive,
  reporter: Reporter,
): Promise<Workbook> {
  const find = (path: string) =>
    archive.entries.find(({ entryName }) => entryName.toLowerCase() === path.toLowerCase());
  const book = find("xl/workbook.xml");
  if (book === undefined) {
    throw new InputError(
      `${outer.label}: Excel ブック（.xlsx、.xlsm）ではありません。Excel で開けるなら「Excel ブック（.xlsx）」で保存し直してから取り込んでください。`,
    );
  }
  const targets = await readTargets(find("xl/_rels/workbook.xml.rels"));
  const listed: { name: string; id: string; isHidden: boolean }[] = [];
  let epoch: 1900 | 1904 = 1900;
  await readWholeXml(book, {
    open(name, attributes) {
      if (name === "workbookPr" && /^(?:1|true)$/.test(attributes.date1904 ?? "")) epoch = 1904;
      if (name !== "sheet") return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(":id"))?.[1] ?? "";
      const isHidden = (attributes.state ?? "visible") !== "visible";
      listed.push({ name: attributes.name ?? "", id, isHidden });
    },
  });
  const sheets: Sheet[] = [];
  const missing: string[] = [];
  for (const { id, ...sheet } of listed) {
    const target = targets.get(id);
    const entry = find(target ?? "");
    if (entry !== undefined) sheets.push({ ...sheet, entry });
    else if (target !== OTHER_KIND) missing.push(sheet.name);
  }
  return {
    sheets,
    missing,
    epoch,
    strings: await readStrings(find("xl/sharedStrings.xml"), reporter),
    formats: await readCellFormats(find("xl/styles.xml")),
  };
}

/** In the place of a path: a sheet of charts alone has no cells. */
const OTHER_KIND = "";

/** @returns paths in the archive by the id that the workbook names them by */
async function readTargets(relations: ByteSource | undefined): Promise<Map<string, string>> {
  const targets = new Map<string, string>();
  if (relations === undefined) return targets;
  await readWholeXml(relations, {
    open(name, { Id: id, Target: target, TargetMode: mode, Type: type = "" }) {
      // What lies outside of the workbook is never fetched.
      if (name !== "Relationship" || mode === "External") return;
      if (id === undefined || target === undefined) return;
      const path = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
      targets.set(id, /\bworksheet$/.test(type) ? path : OTHER_KIND);
    },
  });
  return targets;
}

async function readStrings(
  shared: ArchiveEntry | undefined,
  reporter: Reporter,
): Promise<StringTable> {
  const table = new StringTable();
  if (shared === undefined) return table;
  const item = new StringItem();
  await readWholeXml(toldPart(shared, "ブックの文字を読み込み中", reporter), {
    open: (name) => item.open(name),
    text: (text) => item.text(text),
    close(name) {
      item.close(name);
      if (name === "si") table.add(item.take(), shared.label);
    },
  });
  return table;
}
