import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { z } from "zod";
import { InputError } from "../../pipeline/errors.ts";

/**
 * Reads a public data set (`*.jsonl.gz`).
 *
 * @throws InputError where the file cannot be read
 */
export function readDataSet<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): z.infer<Schema>[] {
  let lines: string[];
  try {
    lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  } catch (cause) {
    throw new InputError(`声のファイル ${path} が読めません。期待: gzip の JSON Lines。`, {
      cause,
    });
  }
  return lines.map((line) => schema.parse(JSON.parse(line)));
}
