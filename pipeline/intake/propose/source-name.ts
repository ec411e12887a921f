import { createHash } from "node:crypto";

/** What tells the layout of a file: in the name of each source that nobody described. */
function layoutOf(identifying: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(identifying)).digest("hex").slice(0, 8);
}

/**
 * Names a source that nobody described: as its first file is called, then by its columns. An export that overlaps
 * another one mostly has another file name, and must bring the same voices: a source of the same columns that is
 * known keeps its name. Two systems with the same columns and the same numbers need a description each; the notes of
 * an import say so.
 *
 * @param given.file the file's name, masked
 * @param given.known names of the sources that voices came from
 */
export function sourceName(
  identifying: readonly string[],
  { file, known }: { readonly file: string; readonly known: readonly string[] },
): string {
  const end = `-${layoutOf(identifying)}`;
  return known.find((name) => name.endsWith(end)) ?? `${nameOfFile(file) ?? "columns"}${end}`;
}

/** The name of a source as a reader knows it: without what tells the layout. */
export function sourceTitle(source: string): string {
  return source.replace(/(?<=.)-[0-9a-f]{8}$/, "");
}

/** The name that a description is proposed with. @param file masked */
export function proposedName(file: string, columns: readonly string[]): string {
  return nameOfFile(file) ?? `columns-${layoutOf(columns)}`;
}

/**
 * What exports of one system have in common in their names: 「通話記録_202507 (1).csv」 is 通話記録.
 *
 * @param file masked
 * @returns `undefined` where nothing is left that says something
 */
export function nameOfFile(file: string): string | undefined {
  const name = file
    .normalize("NFKC")
    .replace(/\(シート「.*$/, "")
    .replace(/^.*[/\\]/, "")
    .replace(/(?:\.[a-z]{2,6}){1,2}$/i, "")
    .replace(/【[^】]*】/g, " ")
    .replace(DAY, " ")
    .replace(COPY, " ")
    .replace(/(?<![\p{L}\p{N}])\d+(?![\p{L}\p{N}])/gu, " ")
    .replace(/[([{「][\s_.~-]*[)\]}」]/g, " ")
    .replace(/[\s_.~〜・-]+/g, "_")
    .replace(/^_|_$/g, "")
    .slice(0, LONGEST_NAME);
  return /\p{L}/u.test(name) && !SAYS_NOTHING.test(name) ? name : undefined;
}

const YEAR = /(?:(?:19|20)\d{2}|令和(?:\d{1,2}|元)|(?<![A-Za-z])R\d{1,2}(?=年|\.))/.source;
// November before January: of 「11月」 no 「1月」 may be left.
const MONTH = /(?:1[0-2]|0?[1-9])/.source;
/** Parts of a year or a month, after either or alone. */
const SPAN =
  /(?:[上下](?:半期|期|旬)|中旬|[前後通]期|第?[1-4一二三四]四半期|第\d{1,2}週|(?<![A-Za-z\d])[1-4]Q(?![A-Za-z\d])|(?<![A-Za-z])(?:Q[1-4]|W\d{2})(?![A-Za-z\d]))/
    .source;
const DAY = new RegExp(
  `${YEAR}(?:年度|年|[-_.]?)(?:${MONTH}(?:月度?分?|[-_.]?))?(?:(?:3[01]|[0-2]?\\d)日?)?(?:分|時点|現在)?|(?<!\\d)${MONTH}月(?:\\d{1,2}日)?(?:度?分)?|${SPAN}(?:分)?`,
  "g",
);
const COPY = /(?:-\s*)?(?:のコピー|コピー)|\bcopy\b|最新版?|最終版?|確定版?/gi;
const SAYS_NOTHING = /^(?:data|export|download|output|file|sheet\d*|book\d*|table|無題|新規|列)$/i;
const LONGEST_NAME = 60;
