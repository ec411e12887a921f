import { resolve } from "node:path";
import type { Command } from "commander";
import { type EncoderChoice, readEncoderFolder, ShippedName } from "../../models/encoder-folder.ts";
import { refuseForeignFolder, saveHead } from "../../models/head-folder.ts";
import type { LabelledText } from "../../models/read-examples.ts";
import { type TrainedHead, trainHead } from "../../models/train-head.ts";
import { formatPercent } from "../../reports/format-japanese.ts";
import { encoderChoice, isMissingEncoder } from "../config.ts";
import { InputError, UsageError } from "../errors.ts";
import { type CliContext, configOf } from "./context.ts";
import { casesOf, type LabelledCase } from "./labelled-cases.ts";
import {
  type LabelledFileOptions,
  labelledFileOptions,
  readLabelledFile,
} from "./labelled-file.ts";

/** Any fixed number: the same examples give the same head. */
const SEED = 1;

/** Of a label: with so many, 16 topics were told apart well; see few-shot in the model card. */
const GOOD = 64;
/** With fewer a label is learned from chance, and its measure says little. */
const FEW = 8;

type TrainOptions = LabelledFileOptions & { readonly out: string; readonly encoder?: string };

/** @param given value of --encoder; the config's encoder where it is left out */
export function encoderOption(context: CliContext, given: string | undefined) {
  return given === undefined
    ? configOf(context).encoder
    : encoderArgument(given, { name: "--encoder", base: context.workingFolder });
}

/** @param name of the option or argument @throws UsageError where there is no such encoder */
export function encoderArgument(
  given: string,
  { name, base }: { readonly name: string; readonly base: string },
): EncoderChoice {
  const choice = encoderChoice(given, base);
  if (!isMissingEncoder(choice)) return choice;
  throw new UsageError(
    `${name} … 読んだもの: ${given}（${choice.folder} はありません）、期待: ${ShippedName.options.join("、")}、またはエンコーダのフォルダ。`,
  );
}

async function train(context: CliContext, options: TrainOptions): Promise<void> {
  const started = performance.now();
  const folder = resolve(context.workingFolder, options.out);
  refuseForeignFolder(folder);
  const encoder = encoderOption(context, options.encoder);
  const path = resolve(context.workingFolder, options.examples);
  const examples = await readLabelledFile(path, options);
  const labels = labelsOf(examples, options.examples);
  const { id, name } = readEncoderFolder(encoder);
  const cases = await casesOf(examples, { encoder, reporter: context.reporter });
  const trained = trainOn(cases, { labels, encoder: id, data: options.examples });
  saveHead(folder, trained.head);
  const { accuracy, macroF1, ece, n } = trained.unseen;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  await context.print(
    [
      `${examples.length} 件の例文、${labels.length} 種類のラベル、エンコーダ ${name} で分類器を作りました（${seconds} 秒）: ${folder}`,
      `学習に使わずに測った ${n} 件（交差検証）: 正解率 ${formatPercent(accuracy)}  マクロF1 ${formatPercent(macroF1)}  確信度のずれ（ECE）${ece.toFixed(3)}`,
      ...fewNotes(examples, labels),
    ].join("\n"),
  );
}

/** Lines for staff on labels that so few examples cannot teach; none where there are enough. */
export function fewNotes(examples: readonly LabelledText[], labels: readonly string[]): string[] {
  const few = labels
    .map((label) => ({ label, n: examples.filter((one) => one.labels.includes(label)).length }))
    .filter(({ n }) => n < FEW);
  if (few.length === 0) return [];
  const named = few.map(({ label, n }) => `${label} ${n} 件`).join("、");
  return [
    `例文の少ないラベルが ${few.length} つあります（${FEW} 件未満。よく見分けるには 1 つに ${GOOD} 件ほど要ります）: ${named}。この分類器は、これらをほとんど見分けられません。`,
  ];
}

/** One label is told apart from examples without any. @throws InputError where there is nothing to tell apart */
export function labelsOf(examples: readonly LabelledText[], file: string): string[] {
  const labels = [...new Set(examples.flatMap((example) => example.labels))].sort();
  const hasNone = examples.some((example) => example.labels.length === 0);
  if (labels.length >= (hasNone ? 1 : 2)) return labels;
  throw new InputError(
    `${file} のラベルが足りません。読んだもの: ${labels.join("、") || "なし"}、期待: 2 種類以上、または 1 種類と、ラベルのない例文（{"text":"本文","labels":[]}）。`,
  );
}

/** Trains one head; several labels or none on any example make it a "multi" one. */
export function trainOn(
  cases: readonly LabelledCase[],
  about: { readonly labels: readonly string[]; readonly encoder: string; readonly data: string },
): TrainedHead {
  const isMulti = cases.some(({ labels }) => labels.length !== 1);
  return trainHead(cases, {
    name: "custom",
    mode: isMulti ? "multi" : "single",
    labels: about.labels,
    seed: SEED,
    origin: { encoder: about.encoder, licence: "yours", data: [about.data] },
  });
}

export function registerTrain(models: Command, context: CliContext): void {
  labelledFileOptions(
    models.command("train").description("例文から分類器を作ります（ラベルは自由）"),
  )
    .requiredOption("--out <フォルダ>", "分類器を書くフォルダ")
    .option("--encoder <名前|フォルダ>", "base、small、またはフォルダ（省くと設定のもの）")
    .addHelpText(
      "after",
      "\n例:\n  kizuki models train --examples 例文.csv --text 本文 --label 評価 --out ./sentiment\n\nできた分類器は kizuki.yaml の heads に書くと使われます。ラベル一つに 64 件ほどの例文で、よく見分けます。\n",
    )
    .action((options: TrainOptions) => train(context, options));
}
