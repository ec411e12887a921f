import { Argument, type Command } from "commander";
import { z } from "zod";
import { DAILY_FORMS, Form } from "../../reports/formats/form.ts";
import { InputError, UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { periodOf, type ReportPeriod } from "../period.ts";
import { ReportJob } from "../schema/report-actions.ts";
import { newestVoiceOn } from "../warehouse/newest-voice.ts";
import { countArrivedSince } from "./arrived-since.ts";
import { AskedReport, askedOf, type ReportFlags, wholePeriod, withLine } from "./asked-report.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { makeSince } from "./report-since.ts";
import { registerReportVoices } from "./report-voices.ts";

const Options = AskedReport.extend({
  job: ReportJob,
  again: z.boolean(),
  /** Endings of the files that are wanted beside the value (JSON); HTML where left out. */
  forms: z.array(Form).min(1).optional(),
  /** Whether it is sent to its recipients; `serve`, or `deliver send`, does so. */
  deliver: z.boolean().default(false),
});

const Result = z.strictObject({
  job: ReportJob,
  period: z.string(),
  revision: z.number().int(),
  wasFrozen: z.boolean(),
  /** Voices of the period that came after the frozen report. */
  arrivedSince: z.number().int(),
  files: z.array(z.string()),
});

export const reportCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "report",
  Options,
  Result,
  memory: "768MB",
  async run(home, { job, period: name, line, again, forms, deliver }) {
    if (job === "daily") refuseForms(forms ?? []);
    const period = withLine(wholePeriod(home, job, name), line);
    // The charts take a third of a second to import; other commands need not wait for them.
    const { makeReport, newestReport } = await import("../../reports/frozen/make-report.ts");
    const givesFrozen = !again && (await newestReport(home, period)) !== undefined;
    if (!givesFrozen) {
      const { lineOf } = await import("../../reports/line/line-cut.ts");
      if (period.job !== "daily") lineOf(home.config.lines, period.line);
      if (name === undefined) await refuseEmpty(home, period);
    }
    const made = await makeReport(home, period, { again, askedBy: "person", forms, deliver });
    const arrivedSince = made.wasFrozen ? await countArrivedSince(home, made) : 0;
    return { ...made, arrivedSince, files: [...made.files] };
  },
};

function refuseForms(forms: readonly Form[]): void {
  const refused = forms.filter((form) => !DAILY_FORMS.includes(form));
  if (refused.length === 0) return;
  throw new UsageError(
    `日次の報告書にない形式です。読んだもの: ${refused.join("、")}、期待: ${DAILY_FORMS.join("、")}。`,
  );
}

/** Whoever named no period means the newest that has something to say; an empty one would be frozen. */
async function refuseEmpty({ warehouse }: Home, period: ReportPeriod): Promise<void> {
  const newest = await newestVoiceOn(warehouse.reader, period.until);
  // Without any voice at all the report says so itself.
  if (newest === undefined || newest >= period.from) return;
  const { name } = periodOf(period.job, newest);
  throw new InputError(
    `終わったばかりの期間 ${period.name} に届いた声がありません。いちばん新しい声は ${newest} のものです。--period ${name} のように期間を書いてください。`,
  );
}

export function registerReport(program: Command, context: CliContext): void {
  const report = program
    .command("report")
    .description(
      "週次（weekly）、月次（monthly）、日次（daily）の報告書を作ります。一度作ったものは凍結されます",
    )
    .addArgument(new Argument("<種類>", "weekly か monthly か daily").choices(ReportJob.options))
    .option(
      "--period <期間>",
      "2025-W31、2025-07、2025-07-28 のどれか。省くと、終わったばかりの期間",
    )
    .option(
      "--line <商品ライン>",
      "kizuki.yaml の lines の名前か「その他」（weekly だけ）。省くと、全体",
    )
    .option(
      "--since <期間>",
      "この期間から --period まで、まだない報告書をまとめて作ります（weekly と monthly だけ）。止めても、同じコマンドで続きから作ります",
    )
    .option("--again", "凍結された報告書があっても、新しい版を作ります")
    .option(
      "--format <形式>",
      `${Form.options.join("、")} をコンマで並べます（例: pdf,xlsx）。省くと html。daily は html,pdf,md,json。json（報告書の値）はいつも書きます`,
    )
    .option("--deliver", "kizuki.yaml の deliver の宛先に送ります（省くと、送りません）")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n例:\n  kizuki report weekly\n  kizuki report monthly --period 2025-07 --format html,pdf\n  kizuki report weekly --since 2025-W27\n\n報告書の読み方、形式、配信: docs/reports.ja.md\n",
    )
    .action(async (job: ReportPeriod["job"], options: ReportFlags) => {
      const { since } = options;
      if (since !== undefined) return await makeSince(context, { ...options, job, since });
      const result = await runHomeCommand(context, reportCommand, {
        job,
        again: options.again ?? false,
        deliver: options.deliver ?? false,
        ...askedOf(options),
        ...(options.format !== undefined && { forms: formsOf(options.format) }),
      });
      await context.print(options.json ? JSON.stringify(result) : describe(result));
    });
  registerReportVoices(report, context);
}

function formsOf(list: string): Form[] {
  const names = list.split(",").map((name) => name.trim().toLowerCase());
  const forms = z.array(Form).safeParse([...new Set(names)]);
  if (forms.success) return forms.data;
  throw new UsageError(
    `--format が読めません。読んだもの: ${list}、期待: ${Form.options.join("、")} をコンマで並べたもの。`,
  );
}

function describe(result: z.infer<typeof Result>): string {
  return [`${result.period}: ${stateOf(result)}`, ...result.files.map((file) => `  ${file}`)].join(
    "\n",
  );
}

function stateOf({ revision, wasFrozen, arrivedSince }: z.infer<typeof Result>): string {
  if (revision === 0) return "期間の途中です（凍結していません）";
  if (!wasFrozen) return `第${revision}版を作り、凍結しました`;
  if (arrivedSince === 0) return `凍結済みの第${revision}版です（作り直すには --again）`;
  return `凍結済みの第${revision}版です。この版のあとに ${arrivedSince} 件届いています。作り直すには --again`;
}
