import type { Command } from "commander";
import { z } from "zod";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { WorkerPool } from "../enrich/worker-pool.ts";
import { PIPELINE_EPOCH } from "../epoch.ts";
import { InputError, UsageError } from "../errors.ts";
import type { Outcome } from "../outcome.ts";
import type { EnrichedVoice } from "../schema/enriched-record.ts";
import { type RawVoice, VERBATIM_LIMIT } from "../schema/raw-voice.ts";
import { sliceCodePoints } from "../text/code-points.ts";
import { type CliContext, configOf } from "./context.ts";
import { readLineGroups } from "./read-lines.ts";

/** Lines that go to the workers at once; answers are printed in order as soon as a group is done. */
const GROUP_LINES = 64;

const TextLine = z.object({ text: z.string() });

/** Classifies each line of standard input and prints one JSON object a line, in order. */
async function classify(context: CliContext, choice: string | undefined): Promise<void> {
  const config = configOf(context);
  const taxonomy = choice ?? config.taxonomies[0] ?? "food-maker";
  findTaxonomy(taxonomy);
  const pool = new WorkerPool(config.workers, {
    taxonomies: [taxonomy],
    heads: config.heads,
    epoch: PIPELINE_EPOCH,
    encoder: true,
  });
  try {
    let line = 0;
    for await (const group of readLineGroups(context.input, GROUP_LINES)) {
      const texts = group.map((text, index) => readText(text, line + index + 1));
      line += group.length;
      const half = Math.ceil(texts.length / config.workers);
      const parts: Promise<Outcome<EnrichedVoice>[]>[] = [];
      for (let start = 0; start < texts.length; start += half) {
        parts.push(pool.enrich(texts.slice(start, start + half).map(asVoice)));
      }
      const outcomes = (await Promise.all(parts)).flat();
      await context.print(outcomes.map((outcome) => JSON.stringify(describe(outcome))).join("\n"));
    }
  } finally {
    pool.close();
  }
}

/** A line of plain text, or a JSON object with `text`. */
function readText(line: string, number: number): string {
  if (!line.startsWith("{")) return line.slice(0, VERBATIM_LIMIT);
  try {
    return TextLine.parse(JSON.parse(line)).text.slice(0, VERBATIM_LIMIT);
  } catch (cause) {
    throw new InputError(
      `標準入力の ${number} 行目が読めません。読んだもの: ${line.slice(0, 60)}、期待: {"text": "…"} という JSON、またはそのままの文。`,
      { cause },
    );
  }
}

function asVoice(verbatim: string): RawVoice {
  return {
    voiceId: "00000000-0000-5000-8000-000000000000",
    revision: "0000000000000000",
    source: "stdin",
    channel: "other",
    receivedAt: "1970-01-01T00:00:00+09:00",
    receivedPrecision: "date",
    verbatim,
    attributes: {},
  };
}

function describe(outcome: Outcome<EnrichedVoice>) {
  if (outcome.status !== "ok") {
    const nothing = { text: "", sentiment: "neutral", polarity: 0, kind: "other", segments: [] };
    return outcome.status === "skip" ? nothing : { ...nothing, error: outcome.reason };
  }
  const { text, sentiment, polarity, kind, segments } = outcome.value;
  return {
    text,
    sentiment,
    polarity: round(polarity),
    kind,
    segments: segments.map((segment) => ({
      start: segment.start,
      end: segment.end,
      text: sliceCodePoints(text, segment.start, segment.end),
      sentiment: segment.sentiment,
      polarity: round(segment.polarity),
      kind: segment.kind,
      topics: segment.topics.map(({ topic, confidence, why }) => ({
        topic,
        confidence: round(confidence),
        why,
      })),
    })),
  };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

export function registerClassify(program: Command, context: CliContext): void {
  program
    .command("classify")
    .description("標準入力の文（1行に1件）を分類して、1行に1件の JSON で出します。何も保存しません")
    .option("--taxonomy <名前|YAML>", "話題の分類（food-maker、tourism など）")
    .option("--json", "JSON で出します（いまはこの形だけです）")
    .addHelpText("after", "\n例:\n  echo '味は良いが袋が開けにくい' | kizuki classify --json\n")
    .action(async (options: { taxonomy?: string }) => {
      if ("isTTY" in context.input && context.input.isTTY) {
        throw new UsageError(
          "分類する文を標準入力に渡してください。例: kizuki classify --json < 声.txt",
        );
      }
      await classify(context, options.taxonomy);
    });
}
