import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { KizukiError } from "../pipeline/errors.ts";
import { readEncoderFolder, ShippedName, shippedEncoder } from "./encoder-folder.ts";
import { ALL_FEATURES } from "./features.ts";
import { saveHead } from "./head-folder.ts";
import { loadAnalyzer } from "./morphemes.ts";
import { embedWithCache, segmentsByText } from "./shipped/embed-with-cache.ts";
import { planHeads } from "./shipped/head-plans.ts";
import { REAL_SETS } from "./shipped/real-segments.ts";
import { shippedCommand } from "./shipped/shipped-command.ts";
import { readShippedData } from "./shipped/shipped-data.ts";
import { trainPlan } from "./shipped/train-plan.ts";

const MODELS = fileURLToPath(new URL(".", import.meta.url));

/** Trains the heads that ship with one encoder. Run by `npm run train-heads`. */
async function trainShippedHeads(arguments_: readonly string[]): Promise<void> {
  const { folder, cache, name } = readArguments(arguments_);
  const data = readShippedData(MODELS, folder);
  report(`dropped for sharing text with tests: ${data.dropped}`);
  const plans = planHeads(data);
  const encoder = shippedEncoder(name);
  const texts = data.segments.map(({ text }) => text);
  const vectors = await embedWithCache(texts, { encoder, cache, report });
  const toSegment = segmentsByText(vectors, await loadAnalyzer());
  const { id } = readEncoderFolder(encoder);
  for (const plan of plans) {
    const head = trainPlan({ plan, toSegment, encoder: id, scales: ALL_FEATURES });
    saveHead(join(MODELS, "heads", name, plan.name), head);
    report(`${plan.name}: unseen ${JSON.stringify(head.unseen)}`);
  }
}

const Arguments = z.object({ data: z.string(), encoder: ShippedName, cache: z.string() });

function readArguments(args: readonly string[]) {
  const command = shippedCommand("train-heads")
    .description("同梱の分類器を学習し、models/heads に置きます。")
    .requiredOption("--data <フォルダ>", `${REAL_SETS.join("、")} のあるフォルダ`);
  const { data, encoder, cache } = Arguments.parse(command.parse(args, { from: "user" }).opts());
  return { folder: data, cache, name: encoder };
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  await trainShippedHeads(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof KizukiError)) throw error;
  report(error.message);
  process.exitCode = error.exitCode;
}
