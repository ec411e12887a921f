import type { Command } from "commander";
import { z } from "zod";
import { namedPeriod, PERIODS } from "./asked-report.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";

const Options = z.strictObject({ period: z.string(), figure: z.string().min(1).max(200) });

const Asked = z.object({
  period: z.string().default(""),
  figure: z.string(),
  json: z.boolean().default(false),
});

const Result = z.strictObject({
  label: z.string(),
  count: z.number().int(),
  missing: z.number().int(),
  file: z.string(),
});

export const reportVoicesCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "report-voices",
  Options,
  Result,
  async run(home, { period: name, figure }) {
    const { writeVoices } = await import("../../reports/frozen/write-voices.ts");
    return await writeVoices(home, namedPeriod(name), figure);
  },
};

export function registerReportVoices(report: Command, context: CliContext): void {
  report
    .command("voices")
    .description("凍結された報告書の数字が数えたすべての声を、表（CSV）に書き出します")
    .option("--period <期間>", `${PERIODS}（要ります）`)
    .requiredOption(
      "--figure <数字>",
      "数字の名前（negative など）。違う名前を書くと、書ける名前がすべて出ます",
    )
    .option("--json", "結果を JSON で出します")
    .action(async (_own: unknown, voices: Command) => {
      // `report` has a --period and a --json too, and takes them first.
      const { period, figure, json } = Asked.parse(voices.optsWithGlobals());
      const result = await runHomeCommand(context, reportVoicesCommand, { period, figure });
      await context.print(json ? JSON.stringify(result) : describe(result));
    });
}

function describe({ label, count, missing, file }: z.infer<typeof Result>): string {
  const gone = missing === 0 ? "" : `（うち ${missing} 件は、いまのデータベースにない声です）`;
  return `${label} ${count} 件を書き出しました${gone}。\n  ${file}`;
}
