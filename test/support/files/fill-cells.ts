import { readFileSync, writeFileSync } from "node:fs";
import { allBytes, fileBytes } from "../../../pipeline/intake/files/byte-source.ts";
import { openArchive } from "../../../pipeline/intake/files/open-archive.ts";
import { zipBytes } from "./zip-bytes.ts";

const LARGEST = 16 * 1024 * 1024;

/**
 * Types words into cells of a workbook's first sheet, as a person would, and saves it elsewhere.
 *
 * @param cells by their places, such as D2; an empty text clears the cell
 */
export async function fillCells(
  from: string,
  to: string,
  cells: Readonly<Record<string, string>>,
): Promise<void> {
  const archive = await openArchive(await fileBytes(from), readFileSync(from));
  const members = await Promise.all(
    archive.entries.map(async (entry) => {
      const data = await allBytes(entry, LARGEST);
      if (entry.entryName !== "xl/worksheets/sheet1.xml") return { name: entry.entryName, data };
      return { name: entry.entryName, data: filled(data.toString("utf8"), cells) };
    }),
  );
  archive.close();
  writeFileSync(to, zipBytes(members));
}

function filled(xml: string, cells: Readonly<Record<string, string>>): string {
  let text = xml;
  for (const [place, words] of Object.entries(cells)) {
    const cell = new RegExp(`<c r="${place}"[^>]*?(?:/>|>.*?</c>)`, "s");
    if (!cell.test(text)) throw new Error(`there is no cell ${place}`);
    text = text.replace(cell, `<c r="${place}" t="inlineStr"><is><t>${words}</t></is></c>`);
  }
  return text;
}
