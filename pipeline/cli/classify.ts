import type { Command } from "commander";
import { z } from "zod";
import { readEncoderFolder } from "../../models/encoder-folder.ts";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { topicNotes } from "../../models/topic-notes.ts";
import { type WorkerSettings, workerSettings } from "../enrich/worker-messages.ts";
import { WorkerPool } from "../enrich/worker-pool.ts";
import { UsageError } from "../errors.ts";
import type { Outcome } from "../outcome.ts";
import type { EnrichedVoice } from "../schema/enriched-record.ts";
import { bareVoice, type RawVoice } from "../schema/raw-voice.ts";
import { type CliContext, configOf } from "./context.ts";
import { type DescribedVoice, describeVoice } from "./describe-voice.ts";
import { readLineGroups } from "./read-lines.ts";
import { renderClassified } from "./render-classified.ts";
import { taxonomyPath } from "./taxonomy-path.ts";

/** Lines that go to the workers at once; answers are printed in order as soon as a group is done. */
const GROUP_LINES = 64;

const TextLine = z.object({ text: z.string() });

type ClassifyOptions = { readonly taxonomy?: string; readonly text?: boolean };

/** Classifies each line of standard input and prints its answer, in order: a JSON object a line, or text. */
async function classify(context: CliContext, options: ClassifyOptions): Promise<void> {
  const config = configOf(context);
  const [first = "food-maker"] = config.taxonomies;
  const taxonomy = options.taxonomy === undefined ? first : taxonomyPath(context, options.taxonomy);
  const { leaves } = findTaxonomy(taxonomy);
  const place = { encoder: readEncoderFolder(config.encoder), heads: config.heads };
  for (const note of await topicNotes([taxonomy], place)) context.reporter.line(note);
  const labels = new Map(leaves.map(({ id, label }) => [id, label]));
  const print = (voice: DescribedVoice) =>
    options.text ? renderClassified(voice, labels) : JSON.stringify(voice);
  const settings = { ...workerSettings(config), taxonomies: [taxonomy] };
  const pool = new WorkerPool(config.workers, settings);
  try {
    let enrich: Enrich | undefined;
    for await (const group of readLineGroups(context.input, GROUP_LINES)) {
      enrich ??=
        group.length < GROUP_LINES ? await enrichHere(settings) : onPool(pool, config.workers);
      const outcomes = await enrichLines(enrich, group);
      await context.print(outcomes.map((outcome) => print(describeVoice(outcome))).join("\n"));
    }
  } finally {
    pool.close();
  }
}

type Enrich = (voices: readonly RawVoice[]) => Promise<Outcome<EnrichedVoice>[]>;

/** A short input is done before a second process would have started. */
async function enrichHere(settings: WorkerSettings): Promise<Enrich> {
  const { loadTools } = await import("../enrich/answer-request.ts");
  const { enrichVoices } = await import("../enrich/enrich-voices.ts");
  const tools = await loadTools(settings);
  return (voices) => enrichVoices(voices, tools);
}

/** Gives each worker an equal part. */
function onPool(pool: WorkerPool, workers: number): Enrich {
  return async (voices) => {
    const chunk = Math.ceil(voices.length / workers);
    const parts: Promise<Outcome<EnrichedVoice>[]>[] = [];
    for (let start = 0; start < voices.length; start += chunk) {
      parts.push(pool.enrich(voices.slice(start, start + chunk)));
    }
    return (await Promise.all(parts)).flat();
  };
}

/** @returns one outcome a line, in order; a line that cannot be read is a reject, and the others go on */
async function enrichLines(
  enrich: Enrich,
  lines: readonly string[],
): Promise<Outcome<EnrichedVoice>[]> {
  const texts = lines.map(readText);
  const readable = texts.filter((text) => text !== undefined);
  const outcomes = (await enrich(readable.map(bareVoice)))[Symbol.iterator]();
  return texts.map((text) => {
    const next = text === undefined ? undefined : outcomes.next().value;
    return next ?? { status: "reject", reason: 'no "text"' };
  });
}

/**
 * A line of plain text, or a JSON object with `text`. A line that only begins like JSON is a text: 「{笑}おいしい」.
 *
 * @returns undefined for an object without a text
 */
function readText(line: string): string | undefined {
  if (!line.startsWith("{")) return line;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return line;
  }
  const parsed = TextLine.safeParse(value);
  return parsed.success ? parsed.data.text : undefined;
}

export function registerClassify(program: Command, context: CliContext): void {
  program
    .command("classify")
    .description("標準入力の声（1行に1件）を分類して、1行に1件の JSON で出します。何も保存しません")
    .option("--taxonomy <名前|YAML>", "話題の分類（food-maker、tourism など）")
    .option("--json", "JSON で出します（言わなくてもこの形です）")
    .option("--text", "JSON の代わりに、人が読む形で出します")
    .addHelpText(
      "after",
      "\n例:\n  echo '味は良いが袋が開けにくい' | kizuki classify --json\n\nsentiment と polarity（-1〜1）は声全体のもの、segments は文ごとのものです。null は判定保留です。\nerror のある行は読めなかったもので、値はありません。\n",
    )
    .action(async (options: ClassifyOptions) => {
      if ("isTTY" in context.input && context.input.isTTY) {
        throw new UsageError(
          "分類する文を標準入力に渡してください。例: kizuki classify --json < 声.txt",
        );
      }
      await classify(context, options);
    });
}
