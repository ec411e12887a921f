import { statSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { z } from "zod";
import { formatCount } from "../../reports/format-japanese.ts";
import type { Home } from "../home.ts";
import { linkMaster } from "../master/link-master.ts";
import { readCounts } from "../warehouse/read-counts.ts";
import { writeSnapshot } from "../warehouse/write-snapshot.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";

const Options = z.strictObject({});

const Result = z.strictObject({
  /** Absolute paths. */
  file: z.string(),
  parquet: z.string(),
  voices: z.number().int(),
  sizeBytes: z.number().int(),
});
type Result = z.infer<typeof Result>;

export const snapshotCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "snapshot",
  Options,
  Result,
  run: (home) => makeSnapshot(home),
};

/** One at a time, the timetable's too: both write the same folder. */
export async function makeSnapshot(home: Home): Promise<Result> {
  return await home.snapshotInTurn(async () => {
    const folder = join(home.config.home, "snapshot");
    await linkMaster(home);
    await writeSnapshot(home.warehouse, {
      folder,
      madeAt: home.clock(),
      giveUp: home.stop.now,
    });
    const file = join(folder, "snapshot.duckdb");
    const { voices } = await readCounts(home.warehouse.reader);
    return { file, parquet: join(folder, "parquet"), voices, sizeBytes: statSync(file).size };
  });
}

export function registerSnapshot(program: Command, context: CliContext): void {
  program
    .command("snapshot")
    .description("分析用の写し（DuckDB のファイルと Parquet）を、いまの中身でただちに作ります")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\nserve が毎晩作るものと同じで、置き場所も同じです。SQL の例: docs/sql.ja.md\n",
    )
    .action(async ({ json }: { json?: boolean }) => {
      const result = await runHomeCommand(context, snapshotCommand, {});
      await context.print(json ? JSON.stringify(result) : describe(result));
    });
}

function describe({ file, parquet, voices, sizeBytes }: Result): string {
  const megabytes = (sizeBytes / 1024 ** 2).toFixed(1);
  return `分析用の写しを作りました: ${file}（声 ${formatCount(voices)} 件、${megabytes} MB）\nParquet: ${parquet}`;
}
