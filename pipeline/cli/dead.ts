import type { Command } from "commander";
import { z } from "zod";
import { REASON_WORDS, STEP_WORDS } from "../../reports/words.ts";
import { UsageError } from "../errors.ts";
import { jstMinute, parsePeriod } from "../period.ts";
import { DeadLetterRow, readDeadLetters } from "../warehouse/read-dead-letters.ts";
import type { CliContext } from "./context.ts";
import { registerDeadDiscard } from "./dead-discard.ts";
import { registerDeadRetry } from "./dead-retry.ts";
import { describeLetter, selectDeadLetter } from "./dead-selection.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";

const ListOptions = z.strictObject({
  /** 2025-W31 or 2025-07. */
  period: z.string().optional(),
  withDiscarded: z.boolean(),
});

const Counts = z.array(z.strictObject({ value: z.string(), count: z.number().int() }));

const Listed = z.strictObject({
  total: z.number().int(),
  /** Most frequent first. */
  byReason: Counts,
  byStep: Counts,
  bySource: Counts,
  byFile: Counts,
  letters: z.array(DeadLetterRow),
});
type Listed = z.infer<typeof Listed>;

export const deadListCommand: HomeCommand<typeof ListOptions, typeof Listed> = {
  name: "dead list",
  Options: ListOptions,
  Result: Listed,
  async run({ warehouse }, { period, withDiscarded }) {
    const days = period === undefined ? undefined : periodOf(period);
    const letters = await readDeadLetters(warehouse, { period: days, withDiscarded });
    return {
      total: letters.length,
      byReason: countBy(letters, "reason"),
      byStep: countBy(letters, "step"),
      bySource: countBy(letters, "source"),
      byFile: countBy(letters, "file"),
      letters,
    };
  },
};

const ShowOptions = z.strictObject({ id: z.string() });

export const deadShowCommand: HomeCommand<typeof ShowOptions, typeof DeadLetterRow> = {
  name: "dead show",
  Options: ShowOptions,
  Result: DeadLetterRow,
  run: (home, { id }) => selectDeadLetter(home, id),
};

function periodOf(name: string) {
  const period = parsePeriod("weekly", name) ?? parsePeriod("monthly", name);
  if (period !== undefined) return period;
  throw new UsageError(
    `期間が読めません。読んだもの: ${name}、期待: 2025-W31 のような ISO 週、または 2025-07 のような年月。`,
  );
}

function countBy(
  letters: readonly DeadLetterRow[],
  column: "reason" | "step" | "source" | "file",
): z.infer<typeof Counts> {
  const counts = new Map<string, number>();
  for (const { [column]: value } of letters) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || (one.value < other.value ? -1 : 1));
}

export function registerDead(program: Command, context: CliContext): void {
  const dead = program
    .command("dead")
    .description("不達（読めなかった記録）を見る・やり直す・除く");
  dead
    .command("list")
    .description("不達を、理由・工程・取り込み元・ファイルごとに数えて示します")
    .option("--period <期間>", "2025-W31 または 2025-07 の声が入っているファイルのものだけ")
    .option("--discarded", "除いたものも示します")
    .option("--json", "JSON で出します")
    .action(async (options: { period?: string; discarded?: boolean; json?: boolean }) => {
      const { period } = options;
      const listed = await runHomeCommand(context, deadListCommand, {
        withDiscarded: options.discarded ?? false,
        ...(period !== undefined && { period }),
      });
      await context.print(options.json ? JSON.stringify(listed) : describeList(listed));
    });
  dead
    .command("show")
    .description("一件の不達の場所、理由、回数を示します（本文は示しません）")
    .argument("<番号>", "kizuki dead list が示す番号")
    .option("--json", "JSON で出します")
    .action(async (id: string, options: { json?: boolean }) => {
      const letter = await runHomeCommand(context, deadShowCommand, { id });
      await context.print(options.json ? JSON.stringify(letter) : describeOne(letter));
    });
  registerDeadRetry(dead, context);
  registerDeadDiscard(dead, context);
}

/** More than this are for --json. */
const LISTED = 20;

function describeList(listed: Listed): string {
  const { total, byReason, byStep, bySource, byFile, letters } = listed;
  if (total === 0) return "不達はありません。";
  return [
    `不達 ${total} 件`,
    ...describeCounts("理由", byReason, (value) => REASON_WORDS[value] ?? value),
    ...describeCounts("工程", byStep, (value) => STEP_WORDS[value] ?? value),
    ...describeCounts("取り込み元", bySource, (value) => value),
    ...describeCounts("ファイル", byFile, (value) => value),
    "",
    ...letters.slice(0, LISTED).map(describeLetter),
    ...(total > LISTED ? [`はじめの ${LISTED} 件です。すべては --json で出ます。`] : []),
  ].join("\n");
}

function describeCounts(
  title: string,
  counts: z.infer<typeof Counts>,
  words: (value: string) => string,
): string[] {
  return [
    `${title}:`,
    ...counts.slice(0, LISTED).map(({ value, count }) => `  ${count} 件  ${words(value)}`),
  ];
}

function describeOne(letter: DeadLetterRow): string {
  const { discarded_at, discarded_by, discard_reason } = letter;
  return [
    describeLetter(letter),
    `  取り込み元  ${letter.source}`,
    `  場所        ${letter.origin_stream} の ${letter.origin_offset} 番`,
    `  工程        ${STEP_WORDS[letter.step] ?? letter.step}（処理の版 ${letter.epoch}）`,
    `  理由        ${REASON_WORDS[letter.reason] ?? letter.reason}`,
    `  はじめ      ${jstMinute(new Date(letter.dead_at))}`,
    `  いちばん後  ${jstMinute(new Date(letter.last_tried_at))}（${letter.tries} 回）`,
    ...(discarded_at === null
      ? []
      : [`  除いた      ${jstMinute(new Date(discarded_at))} ${discarded_by}: ${discard_reason}`]),
  ].join("\n");
}
