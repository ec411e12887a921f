export const FORMATS = ["csv", "tsv", "jsonl", "json"] as const;
export type Format = (typeof FORMATS)[number];

const LINES_LOOKED_AT = 10;

/**
 * Tells the format from how the text begins, not from the file's name: Excel's 「テキスト（タブ区切り）」 is often
 * called .csv.
 *
 * @param start the text's first lines
 */
export function guessFormat(start: string): Format {
  const lines = start.trimStart().split(/[\r\n]+/, LINES_LOOKED_AT);
  const [first = ""] = lines;
  // Objects broken over lines, or with commas between them, read like an array without brackets.
  if (/^(?:\[\s*(?:[[{"\]]|$)|\{\s*$|\{.*\},\s*$)/.test(first)) return "json";
  if (first.startsWith("{")) return "jsonl";
  // A title may stand above the table.
  const line = lines.find((one) => /[\t,]/.test(one)) ?? first;
  return line.split("\t").length > line.split(",").length ? "tsv" : "csv";
}
