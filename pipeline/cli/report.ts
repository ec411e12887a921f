import { Argument, type Command } from "commander";
import { z } from "zod";
import { Form } from "../../reports/formats/form.ts";
import { InputError, UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { jstDate, type Period, parsePeriod, periodOf, previousPeriod } from "../period.ts";
import { query } from "../warehouse/query.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";

const Options = z.strictObject({
  job: z.enum(["weekly", "monthly"]),
  /** Without it, the last period that has ended. */
  period: z.string().optional(),
  again: z.boolean(),
  /** Endings of the files that are wanted; HTML and JSON where left out. */
  forms: z.array(Form).min(1).optional(),
  /** Whether it is sent to its recipients; `serve`, or `deliver send`, does so. */
  deliver: z.boolean().default(false),
});

const Result = z.strictObject({
  job: z.enum(["weekly", "monthly"]),
  period: z.string(),
  revision: z.number().int(),
  wasFrozen: z.boolean(),
  files: z.array(z.string()),
});

export const reportCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "report",
  Options,
  Result,
  async run(home, { job, period: name, again, forms, deliver }) {
    const today = jstDate(home.clock());
    const period =
      name === undefined ? previousPeriod(periodOf(job, today)) : parsePeriod(job, name);
    if (period === undefined) {
      const expected = job === "weekly" ? "2025-W31 のような ISO 週" : "2025-07 のような年月";
      throw new UsageError(`--period が読めません。読んだもの: ${name}、期待: ${expected}。`);
    }
    // The charts take a third of a second to import; other commands need not wait for them.
    const { makeReport, newestReport } = await import("../../reports/make-report.ts");
    const givesFrozen = !again && (await newestReport(home, period)) !== undefined;
    if (name === undefined && !givesFrozen) await refuseEmpty(home, period);
    const made = await makeReport(home, period, { again, askedBy: "person", forms, deliver });
    return { ...made, files: [...made.files] };
  },
};

/** Whoever named no period means the newest that has something to say; an empty one would be frozen. */
async function refuseEmpty({ warehouse }: Home, period: Period): Promise<void> {
  const Row = z.strictObject({ received_on: z.string().nullable() });
  const params = { until: period.until };
  const [row] = await query(warehouse.reader, "questions/newest_voice.sql", params, Row);
  const newest = row?.received_on ?? null;
  // Without any voice at all the report says so itself.
  if (newest === null || newest >= period.from) return;
  const { name } = periodOf(period.job, newest);
  throw new InputError(
    `終わったばかりの期間 ${period.name} に届いた声がありません。いちばん新しい声は ${newest} のものです。--period ${name} のように期間を書いてください。`,
  );
}

export function registerReport(program: Command, context: CliContext): void {
  program
    .command("report")
    .description("週次（weekly）か月次（monthly）の報告書を作ります。一度作ったものは凍結されます")
    .addArgument(new Argument("<種類>", "weekly か monthly").choices(["weekly", "monthly"]))
    .option("--period <期間>", "2025-W31 または 2025-07。省くと、終わったばかりの期間")
    .option("--again", "凍結された報告書があっても、新しい版を作ります")
    .option(
      "--format <形式>",
      `${Form.options.join("、")} をコンマで並べます（例: pdf,xlsx）。省くと html,json`,
    )
    .option("--deliver", "kizuki.yaml の deliver の宛先に送ります（省くと、送りません）")
    .option("--json", "結果を JSON で出します")
    .action(
      async (
        job: "weekly" | "monthly",
        options: {
          period?: string;
          again?: boolean;
          format?: string;
          deliver?: boolean;
          json?: boolean;
        },
      ) => {
        const { period } = options;
        const result = await runHomeCommand(context, reportCommand, {
          job,
          again: options.again ?? false,
          deliver: options.deliver ?? false,
          ...(period !== undefined && { period }),
          ...(options.format !== undefined && { forms: formsOf(options.format) }),
        });
        await context.print(options.json ? JSON.stringify(result) : describe(result));
      },
    );
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
  const how =
    result.revision === 0
      ? "期間の途中です（凍結していません）"
      : result.wasFrozen
        ? `凍結済みの第${result.revision}版です（作り直すには --again）`
        : `第${result.revision}版を作り、凍結しました`;
  return [`${result.period}: ${how}`, ...result.files.map((file) => `  ${file}`)].join("\n");
}
