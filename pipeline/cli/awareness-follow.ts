import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { act } from "../act.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { jstDate, monthOf, weekOf } from "../period.ts";
import { AwarenessFollowed } from "../schema/awareness-actions.ts";
import { maskSigner, maskWritten } from "../text/mask/mask-field.ts";
import { query } from "../warehouse/query.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { requiredName, requiredText } from "./required-text.ts";

const LONGEST = 500;
const SHORTEST_ID = 8;

/** As a person types it. */
export const AwarenessNumber = z
  .string()
  .min(SHORTEST_ID, `気づきの番号（--awareness）は、はじめの ${SHORTEST_ID} 桁以上で`);

const FollowOptions = z.strictObject({
  awareness: AwarenessNumber,
  author: requiredName("書いた人の名前（--author）"),
  step: AwarenessFollowed.shape.step,
  text: requiredText("決めたこと・結果", LONGEST),
});

const Followed = z.strictObject({
  awarenessId: z.string(),
  reason: z.string(),
  text: z.string(),
  /** What reports are the first to show it, as staff read it. */
  shownFrom: z.string(),
});

const FoundRow = z.strictObject({
  awareness_id: z.string(),
  voice_id: z.string(),
  author: z.string(),
  reason: z.string(),
  is_withdrawn: z.boolean(),
  is_decided: z.boolean(),
});

export const awarenessFollowCommand: HomeCommand<typeof FollowOptions, typeof Followed> = {
  name: "awareness follow",
  Options: FollowOptions,
  Result: Followed,
  run: async (home, { awareness, author, step, text }) => {
    const { awareness_id, voice_id, reason, is_decided } = await findAwareness(home, awareness);
    if (step === "outcome" && !is_decided) {
      throw new InputError(
        `気づき「${awareness}」には、決めたことがまだありません。先に kizuki awareness decide で決めたことを残してください。`,
      );
    }
    const action: AwarenessFollowed = {
      type: "awareness-followed",
      actionId: randomUUID(),
      at: home.clock().toISOString(),
      ...{ awarenessId: awareness_id, voiceId: voice_id, step },
      author: maskSigner(author),
      text: maskWritten(text, home.config.mask),
    };
    await act(home, action);
    const shownFrom = firstReports(action.at);
    return { awarenessId: awareness_id, reason, text: action.text, shownFrom };
  },
};

/** A report shows what was said before its period's end, so that of the week before never does, though made later. */
function firstReports(at: string): string {
  const day = jstDate(new Date(at));
  const week = weekOf(day);
  const [, month, date] = week.from.split("-").map(Number);
  return `週次は${month}月${date}日の週（${week.name}）から、月次は${monthOf(day).name}から`;
}

/** @throws InputError where there is no such one, or it was withdrawn */
export async function findAwareness(home: Home, id: string): Promise<z.infer<typeof FoundRow>> {
  const file = "questions/find_awareness.sql";
  const found = await query(home.warehouse.reader, file, { id }, FoundRow);
  const [one, another] = found;
  if (one === undefined || another !== undefined) {
    throw new InputError(
      `気づき「${id}」が${one === undefined ? "見つかりません" : `${found.length} 件あります`}。期待: kizuki awareness list にある番号。`,
    );
  }
  if (one.is_withdrawn) throw new InputError(`気づき「${id}」は、もう取り下げられています。`);
  return one;
}

const STEPS = [
  {
    command: "decide",
    step: "decision",
    what: "決めたこと",
    description: "気づきをもとに決めたことを残します。その日を含む期間の報告書から載ります",
  },
  {
    command: "outcome",
    step: "outcome",
    what: "結果",
    description: "決めたことの結果を残します。その日を含む期間の報告書から載ります",
  },
] as const;

export function registerFollowing(awareness: Command, context: CliContext): void {
  for (const { command, step, what, description } of STEPS) {
    awareness
      .command(command)
      .description(description)
      .requiredOption("--awareness <番号>", "気づきの番号（awareness list にある 8 桁）")
      .requiredOption("--author <名前>", "書いた人")
      .requiredOption("--text <文>", `${what}（${LONGEST} 文字まで）`)
      .option("--json", "結果を JSON で出します")
      .action(
        async (given: { awareness: string; author: string; text: string; json?: boolean }) => {
          const { json, ...said } = given;
          const followed = await runHomeCommand(context, awarenessFollowCommand, { ...said, step });
          await context.print(
            json
              ? JSON.stringify(followed)
              : `${what}を残しました。\n  気づき: ${followed.reason}\n  ${what}: ${followed.text}（${said.author}）\n報告書には、${followed.shownFrom}載ります（それより前の期間の報告書と、作り終えた報告書は変わりません）。`,
          );
        },
      );
  }
}
