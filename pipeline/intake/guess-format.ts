import { InputError } from "../errors.ts";
import type { Format } from "./read-records.ts";

/**
 * Tells the format from how the text begins, not from the file's name: Excel's 「テキスト（タブ区切り）」 is often
 * called .csv.
 *
 * @param start the text's first lines
 */
export function guessFormat(file: string, start: string): Format {
  const [line = ""] = start.trimStart().split(/[\r\n]/, 1);
  if (line.startsWith("{")) return "jsonl";
  if (/^\[\s*(?:\{|$)/.test(line)) {
    throw new InputError(
      `${file}: JSON の配列は読めません。1 行に 1 件の JSON Lines にしてください（jq なら: jq -c '.[]' 元のファイル）。`,
    );
  }
  return line.split("\t").length > line.split(",").length ? "tsv" : "csv";
}
