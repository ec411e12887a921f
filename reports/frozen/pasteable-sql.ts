import { z } from "zod";
import type { Figure, Figures } from "../figure.ts";

/** SQL texts by file under `sql/`, as they were when the report was made. */
export const Questions = z.record(z.string(), z.string());
export type Questions = z.infer<typeof Questions>;

/** The texts of the questions that counted the figures. */
export function questionsBehind(figures: Figures, readSql: (file: string) => string): Questions {
  return Object.fromEntries(Object.values(figures).map(({ sql }) => [sql, readSql(sql)]));
}

/** The SQL that counted a figure, as it can be pasted into DuckDB: its parameters become variables. */
export function pasteableSql(
  { sql, params }: Pick<Figure, "sql" | "params">,
  questions: Questions,
): string {
  const text = questions[sql];
  if (text === undefined) throw new RangeError(`報告書の値に「${sql}」のSQLがありません`);
  const variables = sortedEntries(params).map(
    ([name, value]) => `set variable "${name}" = ${quoted(value)};`,
  );
  const statement = text
    .trimEnd()
    .split("\n")
    .map((line) => (line.startsWith("--") ? line : line.replace(PARAMETER, "getvariable('$1')")))
    .join("\n");
  return `${variables.join("\n")}\n\n${statement};\n`;
}

/** Which row of that answer the figure is, such as topic = 'parking' and sentiment = 'negative'. */
export function rowCondition({ row }: Pick<Figure, "row">): string {
  return sortedEntries(row)
    .map(([column, value]) => `${column} = ${quoted(value)}`)
    .join(" and ");
}

const PARAMETER = /\$([a-z_]+)/g;

function sortedEntries(record: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1));
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
