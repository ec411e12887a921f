import { fileURLToPath } from "node:url";
import { z } from "zod";
import { readDataSet } from "../../models/shipped/read-data-set.ts";

export const VOICES = fileURLToPath(
  new URL("../../../shared/data/hokuriku-voices.jsonl.gz", import.meta.url),
);
/** Shortest and longest text, in subwords with the two that frame it: their mean is 34. */
const SUBWORDS = { fewest: 26, most: 48 };
const Voice = z.object({ text: z.string() });

/**
 * @param lengthOf in subwords
 * @param stride every so many lines of the file, so that all its years have a part
 * @returns verbatims of the file
 */
export function readBenchTexts(
  path: string,
  lengthOf: (text: string) => number,
  stride = 11,
): string[] {
  return readDataSet(path, Voice)
    .filter((_, index) => index % stride === 0)
    .map(({ text }) => text)
    .filter((text) => {
      const length = lengthOf(text);
      return length >= SUBWORDS.fewest && length <= SUBWORDS.most;
    });
}
