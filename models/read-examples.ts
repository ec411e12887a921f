import { readFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../pipeline/errors.ts";
import { Kind, Sentiment } from "../pipeline/schema/enriched-record.ts";

/** A text with the labels a person gave it: one for a "single" head, any number for a "multi" one. */
export type LabelledText = { readonly text: string; readonly labels: readonly string[] };

/** One hand-written line of `models/examples` or `models/tests`. */
export type SegmentLine = {
  readonly topics: readonly string[];
  readonly kind: Kind;
  readonly sentiment: Sentiment;
  readonly text: string;
};

const Text = z.string().trim().min(1).max(20_000);
const LabelledLine = z.union([
  z.strictObject({ text: Text, label: z.string().min(1) }),
  z.strictObject({ text: Text, labels: z.array(z.string().min(1)) }),
]);

/** Reads JSON Lines of `{"text","label"}` or `{"text","labels":[…]}`. @throws InputError naming every bad line */
export function readLabelledTexts(path: string): LabelledText[] {
  return readLines(path, (line) => {
    const checked = LabelledLine.safeParse(parseJson(line));
    if (!checked.success) {
      return {
        problem: '期待: {"text":"本文","label":"ラベル"} か {"text":"本文","labels":["ラベル"]}',
      };
    }
    const { text, ...rest } = checked.data;
    return { value: { text, labels: "labels" in rest ? rest.labels : [rest.label] } };
  });
}

/** Reads `topics<TAB>kind<TAB>sentiment<TAB>text` ("|" for the tab will do). @throws InputError naming every bad line */
export function readSegmentLines(path: string, topics: ReadonlySet<string>): SegmentLine[] {
  return readLines(path, (line) => {
    const separator = line.includes("\t") ? "\t" : "|";
    const [topicList = "", kind, sentiment, ...rest] = line.split(separator);
    const named = topicList.trim() === "-" ? [] : topicList.trim().split("+");
    const unknown = named.filter((topic) => !topics.has(topic));
    const checked = z
      .object({ kind: Kind, sentiment: Sentiment, text: Text })
      .safeParse({ kind, sentiment, text: rest.join(separator) });
    if (unknown.length > 0)
      return { problem: `期待: 分類にある話題。無いもの: ${unknown.join("、")}` };
    if (!checked.success) {
      const fields = checked.error.issues.map((issue) => issue.path.join(".")).join("、");
      return { problem: `期待: 話題、種類、感情、本文をタブで区切った行。正しくない欄: ${fields}` };
    }
    return { value: { topics: named, ...checked.data } };
  });
}

type Read<T> = { readonly value: T } | { readonly problem: string };

const MOST_SHOWN = 40;

function readLines<T>(path: string, readLine: (line: string) => Read<T>): T[] {
  let contents: string;
  try {
    contents = readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(`例のファイル ${path} が読めません。期待: UTF-8 のテキスト。`, { cause });
  }
  const values: T[] = [];
  const problems: string[] = [];
  for (const [index, line] of contents
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === "") continue;
    const read = readLine(line);
    if ("value" in read) values.push(read.value);
    else
      problems.push(
        `${path}:${index + 1} 読んだもの: ${line.slice(0, MOST_SHOWN)} ${read.problem}`,
      );
  }
  if (problems.length > 0) throw new InputError(problems.join("\n"));
  return values;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
