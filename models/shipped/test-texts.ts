import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readVoiceLines } from "../read-examples.ts";

export type TestTexts = {
  /** Whole voices and their spans, lines and their clauses. */
  readonly texts: readonly { readonly text: string }[];
  /** Of the voices in public data sets that test segments were cut from. */
  readonly ids: ReadonlySet<string>;
};

/** A file with this name has a voice's id in its second column. */
const REAL_VOICES = "real-voices.tsv";

/** Every text of `models/tests`, whatever it is labelled with: the last column of a table is the text. */
export function readTestTexts(folder: string): TestTexts {
  const ids = new Set<string>();
  const texts = readdirSync(folder).flatMap((file): string[] => {
    const path = join(folder, file);
    if (file.endsWith(".jsonl")) {
      return readVoiceLines(path).flatMap(({ text, segments }) => [
        text,
        ...segments.map((segment) => segment.text),
      ]);
    }
    if (!file.endsWith(".tsv")) return [];
    const rows = readFileSync(path, "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t"));
    if (file === REAL_VOICES) for (const [, id] of rows) ids.add(id ?? "");
    return rows.flatMap((row) => {
      const text = row.at(-1) ?? "";
      // Clauses of one line are cut by bars.
      return [text.replaceAll("|", ""), ...text.split("|")];
    });
  });
  return { texts: texts.map((text) => ({ text })), ids };
}
