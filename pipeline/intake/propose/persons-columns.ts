import { keptColumns } from "../record/map-cells.ts";
import { normalizeValue, type SourceDescription } from "../source.ts";
import { Sample } from "../table/sample.ts";
import { isPersonalName, looksPersonal } from "./column-words.ts";
import { holdsWholeNames } from "./person-contents.ts";

/** @returns the columns kept for anybody to read whose cells look like persons' names, addresses, telephone numbers or mail */
export function personsColumns(
  rows: readonly ReadonlyMap<string, string>[],
  source: SourceDescription,
): readonly string[] {
  const sample = new Sample(rows);
  return [...new Set(keptColumns(source))].filter((column) => {
    // Whoever called it so wants them.
    if (isPersonalName(column) || /担当/.test(column)) return false;
    const cells = [...new Set(sample.written(column))];
    return looksPersonal(cells.filter((cell) => !isCode(cell))) || holdsWholeNames(sample, column);
  });
}

/** A lot may begin with 0, too: a telephone number without signs has ten digits or eleven. */
function isCode(cell: string): boolean {
  const plain = normalizeValue(cell);
  return /^\d+$/.test(plain) && !/^0\d{9,10}$/.test(plain);
}
