import { readFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../pipeline/errors.ts";
import { firstProblems } from "../pipeline/first-problems.ts";
import { Emotion, Intensity, Kind, Sentiment } from "../pipeline/schema/enriched-record.ts";

/** A text with the labels a person gave it: one for a "single" head, any number for a "multi" one. */
export type LabelledText = { readonly text: string; readonly labels: readonly string[] };

/** One hand-written line of `models/examples` or `models/tests`. */
export type SegmentLine = {
  readonly topics: readonly string[];
  readonly kind: Kind;
  readonly sentiment: Sentiment;
  readonly text: string;
};

/** One hand-written voice of `models/examples/*.jsonl` or `models/tests/held-out-themes.jsonl`. */
export type VoiceLine = {
  readonly channel: "phone" | "mail" | "post" | "survey";
  /** What happened, as a slug: voices of one theme tell of the same thing. */
  readonly theme: string;
  /** Whether the customer has contacted the company about it before. */
  readonly repeat: boolean;
  readonly text: string;
  /** In order; together they are the whole text. */
  readonly segments: readonly VoiceSegment[];
};

/** A line's labels, and those that only whole voices have. */
export type VoiceSegment = SegmentLine & {
  readonly emotions: readonly Emotion[];
  /** 0 (no feeling shown) to 3 (as strong as can be). */
  readonly intensity: number;
  /** Whether it tells of bodily harm or its immediate danger. */
  readonly harm: boolean;
};

const Text = z.string().trim().min(1).max(20_000);
const Offset = z.number().int().nonnegative();
const VoiceFileLine = z.strictObject({
  channel: z.enum(["phone", "mail", "post", "survey"]),
  theme: z.string().regex(/^[a-z0-9-]+$/),
  repeat: z.boolean(),
  text: Text,
  spans: z
    .array(
      z.strictObject({
        /** Unicode code points of the text, half-open. */
        start: Offset,
        end: Offset,
        sentiment: Sentiment,
        kind: Kind,
        topics: z.array(z.string().min(1)),
        emotions: z.array(Emotion),
        intensity: Intensity,
        harm: z.boolean(),
      }),
    )
    .min(1),
});
const LabelledLine = z.union([
  z.strictObject({ text: Text, label: z.string().min(1) }),
  z.strictObject({ text: Text, labels: z.array(z.string().min(1)) }),
]);

/**
 * Reads JSON Lines of `{"text","label"}` or `{"text","labels":[…]}`.
 *
 * @param path names the file in messages
 * @throws InputError naming the bad lines
 */
export function parseLabelledTexts(contents: string, path: string): LabelledText[] {
  return parseLines(contents, path, (line) => {
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

/**
 * Reads one voice a line, its spans cut out and trimmed.
 *
 * @throws InputError naming every bad line, what was read and what was expected
 */
export function readVoiceLines(path: string): VoiceLine[] {
  return readLines(path, (line) => {
    const checked = VoiceFileLine.safeParse(parseJson(line));
    if (!checked.success) {
      const problems = checked.error.issues.map(
        (issue) => `${issue.path.join(".") || "行全体"}（${issue.message}）`,
      );
      return {
        problem: `期待: channel、theme、repeat、text、spans を持つ JSON。正しくない欄: ${problems.join("、")}`,
      };
    }
    const { spans, ...voice } = checked.data;
    const characters = Array.from(voice.text);
    const cuts = spans.map(({ start, end, ...labels }) => ({
      ...labels,
      text: characters.slice(start, end).join("").trim(),
    }));
    const isWhole = spans.every(
      ({ start, end }, index) => start < end && start === (spans[index - 1]?.end ?? 0),
    );
    if (!isWhole || spans.at(-1)?.end !== characters.length) {
      const read = spans.map(({ start, end }) => `${start}-${end}`).join("、");
      return {
        problem: `期待: 本文の 0 から ${characters.length} 文字目までを順にもれなく覆う spans。読んだもの: ${read}`,
      };
    }
    const empty = cuts.findIndex(({ text }) => text === "");
    if (empty >= 0) return { problem: `期待: 文字のある spans。空のもの: ${empty + 1} 番目` };
    return { value: { ...voice, segments: cuts } };
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
  return parseLines(contents, path, readLine);
}

function parseLines<T>(contents: string, path: string, readLine: (line: string) => Read<T>): T[] {
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
  if (problems.length > 0) throw new InputError(firstProblems(problems));
  return values;
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
