import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { ShippedName } from "../../models/encoder-folder.ts";
import { drawReliability } from "../../models/shipped/draw-reliability.ts";
import { type EvaluationFile, readEvaluation } from "../../models/shipped/evaluation-file.ts";
import { readNotes, renderModelCard } from "../../models/shipped/render-model-card.ts";
import { shippedCommand } from "../../models/shipped/shipped-command.ts";
import { PICTURED } from "../../models/shipped/test-sets.ts";
import { KizukiError } from "../errors.ts";
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

const Arguments = z.object({
  encoder: ShippedName,
  data: z.string(),
  baselineEncoder: z.string().optional(),
  python: z.string(),
  cache: z.string(),
});

function readArguments(args: readonly string[]): EvaluationInput {
  const command = shippedCommand("models:evaluate")
    .description(
      "同梱の分類器をラベルごとに測り、models/heads の evaluation.json と models/MODEL_CARD.md を書きます。",
    )
    .option(
      "--data <フォルダ>",
      "公開データのあるフォルダ",
      join(MODELS, "..", "..", "shared", "data"),
    )
    .option("--baseline-encoder <フォルダ>", "比べるために、学習していないエンコーダ")
    .option("--python <コマンド>", "極性辞書との比較に使う Python", "python3");
  const { encoder, baselineEncoder, ...rest } = Arguments.parse(
    command.parse(args, { from: "user" }).opts(),
  );
  return {
    ...rest,
    name: encoder,
    models: MODELS,
    baseline: baselineEncoder === undefined ? undefined : { folder: resolve(baselineEncoder) },
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
