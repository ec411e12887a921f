import type { Command } from "commander";
import { type LabelledText, parseLabelledTexts } from "../../models/read-examples.ts";
import { InputError } from "../errors.ts";
import { firstProblems } from "../first-problems.ts";
import { decodeFile } from "../intake/encoding/decode-file.ts";
import { type ProvenFile, proveEncoding } from "../intake/encoding/prove-encoding.ts";
import { fileBytes } from "../intake/files/byte-source.ts";
import { guessFormat } from "../intake/files/guess-format.ts";
import { readRecords } from "../intake/read-records.ts";
import type { SourceRecord } from "../intake/table/split-records.ts";

export type LabelledFileOptions = {
  readonly examples: string;
  /** Names of the columns of a CSV or TSV file. */
  readonly text: string;
  readonly label: string;
};

/** Adds the options that say where labelled examples are read from. */
export function labelledFileOptions(command: Command): Command {
  return command
    .requiredOption(
      "--examples <ファイル>",
      '答えの付いた例文。JSON Lines（{"text","label"} か {"text","labels"}）、または見出しのある CSV、TSV',
    )
    .option("--text <列>", "CSV、TSV で本文の列の名前", "text")
    .option("--label <列>", "CSV、TSV でラベルの列の名前", "label");
}

/** @param path absolute @throws InputError naming every bad line */
export async function readLabelledFile(
  path: string,
  options: LabelledFileOptions,
): Promise<LabelledText[]> {
  const proven = await proveEncoding(await fileBytes(path));
  let start = "";
  for await (const text of decodeFile(proven)) {
    start = text;
    break;
  }
  const format = guessFormat(start);
  if (format === "jsonl") return parseLabelledTexts(await textOf(proven), path);
  const examples: LabelledText[] = [];
  const problems: string[] = [];
  for await (const batch of readRecords(proven, { format })) {
    for (const record of batch) {
      const read = readRecord(path, record, options);
      if (typeof read === "string") problems.push(`${path}:${record.row} ${read}`);
      else examples.push(read);
    }
  }
  if (problems.length > 0) throw new InputError(firstProblems(problems));
  return examples;
}

async function textOf(proven: ProvenFile): Promise<string> {
  const texts: string[] = [];
  for await (const text of decodeFile(proven)) texts.push(text);
  return texts.join("");
}

/** @returns what is wrong with the row, or its text and label @throws InputError where the columns are not there */
function readRecord(
  path: string,
  record: SourceRecord,
  { text, label }: LabelledFileOptions,
): LabelledText | string {
  if ("problem" in record) return `読めません: ${record.problem.reason}`;
  const missing = [text, label].filter((column) => !record.cells.has(column));
  if (missing.length > 0) {
    throw new InputError(
      `${path} の見出し … 読んだもの: ${[...record.cells.keys()].join("、")}、期待: ${[text, label].join("、")}。別の名前の列は --text と --label で指定してください。`,
    );
  }
  const words = record.cells.get(text)?.trim() ?? "";
  const name = record.cells.get(label)?.trim() ?? "";
  if (words === "" || name === "") return `期待: 空でない「${text}」と「${label}」`;
  return { text: words, labels: [name] };
}
