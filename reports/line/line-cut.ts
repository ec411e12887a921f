import { z } from "zod";
import { UsageError } from "../../pipeline/errors.ts";
import { type Line, lineNames, REST } from "../../pipeline/lines-config.ts";
import { escapePattern } from "../../pipeline/text/escape-pattern.ts";
import { type Connection, execute, sqlText } from "../../pipeline/warehouse/query.ts";

/** Which voices a line's report counts: what the config said when it was made. */
export const LineCut = z.strictObject({
  name: z.string(),
  /** Names of products and places, `*` for any characters; empty for the rest, which fits none of the others. */
  products: z.array(z.string()),
  places: z.array(z.string()),
  /** Lines that are asked before this one: what fits them is not here. */
  before: z.array(z.string()),
  /** Voices of the period, of all lines, that name neither product nor place; absent in older values. */
  nameless: z.number().int().optional(),
});
export type LineCut = z.infer<typeof LineCut>;

/** @throws UsageError where the config has no line of this name; @returns undefined for the whole */
export function lineOf(lines: readonly Line[], name: string | undefined): LineCut | undefined {
  if (name === undefined) return undefined;
  const names = lineNames(lines);
  const index = names.indexOf(name);
  if (index < 0) {
    const expected =
      names.length === 0
        ? "まず kizuki.yaml に lines を書いてください"
        : `期待: ${names.join("、")}`;
    throw new UsageError(`--line が読めません。読んだもの: ${name}、${expected}。`);
  }
  const { products = [], places = [] } = lines[index] ?? {};
  return { name, products, places, before: names.slice(0, index) };
}

/** To which line a product belongs by its name alone: as `cut_voices.sql` tells it of a voice without a place. */
export function lineOfProduct(lines: readonly Line[], product: string): string {
  const fits = ({ products }: Line) => products.some((pattern) => toRegExp(pattern).test(product));
  return lines.find(fits)?.name ?? REST;
}

function toRegExp(pattern: string): RegExp {
  const parts = pattern.split("*").map(escapePattern);
  return new RegExp(`^${parts.join(".*")}$`, "su");
}

/**
 * Hides `voices` and `segments` of this connection behind temporary tables that hold one line's. Every question asked
 * here, also a company's own, is then answered for the line as it would be in a warehouse without the others.
 */
export async function cutToLine(
  connection: Connection,
  lines: readonly Line[],
  cut: LineCut,
): Promise<void> {
  await execute(connection, CUT_VOICES, paramsOf(lines, cut));
  await execute(connection, CUT_SEGMENTS);
}

/** The same as text that stands before a question: pasted into DuckDB, both count what the report counted. */
export function pasteableCut(lines: readonly Line[], cut: LineCut): string {
  const { patterns, position } = paramsOf(lines, cut);
  // In JSON a dollar may be written so; else `$pecial` in a name would be taken for a parameter.
  const literal = patterns.replaceAll("'", "''").replaceAll("$", "\\u0024");
  const voices = withoutHeader(CUT_VOICES)
    .replace("$patterns", () => `'${literal}'`)
    .replace("$position", String(position));
  return `drop table if exists temp.voices;

drop table if exists temp.segments;

${voices};

${withoutHeader(CUT_SEGMENTS)};

`;
}

const CUT_VOICES = "line/cut_voices.sql";
const CUT_SEGMENTS = "line/cut_segments.sql";

function paramsOf(lines: readonly Line[], { name }: LineCut) {
  const patterns = lines.flatMap(({ products, places }, index) => [
    ...products.map((product) => patternRow(index, "product", product)),
    ...places.map((place) => patternRow(index, "place", place)),
  ]);
  const position = lines.findIndex((line) => line.name === name) + 1;
  return { patterns: JSON.stringify(patterns), position };
}

function patternRow(index: number, subject: "product" | "place", written: string) {
  const pattern = written.replace(/[\\%_]/g, "\\$&").replaceAll("*", "%");
  return { position: index + 1, subject, pattern };
}

function withoutHeader(file: string): string {
  return sqlText(file)
    .split("\n")
    .filter((line) => !line.startsWith("--"))
    .join("\n")
    .trim();
}
