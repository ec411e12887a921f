import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { KizukiError, UsageError } from "../pipeline/errors.ts";
import { encoderId, loadEncoder } from "./encoder.ts";
import type { Segment } from "./features.ts";
import { saveHead } from "./head-folder.ts";
import { loadAnalyzer } from "./morphemes.ts";
import { embedTexts } from "./shipped/embed-texts.ts";
import { planHeads } from "./shipped/head-plans.ts";
import { measureHead } from "./shipped/measure-head.ts";
import { readNotes, renderModelCard } from "./shipped/render-model-card.ts";
import { readShippedData } from "./shipped/shipped-data.ts";

const MODELS = fileURLToPath(new URL(".", import.meta.url));
const SEED = 20_251_122;
const FIRST_NOTES = "Not written yet.";

/** Trains, measures and writes the four shipped heads and their card. Run by `npm run train-heads`. */
async function trainShippedHeads(arguments_: readonly string[]): Promise<void> {
  const { voices, cache } = readArguments(arguments_);
  const data = readShippedData(MODELS, voices, SEED);
  report(`dropped for sharing text with tests: ${JSON.stringify(data.dropped)}`);
  const plans = planHeads(data);
  const texts = plans.flatMap(({ written, weak, tests }) =>
    [...written, ...weak, ...tests.flatMap(({ cases }) => cases)].map(({ text }) => text),
  );
  const encoder = await loadEncoder();
  const vectors = await embedTexts(texts, { encoder, cache, report });
  const analyzer = await loadAnalyzer();
  const segments = new Map<string, Segment>();
  for (const [text, vector] of vectors) {
    segments.set(text, { text, vector, morphemes: analyzer.analyze(text) });
  }
  const toSegment = (text: string) =>
    segments.get(text) ?? { text, morphemes: [], vector: new Int8Array(0) };
  const measures = plans.map((plan) => {
    report(`training ${plan.name}`);
    const input = { plan, toSegment, encoder: encoderId(encoder.manifest), seed: SEED };
    const { head, measure } = measureHead(input);
    saveHead(join(MODELS, "heads", plan.name), head);
    for (const { set, head: own, characters, majority } of measure.tests) {
      const figures = [own, characters, majority].map(({ macroF1 }) => macroF1.toFixed(3));
      report(`  ${set}: macro-F1 ${figures.join(" / ")} (head / characters / majority)`);
    }
    return measure;
  });
  mkdirSync(join(MODELS, "heads"), { recursive: true });
  writeFileSync(
    join(MODELS, "heads", "evaluation.json"),
    `${JSON.stringify({ encoder: encoderId(encoder.manifest), seed: SEED, dropped: data.dropped, heads: measures }, null, 2)}\n`,
  );
  const cardPath = join(MODELS, "MODEL_CARD.md");
  const notes = existsSync(cardPath) ? readNotes(readFileSync(cardPath, "utf8")) : undefined;
  const { manifest } = encoder;
  writeFileSync(
    cardPath,
    renderModelCard({ manifest, measures, dropped: data.dropped, notes: notes ?? FIRST_NOTES }),
  );
}

function readArguments(args: readonly string[]): { voices: string; cache: string } {
  const { values } = parseArgs({
    args: [...args],
    options: { voices: { type: "string" }, cache: { type: "string" } },
  });
  if (values.voices === undefined) {
    throw new UsageError("--voices がありません。期待: hokuriku-voices.jsonl.gz のパス。");
  }
  return { voices: values.voices, cache: values.cache ?? join(tmpdir(), "kizuki-embeddings") };
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
