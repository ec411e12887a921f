import { resolve } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import type { Home } from "../home.ts";
import { backupTarget, type MadeBackup, makeBackup } from "../operations/make-backup.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";

const Options = z.strictObject({
  /** Absolute path; the config's folder where left out. */
  to: z.string().optional(),
});

const Result = z.strictObject({
  folder: z.string(),
  sizeBytes: z.number().int(),
  records: z.record(z.string(), z.number().int()),
});

export const backupCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "backup",
  Options,
  Result,
  run: (home, { to }) => backUp(home, to),
};

/** @param folder the config's where left out */
export async function backUp(home: Home, folder?: string): Promise<MadeBackup> {
  const { filesOfTheme } = await import("../../reports/theme/theme-file.ts");
  const ofTheme = filesOfTheme(home.config.theme);
  return await makeBackup(home, { ...backupTarget(home, folder), ofTheme });
}

export function registerBackup(program: Command, context: CliContext): void {
  program
    .command("backup")
    .description(
      "ストリーム（取り込んだ声と人がしたことの記録）と設定の控えを作り、開いて確かめます",
    )
    .option("--to <フォルダ>", "控えの置き場所（既定は kizuki.yaml の backup.folder）")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n鍵は控えに入りません。別の場所に取っておいてください。戻し方: docs/operations.ja.md\n",
    )
    .action(async ({ to, json }: { to?: string; json?: boolean }) => {
      const options = to === undefined ? {} : { to: resolve(context.workingFolder, to) };
      const result = await runHomeCommand(context, backupCommand, options);
      await context.print(json ? JSON.stringify(result) : describe(result));
    });
}

function describe({ folder, sizeBytes, records }: z.infer<typeof Result>): string {
  const counts = Object.entries(records).map(([name, count]) => `${name} ${count} 件`);
  const megabytes = (sizeBytes / 1024 ** 2).toFixed(1);
  return `控えを作り、開いて確かめました: ${folder}（${megabytes} MB、${counts.join("、")}）`;
}
