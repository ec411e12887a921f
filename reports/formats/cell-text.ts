import { formatCount, formatDay, formatPercent, formatRatio } from "../format-japanese.ts";
import type { Cell, ColumnKind } from "../outline/outline.ts";

const FORMATS: Readonly<Record<Exclude<ColumnKind, "text" | "day">, (value: number) => string>> = {
  count: formatCount,
  share: (value) => formatPercent(value),
  ratio: formatRatio,
};

/** A cell as it is read on paper. */
export function cellText(cell: Cell, kind: ColumnKind): string {
  if (cell === null) return "";
  if (typeof cell === "object") return formatPercent(cell.rough, 0);
  if (typeof cell === "string") return kind === "day" ? formatDay(cell) : cell;
  return kind === "text" || kind === "day" ? String(cell) : FORMATS[kind](cell);
}
