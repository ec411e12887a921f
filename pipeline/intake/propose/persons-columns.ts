import { isFullName } from "../../text/mask/names/is-full-name.ts";
import { normalizeValue, type SourceDescription } from "../source.ts";
import { Sample } from "../table/sample.ts";
import { isPersonalName, looksPersonal } from "./column-words.ts";

/** Some places are called like persons (山形南); names that no list has are fewer than two in three. */
const NAMES_SHARE = 0.3;
const FEWEST_NAMES = 2;

/** @returns the columns kept for anybody to read whose cells look like persons' names, addresses, telephone numbers or mail */
export function personsColumns(
  rows: readonly ReadonlyMap<string, string>[],
  { columns: { product, place, lot }, attributes }: SourceDescription,
): readonly string[] {
  const sample = new Sample(rows);
  const kept = [product, place, lot, ...attributes].filter((column) => column !== undefined);
  return [...new Set(kept)].filter((column) => {
    // Whoever called it so wants them.
    if (isPersonalName(column) || /担当/.test(column)) return false;
    const cells = [...new Set(sample.written(column))];
    const named = cells.filter((cell) => isFullName(nameIn(cell)));
    return (
      looksPersonal(cells.filter((cell) => !isCode(cell))) ||
      (named.length >= Math.min(FEWEST_NAMES, Math.max(1, cells.length)) &&
        named.length >= cells.length * NAMES_SHARE)
    );
  });
}

function nameIn(cell: string): string {
  return normalizeValue(cell)
    .replace(/(?:様|さま|さん|殿|氏)$/, "")
    .replace(/\s+/g, "");
}

/** A lot may begin with 0, too: a telephone number without signs has ten digits or eleven. */
function isCode(cell: string): boolean {
  const plain = normalizeValue(cell);
  return /^\d+$/.test(plain) && !/^0\d{9,10}$/.test(plain);
}
