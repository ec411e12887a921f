import type { Command } from "commander";
import { z } from "zod";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { WorkerPool } from "../enrich/worker-pool.ts";
import { PIPELINE_EPOCH } from "../epoch.ts";
import { UsageError } from "../errors.ts";
import type { Outcome } from "../outcome.ts";
import type { EnrichedVoice } from "../schema/enriched-record.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
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
    for await (const group of readLineGroups(context.input, GROUP_LINES)) {
      const outcomes = await enrichLines(pool, group, config.workers);
      await context.print(outcomes.map((outcome) => JSON.stringify(describe(outcome))).join("\n"));
    }
  } finally {
    pool.close();
  }
}

/** @returns one outcome a line, in order; a line that cannot be read is a reject, and the others go on */
async function enrichLines(
  pool: WorkerPool,
  lines: readonly string[],
  workers: number,
): Promise<Outcome<EnrichedVoice>[]> {
  const chunk = Math.ceil(lines.length / workers);
  const parts: Promise<Outcome<EnrichedVoice>[]>[] = [];
  for (let start = 0; start < lines.length; start += chunk) {
    parts.push(enrichPart(pool, lines.slice(start, start + chunk).map(readText)));
  }
  return (await Promise.all(parts)).flat();
}

async function enrichPart(
  pool: WorkerPool,
  texts: readonly (string | undefined)[],
): Promise<Outcome<EnrichedVoice>[]> {
  const readable = texts.filter((text) => text !== undefined);
  const outcomes = (await pool.enrich(readable.map(asVoice)))[Symbol.iterator]();
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
