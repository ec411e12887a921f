export const FORMATS = ["csv", "tsv", "jsonl", "json"] as const;
export type Format = (typeof FORMATS)[number];

/**
 * Tells the format from how the text begins, not from the file's name: Excel's 「テキスト（タブ区切り）」 is often
 * called .csv.
 *
 * @param start the text's first lines
 */
export function guessFormat(start: string): Format {
  const [line = ""] = start.trimStart().split(/[\r\n]/, 1);
  // An object that is broken over lines, with more of them behind it, reads like an array without brackets.
  if (/^(?:\[\s*(?:[{\]]|$)|\{\s*$)/.test(line)) return "json";
  if (line.startsWith("{")) return "jsonl";
  return line.split("\t").length > line.split(",").length ? "tsv" : "csv";
}
