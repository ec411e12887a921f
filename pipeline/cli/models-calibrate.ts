import type { Command } from "commander";
import { z } from "zod";
import { FEWEST_JUDGED, fitDeskOffset, offsetConfidence } from "../../models/desk-offset.ts";
import { HEAD_NAMES } from "../../models/head-choice.ts";
import { SURE_HARM } from "../../reports/bodily-harm.ts";
import { formatPercent } from "../../reports/format-japanese.ts";
import { clopperPearson } from "../../reports/statistics/clopper-pearson.ts";
import { calibrationInUse, readCalibration, writeCalibration } from "../calibration.ts";
import type { Home } from "../home.ts";
import { jstDate } from "../period.ts";
import { type CliContext, configOf } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { headsInUse, headWord, versionOf } from "./judged-heads.ts";
import { readJudgedTags } from "./judged-tags.ts";
import { folded } from "./tag-options.ts";

const Options = z.strictObject({ head: z.string().transform(folded).optional() });

const Offset = z.strictObject({
  offset: z.number(),
  /** Mean confidence of the judged tags with it, and how many are as sure as a report asks for of harm. */
  said: z.number(),
  sure: z.number().int(),
});

const Fit = z.strictObject({
  head: z.string(),
  version: z.string(),
  judged: z.number().int(),
  right: z.number().int(),
  /** As the head says it, and with the offset of now. */
  said: z.number(),
  before: Offset,
  /** null where too few were judged. */
  after: Offset.extend({ usualGap: z.number() }).nullable(),
});
type Fit = z.infer<typeof Fit>;

const Result = z.strictObject({
  fits: z.array(Fit),
  /** Judgements of heads that are not in use any more. */
  others: z.number().int(),
});

export const modelsCalibrateCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "models calibrate",
  Options,
  Result,
  run: fitHeads,
};

async function fitHeads(
  home: Home,
  { head: only }: z.infer<typeof Options>,
): Promise<z.infer<typeof Result>> {
  const heads = headsInUse(home);
  if (only !== undefined) versionOf(heads, only);
  const rows = await readJudgedTags(home);
  const inUse = calibrationInUse(home.config);
  const fits = [...heads].flatMap(([head, version]): Fit[] => {
    const judged = rows.filter((row) => row.head === head && row.headVersion === version);
    if (judged.length === 0 || (only !== undefined && only !== head)) return [];
    const saidWith = (offset: number) => {
      const moved = judged.map(({ confidence }) => offsetConfidence(confidence, offset));
      return {
        offset,
        said: meanOf(moved),
        sure: moved.filter((each) => each >= SURE_HARM).length,
      };
    };
    const { offset, usualGap } = fitDeskOffset(judged);
    const isEnough = judged.length >= FEWEST_JUDGED;
    return [
      {
        ...{ head, version, judged: judged.length },
        right: judged.filter(({ isRight }) => isRight).length,
        said: saidWith(0).said,
        before: saidWith(inUse[head]?.offset ?? 0),
        after: isEnough ? { ...saidWith(offset), usualGap } : null,
      },
    ];
  });
  const others = rows.filter(({ head, headVersion }) => heads.get(head) !== headVersion).length;
  return { fits, others };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The file is written here, not by `serve`: whoever may change the settings runs this. */
async function calibrate(
  context: CliContext,
  { json, ...asked }: { readonly head?: string; readonly json?: boolean },
): Promise<void> {
  const result = await runHomeCommand(context, modelsCalibrateCommand, asked);
  const config = configOf(context);
  const fitted = result.fits.filter(({ after }) => after !== null);
  if (fitted.length > 0) {
    const on = jstDate(context.clock());
    const { heads } = readCalibration(config);
    const own = fitted.map(({ head, version, judged, after }) => {
      const offset = Number((after?.offset ?? 0).toFixed(4));
      return [head, { version, offset, judged, on }] as const;
    });
    writeCalibration(config, { heads: { ...heads, ...Object.fromEntries(own) } });
  }
  if (json) return await context.print(JSON.stringify(result));
  await context.print(describe(result, fitted.length > 0 ? config.calibration : undefined));
}

function describe({ fits, others }: z.infer<typeof Result>, path: string | undefined): string {
  const left =
    others === 0 ? [] : [`前の分類器についての判定 ${others} 件は、いまの分類器には使えません。`];
  if (fits.length === 0) {
    const none = "いまの分類器についての判定が、まだありません。";
    return [none, ...left, "始めるには: kizuki tag sample --head emotion --file 判定.xlsx"].join(
      "\n",
    );
  }
  const lines = [...fits.map(describeFit), ...left];
  if (path === undefined) return lines.join("\n");
  const isTopics = fits.every(({ head, after }) => after === null || !HEAD_NAMES.includes(head));
  return [
    ...lines,
    `書きました: ${path}（消すと、校正の前に戻ります）`,
    "これから取り込む声は、校正した確信度で分類します。しきい値を下回ったタグは出なくなり、上回ったタグは新しく出ます。お体への害と、深刻度 4・5 の話題は、下回っても隠しません。",
    `これまでの声も付け直すには: kizuki reclassify${isTopics ? "" : " --all"}`,
    "Kafka をお使いなら: このファイルを、enrich の動くすべての機械の kizuki.yaml の横に写し、enrich を始め直します。",
  ].join("\n");
}

function describeFit({ head, judged, right, said, before, after }: Fit): string {
  const { low, high } = clopperPearson(right, judged);
  const [share, least, most] = [right / judged, low, high].map((part) => formatPercent(part));
  const lines = [
    `${headWord(head)}（${head}）`,
    `  合っていたタグ: 判定した ${judged} 件のうち ${right} 件、${share}（全体では、おそらく ${least} から ${most}。95% 区間）`,
    `  ${before.offset === 0 ? "機械の確信度" : "いまの校正での確信度"}: 平均 ${formatPercent(before.said)}。合っていた割合${describeGap(before.said - right / judged)}${before.offset === 0 ? "" : `（校正しなければ ${formatPercent(said)}）`}`,
  ];
  if (after === null) {
    const missing = FEWEST_JUDGED - judged;
    const need = `  校正しません: あと ${missing} 件の判定が要ります（${FEWEST_JUDGED} 件から）。`;
    return [...lines, need].join("\n");
  }
  // A head that is never right was hardly ever shipped.
  const doubt = right === 0 ? ["  すべて×です。印を取り違えていないか、確かめてください。"] : [];
  const harm = head === "harm" ? [describeSure(before.sure, after.sure)] : [];
  const move = `${before.offset.toFixed(2)} → ${after.offset.toFixed(2)}`;
  return [
    ...lines,
    `  校正したあとの確信度: 平均 ${formatPercent(after.said)}（校正の値 ${move}。判定が少ないうちは、控えめに動かします）`,
    `  校正しても残る差: ほかのタグでは、確信度の平均と、合っている割合とが、ふつう ${points(after.usualGap)}ほど離れます（判定が増えると縮まります）`,
    ...doubt,
    ...harm,
  ].join("\n");
}

function describeSure(before: number, after: number): string {
  const least = formatPercent(SURE_HARM);
  const words = "害を言い表す言葉のある声は、校正しても変わりません。";
  return `  報告書が確かな害と数えるもの（確信度 ${least} から）: 判定したうち ${before} 件 → ${after} 件。それより低いものも隠れず、「疑い」として別に載ります。${words}`;
}

/** @param gap of what is said from what is right */
function describeGap(gap: number): string {
  if (Math.abs(gap) < SAME) return "と同じです";
  return `より ${points(Math.abs(gap))}${gap > 0 ? "高すぎます" : "低すぎます"}`;
}

/** What is printed as 0.0. */
const SAME = 0.0005;

function points(gap: number): string {
  return `${(100 * gap).toFixed(1)} ポイント`;
}

export function registerCalibrate(models: Command, context: CliContext): void {
  models
    .command("calibrate")
    .description("人の判定（tag judge）に、分類器の確信度を合わせます")
    .option("--head <何>", "一つの分類器だけ（emotion など）")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n例:\n  kizuki models calibrate\n  kizuki models calibrate --head emotion\n",
    )
    .action((options: { head?: string; json?: boolean }) => calibrate(context, options));
}
