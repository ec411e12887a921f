import type { Command } from "commander";
import { z } from "zod";
import { withPool } from "../enrich/pool-of-home.ts";
import { pendingRecords } from "../enrich/pump.ts";
import { ConfigError, KizukiError, UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { type OpenPull, openPull } from "../intake/pull/open-pull.ts";
import { type Pulled, pullSource } from "../intake/pull/pull-source.ts";
import { PullError } from "../intake/pull-error.ts";
import { type OriginRow, readOrigins } from "../intake/take-in-file.ts";
import type { Reporter } from "../reporter.ts";
import type { CliContext } from "./context.ts";
import { Counts, describeCounts } from "./describe-counts.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { enrichPending } from "./import.ts";

const Options = z.strictObject({
  /** Under `pull:` in the config; all of them where none is named. */
  names: z.array(z.string()),
});

const SourceResult = z.strictObject({
  name: z.string(),
  /** Records that came. */
  records: z.number().int(),
  /** Absent with Kafka: workers elsewhere are still at it. */
  counts: Counts.optional(),
});

const Result = z.strictObject({
  sources: z.array(SourceResult),
  /** Sources that could not be read to their end; what came before is kept, and the others are read. */
  failed: z.array(z.strictObject({ name: z.string(), message: z.string() })),
});
export type PullResult = z.infer<typeof Result>;

export const pullCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "pull",
  Options,
  Result,
  async run(home, { names }, reporter) {
    const asked = names.length > 0 ? names : Object.keys(home.config.pull);
    if (asked.length === 0) {
      throw new UsageError(
        "取り込み元がありません。kizuki.yaml の pull に書いてください（docs/plugins.ja.md に例があります）。",
      );
    }
    const pulls = await Promise.all(asked.map((name) => openPull(home.config, name)));
    const sources: PullResult["sources"] = [];
    const failed: PullResult["failed"] = [];
    for (const pull of pulls) {
      const { source, failure } = await home.pullInTurn(pull.name, () =>
        pullOne(home, pull, reporter),
      );
      sources.push(source);
      if (failure !== undefined) failed.push({ name: pull.name, message: failure });
    }
    return { sources, failed };
  },
};

/** What came before a failure is enriched and counted all the same. */
async function pullOne(
  home: Home,
  pull: OpenPull,
  reporter: Reporter,
): Promise<{ source: z.infer<typeof SourceResult>; failure: string | undefined }> {
  const before = await readOrigins(home);
  const pulled: Pulled = { records: 0, streams: new Set() };
  let failure: string | undefined;
  try {
    await pullSource(home, pull, { pulled, reporter });
  } catch (cause) {
    // A secret that cannot be read is the trouble of its source alone.
    if (!(cause instanceof PullError || cause instanceof ConfigError)) throw cause;
    failure = cause.message;
  }
  await enrich(home, reporter);
  const source = resultOf(home, pull.name, pulled, [before, await readOrigins(home)]);
  return { source, failure };
}

/** With Kafka workers do it. */
async function enrich(home: Home, reporter: Reporter): Promise<void> {
  if (home.kafka !== undefined || pendingRecords(home) === 0) return;
  await home.intakeInTurn(() => withPool(home, (pool) => enrichPending(home, pool, reporter)));
}

type Origins = ReadonlyMap<string, OriginRow>;

function resultOf(
  { kafka }: Home,
  name: string,
  { records, streams }: Pulled,
  [before, after]: readonly [Origins, Origins],
): z.infer<typeof SourceResult> {
  if (kafka !== undefined) return { name, records };
  const grown = (count: "voices" | "changed" | "skipped" | "forgotten" | "dead_letters") =>
    [...streams].reduce(
      (sum, stream) => sum + (after.get(stream)?.[count] ?? 0) - (before.get(stream)?.[count] ?? 0),
      0,
    );
  const [voices, changed] = [grown("voices"), grown("changed")];
  const [skipped, deadLetters] = [grown("skipped"), grown("dead_letters")];
  // What had come before, after a kill or in a mailbox made anew, is known too.
  const duplicates = records - voices - skipped - deadLetters;
  const forgotten = grown("forgotten");
  return {
    name,
    records,
    counts: { voices, changed, duplicates, deadLetters, skipped, forgotten },
  };
}

export function registerPull(program: Command, context: CliContext): void {
  program
    .command("pull")
    .description(
      "メールボックス・フィード・API から新しい声を取り込みます（kizuki.yaml の pull に書いたもの）",
    )
    .argument("[名前...]", "取り込み元の名前（省くと全部）")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n例:\n  kizuki pull\n  kizuki pull desk-mail --json\n\n前に読んだところの続きから読みます。途中で止めても、二重にはなりません。\nserve が動いている間は、書いた間隔で自動で読みます。書き方: docs/plugins.ja.md\n",
    )
    .action(async (names: string[], options: { json?: boolean }) => {
      const result = await runHomeCommand(context, pullCommand, { names });
      if (options.json) await context.print(JSON.stringify({ sources: result.sources }));
      else await context.print(result.sources.map(describeSource).join("\n"));
      if (result.failed.length > 0) throw new PullFailedError(result.failed);
    });
}

class PullFailedError extends KizukiError {
  readonly code = "KIZUKI_PULL_FAILED";
  override readonly exitCode = 3;

  constructor(failed: PullResult["failed"]) {
    super(failed.map(({ name, message }) => `${name}: ${message}`).join("\n"));
  }
}

export function describeSource({ name, records, counts }: PullResult["sources"][number]): string {
  if (records === 0) return `${name}: 新しいものはありません。`;
  if (counts === undefined) return `${name}: ${records} 件を voc.raw に書きました。`;
  return `${name}: ${records} 件 → ${describeCounts(counts)}`;
}
