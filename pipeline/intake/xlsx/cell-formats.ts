import type { ByteSource } from "../files/byte-source.ts";
import { countsHours, isBuiltInDate, isDateFormat, paddedDigits } from "./date-format.ts";
import { readWholeXml } from "./read-xml.ts";

/** What a cell's style makes of its number. */
export type CellFormat = {
  readonly shows: "number" | "date" | "hours";
  readonly paddedDigits: number;
};

/** Built-in number 46 is [h]:mm:ss. */
const BUILT_IN_HOURS = 46;
const PLAIN: CellFormat = { shows: "number", paddedDigits: 0 };

/** @returns formats by the number of the style, which is what a cell's `s` names */
export async function readCellFormats(styles: ByteSource | undefined): Promise<CellFormat[]> {
  const formats: CellFormat[] = [];
  if (styles === undefined) return formats;
  const codes = new Map<number, string>();
  let isInside = false;
  await readWholeXml(styles, {
    open(name, attributes) {
      if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
      // cellStyleXfs has the same tags, for named styles.
      if (name === "cellXfs") isInside = true;
      if (name === "xf" && isInside) formats.push(formatOf(Number(attributes.numFmtId), codes));
    },
    close(name) {
      if (name === "cellXfs") isInside = false;
    },
  });
  return formats;
}

function formatOf(id: number, codes: ReadonlyMap<number, string>): CellFormat {
  const code = codes.get(id);
  if (code === undefined) {
    if (id === BUILT_IN_HOURS) return { ...PLAIN, shows: "hours" };
    return isBuiltInDate(id) ? { ...PLAIN, shows: "date" } : PLAIN;
  }
  if (countsHours(code)) return { ...PLAIN, shows: "hours" };
  if (isDateFormat(code)) return { ...PLAIN, shows: "date" };
  return { ...PLAIN, paddedDigits: paddedDigits(code) };
}
