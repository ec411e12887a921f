import type { Command } from "commander";
import { z } from "zod";
import { withPool } from "../enrich/pool-of-home.ts";
import {
  type Republished,
  republishDeadLetters,
  type Untried,
} from "../enrich/retry-dead-letters.ts";
import type { Home } from "../home.ts";
import { openPull } from "../intake/pull/open-pull.ts";
import { loadSource, type SourceDescription } from "../intake/source.ts";
import type { KafkaHome } from "../kafka-home.ts";
import type { Reporter } from "../reporter.ts";
import { DeadLetterRow, readDeadLetters } from "../warehouse/read-dead-letters.ts";
import type { CliContext } from "./context.ts";
import {
  addSelection,
  DeadSelection,
  describeLetter,
  type SelectionOptions,
  selectDeadLetters,
  selectionOf,
} from "./dead-selection.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { enrichPending } from "./import.ts";
import { findSource, resolveSource } from "./named-source.ts";
import { waitForWorkers } from "./wait-for-workers.ts";

const Options = z.strictObject({
  selection: DeadSelection,
  /** Name in the config, or absolute path of a YAML file. */
  source: z.string().optional(),
});

const Result = z.strictObject({
  /** Records that were read at last. */
  read: z.number().int(),
  /** Tried, and refused once more. */
  failed: z.array(DeadLetterRow),
  /** Not tried, as there is nothing to try with. */
  untried: z.array(
    z.strictObject({ letter: DeadLetterRow, why: z.enum(["gone", "no cells", "no source"]) }),
  ),
});
type Result = z.infer<typeof Result>;

export const deadRetryCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "dead retry",
  Options,
  Result,
  run: (home, options, reporter) => retry(home, options, reporter),
};

async function retry(
  home: Home,
  { selection, source }: z.infer<typeof Options>,
  reporter: Reporter,
): Promise<Result> {
  const { kafka } = home;
  const sources = await readSources(home, source);
  const republish = async (): Promise<Republished> => {
    const letters = await selectDeadLetters(home, selection);
    if (letters.length === 0) return { tried: [], untried: [] };
    reporter.line(`封をした記録から ${letters.length} 件を探しています。`);
    return await republishDeadLetters(home, letters, sources);
  };
  let republished: Republished;
  if (kafka === undefined) {
    republished = await home.intakeInTurn(() => retryHere(home, republish, reporter));
  } else {
    // Not in turn to the end: workers elsewhere may let one wait for long.
    republished = await home.intakeInTurn(republish);
    await waitForRetries(home, kafka, { letters: republished.tried, reporter });
  }
  const { tried, untried } = republished;
  const ids = tried.map(({ id }) => id);
  const failed = await readDeadLetters(home.warehouse, { ids, withDiscarded: true });
  return { read: tried.length - failed.length, failed, untried: [...untried] };
}

function retryHere(
  home: Home,
  republish: () => Promise<Republished>,
  reporter: Reporter,
): Promise<Republished> {
  return withPool(home, async (pool) => {
    // A retry that was killed has its records in voc.raw already: they go first, and are no letters any more.
    await enrichPending(home, pool, reporter);
    const republished = await republish();
    await enrichPending(home, pool, reporter);
    return republished;
  });
}

/** A retry is through when its letter is gone, or tells of one try more. */
async function waitForRetries(
  home: Home,
  kafka: KafkaHome,
  { letters, reporter }: { letters: readonly DeadLetterRow[]; reporter: Reporter },
): Promise<void> {
  if (letters.length === 0) return;
  const ids = letters.map(({ id }) => id);
  const before = new Map(letters.map(({ id, tries }) => [id, tries]));
  const countDone = async () => {
    const open = await readDeadLetters(home.warehouse, { ids, withDiscarded: true });
    const waiting = open.filter(({ id, tries }) => tries === before.get(id));
    return letters.length - waiting.length;
  };
  const records = letters.length;
  await waitForWorkers(home, kafka, { what: "不達", records, countDone, reporter });
}

/** @returns descriptions by the name that they give their source: the one that was asked for, else those of the config */
async function readSources(
  home: Home,
  asked: string | undefined,
): Promise<ReadonlyMap<string, SourceDescription>> {
  const given = await findSource(home, asked);
  const { sources: paths, pull } = home.config;
  const pulls = given === undefined ? Object.keys(pull) : [];
  const pulled = await Promise.all(pulls.map((name) => openPull(home.config, name)));
  const sources =
    given === undefined
      ? [
          ...pulled.map(({ source }) => source),
          ...(await Promise.all(Object.values(paths).map(loadSource))),
        ]
      : [given];
  return new Map(sources.map((source) => [source.name, source]));
}

export function registerDeadRetry(dead: Command, context: CliContext): void {
  const command = dead
    .command("retry")
    .description("不達を、いまの説明といまの版でもう一度読みます。読めたものは声になります");
  addSelection(command)
    .option(
      "--source <名前|YAML>",
      "取り込み元の説明（省くと kizuki.yaml の sources から探します）",
    )
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n例:\n  kizuki dead retry --reason 日付として読めない --source 相談室.yaml\n\n何度実行しても声は増えません。説明の name は元の取り込み元と同じにしてください。\n",
    )
    .action(
      async (
        ids: string[],
        options: SelectionOptions & { source?: string; json?: boolean },
      ): Promise<void> => {
        const { source } = options;
        const result = await runHomeCommand(context, deadRetryCommand, {
          selection: selectionOf(ids, options),
          ...(source !== undefined && { source: resolveSource(context, source) }),
        });
        await context.print(options.json ? JSON.stringify(result) : describe(result));
      },
    );
}

function describe({ read, failed, untried }: Result): string {
  if (read + failed.length + untried.length === 0) return "やり直す不達はありません。";
  return [
    `読めた ${read} 件、また読めなかった ${failed.length} 件、試せなかった ${untried.length} 件`,
    ...failed.map((letter) => `  ${describeLetter(letter)}`),
    ...untried.map(
      ({ letter, why }) => `  ${describeLetter(letter)}\n    ${adviceOn(letter, why)}`,
    ),
  ].join("\n");
}

function adviceOn({ file, origin_row, source }: DeadLetterRow, why: Untried): string {
  const mend = `元のファイル ${file} の ${origin_row} 行目を直して取り込み直し、この不達は kizuki dead discard で除いてください。`;
  return {
    gone: `封をした記録がもう残っていません。${mend}`,
    "no cells": `行の形が崩れているか長すぎるため、説明を直しても読めません。${mend}`,
    "no source": `取り込み元「${source}」の説明がありません。name を「${source}」にした説明を --source で渡してください。`,
  }[why];
}
