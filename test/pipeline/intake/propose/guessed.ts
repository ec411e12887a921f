import { guessSource } from "../../../../pipeline/intake/propose/guess-source.ts";

/** Rows of a table whose cells are parted by | and whose first line is the header. */
export function rows(table: string): Map<string, string>[] {
  const [header = [], ...lines] = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return lines.map((cells) => new Map(header.map((column, index) => [column, cells[index] ?? ""])));
}

type Rows = Parameters<typeof guessSource>[0];
export const guessed = (of: Rows, file = "a.csv", known: readonly string[] = []) =>
  guessSource(of, { file, known });
