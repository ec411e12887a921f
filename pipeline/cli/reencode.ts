import type { Command } from "commander";
import { z } from "zod";
import { withPool } from "../enrich/pool-of-home.ts";
import {
  countOtherVectors,
  reencodeVoices,
  taxonomiesToReencode,
} from "../enrich/reencode-voices.ts";
import type { Home } from "../home.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import type { Reporter } from "../reporter.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";

const Options = z.strictObject({});

const Result = z.strictObject({
  /** Name of the encoder of the config. */
  encoder: z.string(),
  voices: z.number().int(),
  segments: z.number().int(),
  /** Voices that no worker could read; they stay as they were. */
  failed: z.number().int(),
});

/** Two at once would encode the same voices twice. */
const inTurn = oneAtATime();

export const reencodeCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "reencode",
  Options,
  Result,
  run: (home, _options, reporter) => inTurn(() => reencode(home, reporter)),
};

async function reencode(home: Home, reporter: Reporter): Promise<z.infer<typeof Result>> {
  const total = await countOtherVectors(home);
  const encoder = home.encoder().name;
  if (total === 0) return { encoder, voices: 0, segments: 0, failed: 0 };
  const { kept } = taxonomiesToReencode(home);
  if (kept.length > 0) reporter.line(keptTopicsNote(encoder, kept));
  reporter.begin("文を読み直し中", total);
  try {
    return await withPool(home, async (pool) => ({
      encoder,
      ...(await reencodeVoices(home, pool, reporter)),
    }));
  } finally {
    reporter.end();
  }
}

function keptTopicsNote(encoder: string, taxonomies: readonly string[]): string {
  return `${taxonomies.join("、")} の話題は前のまま残します（エンコーダ ${encoder} のための分類器がありません。kizuki models train で作れます）。`;
}

/** Tells staff that history and config are of two encoders; everything works all the same. */
export async function tellOtherVectors(home: Home, reporter: Reporter): Promise<void> {
  const count = await countOtherVectors(home);
  if (count > 0) reporter.line(otherVectorsNote(count));
}

/** @param count segments with a vector of another encoder, more than 0 */
export function otherVectorsNote(count: number): string {
  return `過去の ${count} 文は別のエンコーダのベクトルのままです（感情や話題は前の分類のまま残っています）。kizuki reencode でいまのエンコーダに揃えられます。`;
}

export function registerReencode(program: Command, context: CliContext): void {
  program
    .command("reencode")
    .description("過去のすべての声を、いまの設定のエンコーダで読み直します（分類も付け直します）")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n途中で止めても、同じコマンドで続きから始まります。serve の動作中も使え、取り込みは合間に進みます。\n",
    )
    .action(async (options: { json?: boolean }) => {
      const result = await runHomeCommand(context, reencodeCommand, {});
      await context.print(options.json ? JSON.stringify(result) : describe(result));
    });
}

function describe({ encoder, voices, segments, failed }: z.infer<typeof Result>): string {
  if (voices + failed === 0) return `すべての声が、いまのエンコーダ（${encoder}）のものです。`;
  const left = failed === 0 ? "" : `読めなかった ${failed} 件は元のままです。`;
  return `${voices} 件の声（${segments} 文）を、エンコーダ ${encoder} で読み直しました。${left}`;
}
