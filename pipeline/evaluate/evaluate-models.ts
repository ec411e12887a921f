import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ShippedName } from "../../models/encoder-folder.ts";
import { drawReliability } from "../../models/shipped/draw-reliability.ts";
import { type EvaluationFile, readEvaluation } from "../../models/shipped/evaluation-file.ts";
import { readNotes, renderModelCard } from "../../models/shipped/render-model-card.ts";
import { PICTURED } from "../../models/shipped/test-sets.ts";
import { KizukiError, UsageError } from "../errors.ts";
import { type EvaluationInput, evaluateShipped } from "./evaluate-shipped.ts";

const MODELS = fileURLToPath(new URL("../../models", import.meta.url));
const FIRST_NOTES = "Not written yet.";

/** Measures the shipped heads of one encoder and writes their figures and the card. Run by `npm run models:evaluate`. */
async function evaluate(input: EvaluationInput): Promise<void> {
  const evaluation = await evaluateShipped(input);
  const path = join(MODELS, "heads", input.name, "evaluation.json");
  writeFileSync(path, `${JSON.stringify(evaluation, null, 1)}\n`);
  const pictured = evaluation.sets.filter(({ set }) => PICTURED.includes(set));
  writeFileSync(join(dirname(path), "reliability.svg"), drawReliability(pictured));
  const cardPath = join(MODELS, "MODEL_CARD.md");
  const notes = existsSync(cardPath) ? readNotes(readFileSync(cardPath, "utf8")) : undefined;
  const card = renderModelCard({ evaluations: readAll(), notes: notes ?? FIRST_NOTES });
  writeFileSync(cardPath, card);
  process.stdout.write(card);
  for (const each of evaluation.missing) report(`NOT MEASURED: ${each}`);
}

/** The files that are there, base first. */
function readAll(): [string, EvaluationFile][] {
  const paths = ShippedName.options.map(
    (name) => [name, join(MODELS, "heads", name, "evaluation.json")] as const,
  );
  return paths.flatMap(([name, path]) => (existsSync(path) ? [[name, readEvaluation(path)]] : []));
}

function readArguments(args: readonly string[]): EvaluationInput {
  const { values } = parseArgs({
    args: [...args],
    options: {
      encoder: { type: "string", default: "base" },
      data: { type: "string", default: join(MODELS, "..", "..", "shared", "data") },
      "baseline-encoder": { type: "string" },
      python: { type: "string", default: "python3" },
      cache: { type: "string", default: join(tmpdir(), "kizuki-embeddings") },
    },
  });
  const name = ShippedName.safeParse(values.encoder);
  if (!name.success) {
    throw new UsageError(
      `--encoder 読んだもの: ${values.encoder}、期待: ${ShippedName.options.join("、")}。`,
    );
  }
  const folder = values["baseline-encoder"];
  return {
    name: name.data,
    models: MODELS,
    data: values.data,
    baseline: folder === undefined ? undefined : { folder: resolve(folder) },
    python: values.python,
    cache: values.cache,
    report,
  };
}

function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  await evaluate(readArguments(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof KizukiError)) throw error;
  report(error.message);
  process.exitCode = error.exitCode;
}
