import type { Table } from "../outline/outline.ts";
import { cellText } from "./cell-text.ts";

/** A table with each pair of bounds in brackets behind what it bounds, as the page has it: 1.6（0.62〜4.3）. */
export function foldBounds({ columns, rows }: Table): Table {
  const kept = columns.flatMap(({ isBound }, index) => (isBound === true ? [] : [index]));
  return {
    columns: columns.filter(({ isBound }) => isBound !== true),
    rows: rows.map((cells) =>
      kept.map((index) => {
        const { kind = "text" } = columns[index] ?? {};
        const cell = cells[index] ?? null;
        if (columns[index + 1]?.isBound !== true) return cell;
        const [low, high] = [index + 1, index + 2].map((bound) =>
          cellText(cells[bound] ?? null, kind),
        );
        return `${cellText(cell, kind)}${inBrackets(low ?? "", high ?? "")}`;
      }),
    ),
  };
}

function inBrackets(low: string, high: string): string {
  if (low === "" || low === high) return "";
  return high === "" ? `（${low}以上）` : `（${low}〜${high}）`;
}
