import { parseReceivedAt } from "../record/parse-received-at.ts";
import type { SourceDescription } from "../source.ts";
import type { Sample } from "../table/sample.ts";

/** @returns what to say where a file that came without a header seems to have one */
export function headerTurnedUp(sample: Sample, { columns, names }: SourceDescription): string[] {
  const [heading = "", ...days] = sample.joined([columns.receivedAt].flat());
  if (names === undefined || isDay(heading) || !days.some(isDay)) return [];
  const cells = sample.columns.map((column) => sample.cells(column)[0] ?? "");
  const written = cells.filter((cell) => cell !== "");
  const isHeader =
    written.length > 1 &&
    new Set(written).size === written.length &&
    written.every((cell) => cell.length <= LONGEST_HEADING && !/\d{3}|[。、]/.test(cell));
  if (!isHeader) return [];
  return [
    "1 行目は見出しのようです。説明に names（見出しのない表の列の名前）があるので、声として読み、不達になります。これからも見出しが付くなら、説明の names を消し、columns と attributes の列名を見出しのとおりに書き換えてください（kizuki source init で案を作れます）。その 1 行は kizuki dead discard で除けます",
  ];
}

const LONGEST_HEADING = 20;

function isDay(cell: string): boolean {
  return typeof parseReceivedAt(cell) === "object";
}
