import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { compareJudged } from "../../models/compare-judged.ts";
import {
  type EncoderChoice,
  readEncoderFolder,
  ShippedName,
  shippedEncoder,
} from "../../models/encoder-folder.ts";
import type { Judged } from "../../models/evaluate-head.ts";
import { loadHead } from "../../models/head-folder.ts";
import { readModelFolder } from "../../models/model-folder.ts";
import { seededRandom, shuffledIndexes } from "../../models/random.ts";
import type { LabelledText } from "../../models/read-examples.ts";
import { loadTextModel } from "../../models/text-model.ts";
import { UsageError } from "../errors.ts";
import type { CliContext } from "./context.ts";
import { casesOf, casesOfWords, judgeCases } from "./labelled-cases.ts";
import {
  type LabelledFileOptions,
  labelledFileOptions,
  readLabelledFile,
} from "./labelled-file.ts";
import { measure, percentBetween, readMap, refuseOtherLabels } from "./models-evaluate.ts";
import { encoderArgument, encoderOption, labelsOf, trainOn } from "./models-train.ts";

/** Stated with the result; the same number gives the same parts and intervals. */
const DEFAULT_SEED = "1";
/** Of each label, the part that encoders' heads are tested on. */
const TEST_SHARE = 0.3;

type CompareOptions = LabelledFileOptions & {
  readonly encoder?: string;
  readonly map?: string;
  readonly seed: string;
  readonly json?: boolean;
};

/** Judges the tested examples after having learned from the others, or without. */
type Contender = {
  readonly needsTraining: boolean;
  /** The labels it was trained for; undefined where it has yet to learn them. */
  readonly knows?: readonly string[];
  judge(parts: Parts): Promise<Judged[]>;
};

type Parts = {
  readonly training: readonly LabelledText[];
  readonly tested: readonly LabelledText[];
};

async function compare(
  context: CliContext,
  names: readonly [string, string],
  options: CompareOptions,
): Promise<void> {
  const seed = Number(options.seed);
  if (!Number.isInteger(seed)) {
    throw new UsageError(`--seed … 読んだもの: ${options.seed}、期待: 整数。`);
  }
  const path = resolve(context.workingFolder, options.examples);
  const examples = await readLabelledFile(path, options);
  const labels = labelsOf(examples, options.examples);
  const [one, other] = [
    await contenderOf(context, names[0], options, labels),
    await contenderOf(context, names[1], options, labels),
  ];
  for (const [index, { knows }] of [one, other].entries()) {
    const head = names[index] ?? "";
    if (knows !== undefined) {
      refuseOtherLabels({ labels: knows }, examples, { examples: options.examples, head });
    }
  }
  const isSplit = one.needsTraining || other.needsTraining;
  const parts = isSplit ? splitByLabel(examples, seed) : { training: [], tested: examples };
  const ours = await one.judge(parts);
  const theirs = await other.judge(parts);
  const all = [
    ...new Set(
      [...ours, ...theirs].flatMap(({ gold, given }) => [
        ...gold,
        ...given.map(({ label }) => label),
      ]),
    ),
  ];
  const result = {
    seed,
    trained: parts.training.length,
    tested: parts.tested.length,
    figures: [measure({ labels: all }, ours), measure({ labels: all }, theirs)] as const,
    difference: compareJudged(all, { ours, theirs, seed }),
  };
  await context.print(options.json ? JSON.stringify(result) : describe(names, result));
}

async function contenderOf(
  context: CliContext,
  name: string,
  options: CompareOptions,
  labels: readonly string[],
): Promise<Contender> {
  const { reporter, workingFolder } = context;
  const folder = resolve(workingFolder, name);
  const isShipped = ShippedName.safeParse(name).success;
  if (!isShipped && existsSync(join(folder, "head.json"))) {
    const encoder = encoderOfHead(folder, encoderOption(context, options.encoder));
    const head = loadHead(folder, { encoder: readEncoderFolder(encoder).id });
    const judge = async ({ tested }: Parts) =>
      judgeCases(head, await casesOf(tested, { encoder, reporter }), reporter);
    return { needsTraining: false, knows: head.labels, judge };
  }
  if (!isShipped && isTextModel(folder)) {
    const model = await loadTextModel({ folder, labels: readMap(options.map) });
    const judge = ({ tested }: Parts) => judgeCases(model, casesOfWords(tested), reporter);
    return { needsTraining: false, knows: model.labels, judge };
  }
  const encoder = encoderArgument(name, { name: "A、B", base: workingFolder });
  const { id } = readEncoderFolder(encoder);
  return {
    needsTraining: true,
    async judge({ training, tested }) {
      const cases = await casesOf([...training, ...tested], { encoder, reporter });
      const learned = cases.slice(0, training.length);
      const { head } = trainOn(learned, { labels, encoder: id, data: options.examples });
      return await judgeCases(head, cases.slice(training.length), reporter);
    },
  };
}

function isTextModel(folder: string): boolean {
  if (!existsSync(join(folder, "config.json"))) return false;
  const { architectures } = readModelFolder(folder).config;
  return architectures.some((name) => name.endsWith("ForSequenceClassification"));
}

/** A head names its encoder: the one that was given, else one that ships. */
function encoderOfHead(folder: string, given: EncoderChoice): EncoderChoice {
  const { encoder } = loadHead(folder).origin;
  const shipped = ShippedName.options
    .map(shippedEncoder)
    .filter((choice) => existsSync(choice.folder));
  // Where none fits, loadHead says which one was expected.
  return [given, ...shipped].find((choice) => readEncoderFolder(choice).id === encoder) ?? given;
}

/** Deals each label's examples by lot: three of ten are tested. */
function splitByLabel(examples: readonly LabelledText[], seed: number): Parts {
  const training: LabelledText[] = [];
  const tested: LabelledText[] = [];
  const dealt = new Map<string, number>();
  for (const index of shuffledIndexes(examples.length, seededRandom(seed))) {
    const example = examples[index];
    if (example === undefined) continue;
    const key = example.labels[0] ?? "";
    const count = dealt.get(key) ?? 0;
    dealt.set(key, count + 1);
    const isTested = Math.floor((count + 1) * TEST_SHARE) > Math.floor(count * TEST_SHARE);
    (isTested ? tested : training).push(example);
  }
  if (tested.length > 0) return { training, tested };
  throw new UsageError(
    `例文が少なすぎて、学習用と試験用に分けられません。読んだもの: ${examples.length} 件、期待: ラベルごとに 4 件以上。`,
  );
}

type Figures = ReturnType<typeof measure>;
type Result = {
  readonly seed: number;
  readonly trained: number;
  readonly tested: number;
  readonly figures: readonly [Figures, Figures];
  readonly difference: ReturnType<typeof compareJudged>;
};

function describe(names: readonly [string, string], result: Result): string {
  const { seed, trained, tested, figures, difference } = result;
  const how =
    trained === 0
      ? `${tested} 件で測りました`
      : `${trained} 件で学習し、残りの ${tested} 件で測りました（ラベルごとに分け、乱数の種 ${seed}）`;
  return [
    `${how}。［］は 95% 区間です。`,
    ...figures.map(
      ({ intervals, ece }, index) =>
        `  ${"AB"[index]} ${names[index]}: 正解率 ${percentBetween(intervals.accuracy)}  マクロF1 ${percentBetween(intervals.macroF1)}  ECE ${ece.toFixed(3)}`,
    ),
    `  差（A − B）: 正解率 ${percentBetween(difference.accuracy)}  マクロF1 ${percentBetween(difference.macroF1)}`,
    verdict(difference.macroF1),
  ].join("\n");
}

function verdict({ low, high }: Result["difference"]["macroF1"]): string {
  if (low > 0) return "A のほうが良いと言えます（マクロF1 の差の区間が 0 を含みません）。";
  if (high < 0) return "B のほうが良いと言えます（マクロF1 の差の区間が 0 を含みません）。";
  return "この例文では差が見えません（マクロF1 の差の区間が 0 を含みます）。";
}

export function registerCompare(models: Command, context: CliContext): void {
  labelledFileOptions(
    models
      .command("compare")
      .description("エンコーダ、分類器、テキスト分類モデルを二つ、同じ例文で比べます")
      .argument("<A>", "base、small、またはフォルダ")
      .argument("<B>", "base、small、またはフォルダ"),
  )
    .option("--encoder <名前|フォルダ>", "分類器が付属のもの以外のエンコーダのときに")
    .option("--map <対応>", "モデルのラベルと例文のラベルの対応（POSITIVE=positive,…）")
    .option("--seed <整数>", "分け方と区間の乱数の種", DEFAULT_SEED)
    .option("--json", "JSON で出します")
    .action((one: string, other: string, options: CompareOptions) =>
      compare(context, [one, other], options),
    );
}
