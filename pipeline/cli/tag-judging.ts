import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import type { z } from "zod";
import { FEWEST_JUDGED } from "../../models/desk-offset.ts";
import { StorageError, UsageError } from "../errors.ts";
import type { CliContext } from "./context.ts";
import { runHomeCommand } from "./home-command.ts";
import { headWord } from "./judged-heads.ts";
import { COLUMNS, judgementSheets } from "./judgement-sheet.ts";
import { readJudgementSheet } from "./read-judgement-sheet.ts";
import { tagJudgeCommand } from "./tag-judge.ts";
import { tagSampleCommand } from "./tag-sample.ts";

type SampleOptions = {
  readonly head: string;
  readonly count: string;
  readonly since?: string;
  readonly seed: string;
  readonly file?: string;
  readonly overwrite?: boolean;
};

type JudgeOptions = {
  readonly author: string;
  readonly reopen?: boolean;
  readonly json?: boolean;
};

export function registerJudging(tag: Command, context: CliContext): void {
  tag
    .command("sample")
    .description("機械のタグを無作為に選び、合っているかを人が判定する Excel の表にします")
    .requiredOption(
      "--head <何>",
      "sentiment（感情）、kind（声の種類）、emotion（感情の名前）、intensity（気持ちの強さ）、harm（お体への害）、または話題の分類の名前（food-maker など）",
    )
    .option("--count <件数>", "選ぶタグの数", "100")
    .option("--since <日付>", "この日から届いた声だけ（2026-01-05 や 2026年1月5日 など）")
    .option("--seed <種>", "くじの種。同じ種なら、判定するまで同じタグを選びます", "1")
    .option("--file <ファイル>", "書く Excel ブック（.xlsx）")
    .option("--overwrite", "もうあるファイルに上書きします")
    .addHelpText(
      "after",
      "\n例:\n  kizuki tag sample --head emotion --count 100 --file 判定.xlsx\n  kizuki tag judge 判定.xlsx --author 林\n  kizuki models calibrate\n",
    )
    .action((options: SampleOptions) => sample(context, options));
  tag
    .command("judge")
    .argument("<ファイル>", "tag sample が書き、○×を入れた Excel ブック")
    .description("○×を読み込みます。途中まででも、直してからもう一度でも読めます")
    .requiredOption("--author <名前>", "判定した人")
    .option("--reopen", "読み込んだあとで空に戻した行の、自分の判定を取り消します")
    .option("--json", "結果を JSON で出します")
    .addHelpText("after", "\n例:\n  kizuki tag judge 判定.xlsx --author 林\n")
    .action(async (file: string, { json, ...said }: JudgeOptions) => {
      const rows = await readJudgementSheet(resolve(context.workingFolder, file));
      const result = await runHomeCommand(context, tagJudgeCommand, { rows, ...said });
      await context.print(json ? JSON.stringify(result) : judgedText(result));
    });
}

const CALIBRATE = "kizuki models calibrate で、確信度を判定に合わせます。";

type Judged = z.infer<typeof tagJudgeCommand.Result>;

function judgedText(result: Judged): string {
  const { judged, changed, known, open, emptied, ofOthers, reopened, heads } = result;
  const others = [
    ...(changed > 0 ? [`前と変わった判定 ${changed} 件`] : []),
    ...(known > 0 ? [`もう読み込んであった判定 ${known} 件`] : []),
    ...(open > emptied ? [`まだ空の行 ${open - emptied} 件`] : []),
    ...(emptied > 0 && reopened ? [`空に戻して取り消した判定 ${emptied} 件`] : []),
  ];
  const what = heads.length === 0 ? "" : `${heads.map(({ head }) => headWord(head)).join("、")}の`;
  const told = others.length === 0 ? "" : `（${others.join("、")}）`;
  return [
    `${what}判定 ${judged} 件を読み込みました${told}。`,
    ...(emptied === 0 || reopened
      ? []
      : [
          `前に読み込んだ○×のうち ${emptied} 件が、いまは空です。その判定は残してあります。取り消すには、--reopen を付けてもう一度読み込んでください。`,
        ]),
    ...(ofOthers === 0
      ? []
      : [`空の行のうち ${ofOthers} 件は、ほかの人が判定しています。判定はそのままです。`]),
    ...nextSteps(result),
  ].join("\n");
}

function nextSteps({ heads, open }: Judged): string[] {
  const mark = `「${COLUMNS.mark}」に○か×を入れて保存し、もう一度読み込んでください。`;
  const short = heads.filter(({ judged }) => judged < FEWEST_JUDGED);
  const fill = open > 0 ? mark : "kizuki tag sample で、もう一つ表を作ってください。";
  return [
    ...(short.length < heads.length ? [`次: ${CALIBRATE}`] : []),
    ...short.map(
      ({ head, judged }) =>
        `${headWord(head)}: いま ${judged} 件。校正するには、あと ${FEWEST_JUDGED - judged} 件の判定が要ります。${fill}`,
    ),
  ];
}

async function sample(
  context: CliContext,
  { file, overwrite, ...asked }: SampleOptions,
): Promise<void> {
  const path = file && writablePath(context, file, overwrite === true);
  const { tags, others } = await runHomeCommand(context, tagSampleCommand, asked);
  const what = headWord(asked.head.normalize("NFKC").trim());
  const left =
    others === 0
      ? ""
      : `いまの分類器の付けたものでないタグ ${others} 件は、くじから外しました（規則の付けたタグと、前の分類器のタグ）。`;
  if (tags.length === 0) {
    return await context.print(`判定できる${what}のタグがありません。${left}`);
  }
  const all =
    tags.length < Number(asked.count.normalize("NFKC"))
      ? "判定できるタグは、これですべてです。"
      : "";
  const found = `${what}のタグ ${tags.length} 件を選びました（種 ${asked.seed}）。${all}${left}`;
  if (path === undefined) {
    const next = `--file 判定.xlsx を付けると、○×を入れる表を書きます。`;
    return await context.print(`${found}\n${next}`);
  }
  const since = asked.since === undefined ? "" : `${asked.since} から届いた声の`;
  const drawn = `${since}${what}のタグから無作為に ${tags.length} 件（種 ${asked.seed}）。一つの文からは一つまで。判定の済んだものは選んでいません。`;
  const { renderXlsx } = await import("../../reports/formats/render-xlsx.ts");
  const { COLOURS } = await import("../../reports/page/style.ts");
  const bytes = await renderXlsx(judgementSheets(tags, notesOn(drawn)), COLOURS.accent);
  await writeForOwner(path, bytes);
  await context.print(
    `${found}\n書きました: ${path}\n次: Excel で「${COLUMNS.mark}」に○か×を入れて保存し、kizuki tag judge ${file} --author 名前`,
  );
}

/** The mode is given to new files only. */
async function writeForOwner(path: string, bytes: Buffer): Promise<void> {
  try {
    await rm(path, { force: true });
    await writeFile(path, bytes, { mode: 0o600 });
  } catch (cause) {
    throw new StorageError(`${path} に書けません。フォルダがあるか、書けるかを確かめてください。`, {
      cause,
    });
  }
}

function writablePath({ workingFolder }: CliContext, file: string, overwrite: boolean): string {
  const path = resolve(workingFolder, file);
  if (!/\.xlsx$/i.test(path)) {
    throw new UsageError(`--file … 読んだもの: ${file}、期待: .xlsx で終わる名前。`);
  }
  if (existsSync(path) && !overwrite) {
    throw new UsageError(
      `${path} はもうあります。別の名前にするか、--overwrite を付けてください。`,
    );
  }
  return path;
}

function notesOn(drawn: string): [string, string][] {
  return [
    ["この表", drawn],
    [
      "○を入れるとき",
      "「文」に、そのタグが当てはまる。ほかにも当てはまるタグがあってよい。「声の前後」は、文の意味がそれだけでは分からないときの手がかりです（〔〕がその文）。",
    ],
    [
      "×を入れるとき",
      "当てはまらない。感情、声の種類、気持ちの強さのように一つだけ付くものは、別のもののほうが合うとき。",
    ],
    [
      "迷うとき",
      "空のままにします。空の行は数えません。どちらにも寄せないでください。読み込んだ判定を取り消すときは、空に戻して保存し、tag judge に --reopen を付けて読み込みます。",
    ],
    [
      "しないこと",
      "並べ替えや列の移動はかまいません。文とタグを書き換えたり、行を写したり、隠れた列を消したりすると、読み込むときに行の番号とともにお知らせします。",
    ],
    [
      "何件",
      "100 件で、確信度のずれはふつう 0.04 ほど、200 件で 0.03 ほどになります。20 件に満たないと使いません。",
    ],
    ["次に", `kizuki tag judge この表 --author 名前、そのあと ${CALIBRATE}`],
  ];
}
