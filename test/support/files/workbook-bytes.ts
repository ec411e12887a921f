import { type ZipMember, zipBytes } from "./zip-bytes.ts";

/** A cell as its XML says it, or a text, a number, or nothing. */
export type Cell = string | number | null | { readonly xml: (at: string) => string };

export type SheetOptions = {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  /** Such as A1:C1. */
  readonly merges?: readonly string[];
  /** From 1. */
  readonly hiddenRows?: readonly number[];
  readonly hiddenColumns?: readonly number[];
  readonly isHidden?: boolean;
};

/** Number formats by their place in `cellXfs`: what `styled` takes. */
export const STYLES = ["General", "yyyy/mm/dd hh:mm", '[$-411]ggge"年"m"月"d"日"', "0", "[h]:mm"];
const BUILT_IN_DATE = 14;
export const BUILT_IN_DATE_STYLE = STYLES.length;
const PADDED = "0000000000000";
export const PADDED_STYLE = STYLES.length + 1;

/** Writes a small workbook with shared strings, as Excel does. */
export function workbookBytes({
  sheets,
  date1904 = false,
  extra = [],
}: {
  readonly sheets: readonly SheetOptions[];
  readonly date1904?: boolean;
  readonly extra?: readonly ZipMember[];
}): Buffer {
  const shared: string[] = [];
  const sheetMembers = sheets.map((sheet, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    data: sheetXml(sheet, shared),
  }));
  const ids = sheets.map((_, index) => index + 1);
  const tags = sheets.map(
    ({ name, isHidden }, index) =>
      `<sheet name="${escapeXml(name)}" sheetId="${index + 1}"${isHidden ? ' state="hidden"' : ""} r:id="rId${index + 1}"/>`,
  );
  return zipBytes([
    {
      name: "[Content_Types].xml",
      data: `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    },
    {
      name: "xl/workbook.xml",
      data: `${HEAD}<workbook ${MAIN} ${RELATED}><workbookPr${date1904 ? ' date1904="1"' : ""}/><sheets>${tags.join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${ids.map((id) => `<Relationship Id="rId${id}" Type="worksheet" Target="worksheets/sheet${id}.xml"/>`).join("")}</Relationships>`,
    },
    { name: "xl/styles.xml", data: stylesXml() },
    ...sheetMembers,
    { name: "xl/sharedStrings.xml", data: `${HEAD}<sst ${MAIN}>${shared.join("")}</sst>` },
    ...extra,
  ]);
}

/** A number that is shown by one of `STYLES`. */
export function styled(value: number, style: number): Cell {
  return { xml: (at) => `<c r="${at}" s="${style}"><v>${value}</v></c>` };
}

/** A shared string given as its XML: rich text, phonetic runs. */
export function rich(si: string): Cell {
  return { xml: (at) => `<c r="${at}" t="inlineStr"><is>${si}</is></c>` };
}

export function raw(attributes: string, inner: string): Cell {
  return { xml: (at) => `<c r="${at}" ${attributes}>${inner}</c>` };
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

function stylesXml(): string {
  const custom = [...STYLES, PADDED].map((code, index) => ({ id: 164 + index, code }));
  const formats = custom.map(
    ({ id, code }) => `<numFmt numFmtId="${id}" formatCode="${escapeXml(code)}"/>`,
  );
  const ids = [0, ...custom.slice(1, -1).map(({ id }) => id), BUILT_IN_DATE, 164 + STYLES.length];
  const xfs = ids.map((id) => `<xf numFmtId="${id}"/>`);
  return `${HEAD}<styleSheet ${MAIN}><numFmts>${formats.join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs.join("")}</cellXfs></styleSheet>`;
}

function sheetXml(sheet: SheetOptions, shared: string[]): string {
  const { rows, merges = [], hiddenRows = [], hiddenColumns = [] } = sheet;
  const columns = hiddenColumns.map(
    (column) => `<col min="${column}" max="${column}" hidden="1"/>`,
  );
  const lines = rows.map((row, index) => {
    const cells = row.map((cell, column) =>
      cellXml(cell, `${letters(column)}${index + 1}`, shared),
    );
    const hidden = hiddenRows.includes(index + 1) ? ' hidden="1"' : "";
    return `<row r="${index + 1}"${hidden}>${cells.join("")}</row>`;
  });
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join("");
  return [
    `${HEAD}<worksheet ${MAIN}>`,
    columns.length > 0 ? `<cols>${columns.join("")}</cols>` : "",
    `<sheetData>${lines.join("")}</sheetData>`,
    merged === "" ? "" : `<mergeCells>${merged}</mergeCells>`,
    "</worksheet>",
  ].join("");
}

function cellXml(cell: Cell, at: string, shared: string[]): string {
  if (cell === null) return "";
  if (typeof cell === "object") return cell.xml(at);
  if (typeof cell === "number") return `<c r="${at}"><v>${cell}</v></c>`;
  shared.push(`<si><t xml:space="preserve">${escapeXml(cell)}</t></si>`);
  return `<c r="${at}" t="s"><v>${shared.length - 1}</v></c>`;
}

function letters(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : letters(Math.floor(column / 26) - 1) + letter;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
