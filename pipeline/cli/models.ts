import { resolve } from "node:path";
import type { Command } from "commander";
import { encoderId, loadEncoder } from "../../models/encoder.ts";
import { evaluateHead } from "../../models/evaluate-head.ts";
import { segmentFeatures } from "../../models/features.ts";
import { loadHead, saveHead } from "../../models/head-folder.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { type LabelledText, readLabelledTexts } from "../../models/read-examples.ts";
import { trainHead } from "../../models/train-head.ts";
import { InputError } from "../errors.ts";
import type { Reporter } from "../reporter.ts";
import { guardVerbatim } from "../text/guard-verbatim.ts";
import { normalizeVerbatim } from "../text/normalize-verbatim.ts";
import type { CliContext } from "./context.ts";
import { readLineGroups } from "./read-lines.ts";

/** Any fixed number: the same examples give the same head. */
const SEED = 1;

/** The same text that enrichment would show to the models, unmasked. */
function clean(text: string): string {
  const guarded = guardVerbatim(text);
  return guarded.status === "ok" ? normalizeVerbatim(guarded.value) : "";
}

async function featuresOf(examples: readonly LabelledText[], reporter: Reporter) {
  const [analyzer, encoder] = await Promise.all([loadAnalyzer(), loadEncoder()]);
  reporter.begin("例文を読み取り中", examples.length);
  const cases = [];
  for (const { text, labels } of examples) {
    const words = clean(text);
    const vector = await encoder.encode(words);
    const features = segmentFeatures({ text: words, morphemes: analyzer.analyze(words), vector });
    cases.push({ features, labels });
    reporter.advance(1);
  }
  reporter.end();
  return { cases, encoder: encoderId(encoder.manifest) };
}

async function train(
  context: CliContext,
  options: { readonly examples: string; readonly out: string },
): Promise<void> {
  const examples = readLabelledTexts(resolve(context.workingFolder, options.examples));
  const labels = [...new Set(examples.flatMap((example) => example.labels))].sort();
  if (labels.length < 2) {
    throw new InputError(
      `${options.examples} のラベルが足りません。読んだもの: ${labels.join("、") || "なし"}、期待: 2 種類以上。`,
    );
  }
  const { cases, encoder } = await featuresOf(examples, context.reporter);
  const isMulti = examples.some((example) => example.labels.length !== 1);
  const { head } = trainHead(cases, {
    name: "custom",
    mode: isMulti ? "multi" : "single",
    labels,
    seed: SEED,
    origin: { encoder, licence: "yours", data: [options.examples] },
  });
  const folder = resolve(context.workingFolder, options.out);
  saveHead(folder, head);
  await context.print(
    `${examples.length} 件の例文、${labels.length} 種類のラベルで分類器を作りました: ${folder}`,
  );
}

async function evaluate(
  context: CliContext,
  options: { readonly head: string; readonly examples: string; readonly json?: boolean },
): Promise<void> {
  const examples = readLabelledTexts(resolve(context.workingFolder, options.examples));
  const { cases, encoder } = await featuresOf(examples, context.reporter);
  const head = loadHead(resolve(context.workingFolder, options.head), { encoder });
  const evaluation = evaluateHead(head, cases);
  if (options.json) return await context.print(JSON.stringify(evaluation));
  const lines = [
    `${evaluation.n} 件  正解率 ${percent(evaluation.accuracy)}  マクロF1 ${percent(evaluation.macroF1)}  マイクロF1 ${percent(evaluation.microF1)}`,
    ...Object.entries(evaluation.perLabel).map(
      ([label, { precision, recall, f1, support }]) =>
        `  ${label}  適合率 ${percent(precision)}  再現率 ${percent(recall)}  F1 ${percent(f1)}  ${support} 件`,
    ),
  ];
  await context.print(lines.join("\n"));
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

async function embed(context: CliContext): Promise<void> {
  const encoder = await loadEncoder();
  for await (const group of readLineGroups(context.input, 16)) {
    const lines: string[] = [];
    for (const line of group) {
      lines.push(JSON.stringify({ vector: unitVector(await encoder.encode(clean(line))) }));
    }
    await context.print(lines.join("\n"));
  }
}

/** The stored direction as a vector of length 1. */
function unitVector(direction: Int8Array): number[] {
  let sum = 0;
  for (const value of direction) sum += value * value;
  const length = Math.sqrt(sum) || 1;
  return Array.from(direction, (value) => value / length);
}

export function registerModels(program: Command, context: CliContext): void {
  const models = program
    .command("models")
    .description("自分のラベルの分類器を作る・測る、文をベクトルにする");
  models
    .command("train")
    .description("例文から分類器を作ります（ラベルは自由）")
    .requiredOption(
      "--examples <ファイル>",
      '1行に {"text": "…", "label": "…"} か {"text", "labels": […]}',
    )
    .requiredOption("--out <フォルダ>", "分類器を書くフォルダ")
    .action((options: { examples: string; out: string }) => train(context, options));
  models
    .command("evaluate")
    .description("分類器を例文で測ります")
    .requiredOption("--head <フォルダ>", "models train が書いたフォルダ")
    .requiredOption("--examples <ファイル>", "答えの付いた例文（学習に使っていないもの）")
    .option("--json", "JSON で出します")
    .action((options: { head: string; examples: string; json?: boolean }) =>
      evaluate(context, options),
    );
  models
    .command("embed")
    .description("標準入力の文（1行に1件）をベクトルにします")
    .option("--json", '1行に {"vector": […]} を出します（いまはこの形だけです）')
    .action(() => embed(context));
}
