import { sqlText } from "../pipeline/warehouse/query.ts";
import type { Figure } from "./figure.ts";

/** The SQL that counted a figure, as it can be pasted into DuckDB: its parameters become variables. */
export function pasteableSql({ sql, params }: Pick<Figure, "sql" | "params">): string {
  const variables = sortedEntries(params).map(
    ([name, value]) => `set variable "${name}" = ${quoted(value)};`,
  );
  const statement = sqlText(sql)
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
