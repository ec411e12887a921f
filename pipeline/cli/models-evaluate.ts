import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { type EncoderChoice, readEncoderFolder } from "../../models/encoder-folder.ts";
import { evaluateJudged, type Judged } from "../../models/evaluate-head.ts";
import { loadHeadOrModel, shippedHeadFolder } from "../../models/find-head.ts";
import type { LabelledText } from "../../models/read-examples.ts";
import { measureJudged } from "../../models/shipped/bootstrap.ts";
import type { Labeller } from "../../models/text-model.ts";
import { formatDecimal, formatPercent } from "../../reports/format-japanese.ts";
import { InputError, UsageError } from "../errors.ts";
import type { CliContext } from "./context.ts";
import { casesOf, casesOfWords, judgeCases } from "./labelled-cases.ts";
import {
  type LabelledFileOptions,
  labelledFileOptions,
  readLabelledFile,
} from "./labelled-file.ts";
import { encoderOption } from "./models-train.ts";

type EvaluateOptions = LabelledFileOptions & {
  readonly head: string;
  readonly encoder?: string;
  readonly map?: string;
  readonly json?: boolean;
};

async function evaluate(context: CliContext, options: EvaluateOptions): Promise<void> {
  const encoder = encoderOption(context, options.encoder);
  const path = resolve(context.workingFolder, options.examples);
  const examples = await readLabelledFile(path, options);
  const by = await headOption(context, options, encoder);
  refuseOtherLabels(by, examples, options);
  const { reporter } = context;
  const cases =
    "score" in by ? casesOfWords(examples) : await casesOf(examples, { encoder, reporter });
  const measured = measure(by, await judgeCases(by, cases, reporter));
  await context.print(options.json ? JSON.stringify(measured) : describe(measured));
}

/**
 * @param options.head name of a head that ships with the encoder, or the folder of a head or of a
 *   text-classification model
 */
async function headOption(
  context: CliContext,
  { head, map }: { readonly head: string; readonly map?: string },
  encoder: EncoderChoice,
): Promise<Labeller> {
  const place = readEncoderFolder(encoder);
  const shipped = shippedHeadFolder(head, place);
  const isShipped = /^[a-z-]+$/.test(head) && existsSync(shipped);
  const folder = isShipped ? shipped : resolve(context.workingFolder, head);
  return await loadHeadOrModel({ folder, labels: readMap(map) }, place);
}

/** @throws InputError where no answer of the head could ever be right */
export function refuseOtherLabels(
  { labels }: Pick<Labeller, "labels">,
  examples: readonly LabelledText[],
  { examples: file, head }: { readonly examples: string; readonly head: string },
): void {
  const given = [...new Set(examples.flatMap((example) => example.labels))].sort();
  if (given.some((label) => labels.includes(label))) return;
  throw new InputError(
    `${file} のラベル … 読んだもの: ${given.join("、") || "なし"}（例文 ${examples.length} 件）、期待: 分類器 ${head} のラベル ${labels.join("、")} のどれか。`,
  );
}

/** @param map POSITIVE=positive,NEGATIVE=negative */
export function readMap(map: string | undefined): Record<string, string> | undefined {
  if (map === undefined) return undefined;
  const pairs = map.split(",").map((pair) => pair.split("="));
  if (pairs.every((pair) => pair.length === 2 && pair.every((name) => name.trim() !== ""))) {
    return Object.fromEntries(pairs.map(([from = "", to = ""]) => [from.trim(), to.trim()]));
  }
  throw new UsageError(
    `--map … 読んだもの: ${map}、期待: POSITIVE=positive,NEGATIVE=negative のような対応。`,
  );
}

/** Figures with their 95% intervals; the labels of the examples count too where the head does not know them. */
export function measure(by: Pick<Labeller, "labels">, judged: readonly Judged[]) {
  const labels = [...new Set([...by.labels, ...judged.flatMap(({ gold }) => gold)])];
  const grouped = judged.map((each, index) => ({ ...each, group: String(index) }));
  const evaluation = evaluateJudged(labels, judged);
  const { accuracy, macroF1, perLabel } = measureJudged(labels, grouped, evaluation);
  return { ...evaluation, intervals: { accuracy, macroF1, perLabel } };
}

/** 81.2%［78.0〜84.1］: a share and its 95% interval. */
export function percentBetween(figure: { value: number; low: number; high: number }): string {
  const [low, high] = [figure.low, figure.high].map((share) => formatDecimal(share * 100, 1));
  return `${formatPercent(figure.value)}［${low}〜${high}］`;
}

function describe({ intervals, ...figures }: ReturnType<typeof measure>): string {
  return [
    `${figures.n} 件  正解率 ${percentBetween(intervals.accuracy)}  マクロF1 ${percentBetween(intervals.macroF1)}  マイクロF1 ${formatPercent(figures.microF1)}  確信度のずれ（ECE）${figures.ece.toFixed(3)}`,
    `  確信度が足りて示されるもの ${formatPercent(figures.coverage)}、その正解率 ${formatPercent(figures.shownAccuracy)}（［］は 95% 区間）`,
    ...Object.entries(intervals.perLabel).map(
      ([label, { precision, recall, f1, support }]) =>
        `  ${label}  適合率 ${percentBetween(precision)}  再現率 ${percentBetween(recall)}  F1 ${percentBetween(f1)}  ${support} 件`,
    ),
  ].join("\n");
}

export function registerEvaluate(models: Command, context: CliContext): void {
  labelledFileOptions(models.command("evaluate").description("分類器を例文で測ります"))
    .requiredOption(
      "--head <名前|フォルダ>",
      "付属の分類器の名前（sentiment など）、models train が書いたフォルダ、テキスト分類モデルのフォルダ",
    )
    .option("--encoder <名前|フォルダ>", "base、small、またはフォルダ（省くと設定のもの）")
    .option("--map <対応>", "モデルのラベルと例文のラベルの対応（POSITIVE=positive,…）")
    .option("--json", "JSON で出します")
    .action((options: EvaluateOptions) => evaluate(context, options));
}
