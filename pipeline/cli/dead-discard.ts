import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { act } from "../act.ts";
import type { Home } from "../home.ts";
import type { DeadLetterDiscarded } from "../schema/record-actions.ts";
import { maskSigner, maskWritten } from "../text/mask/mask-field.ts";
import type { DeadLetterRow } from "../warehouse/read-dead-letters.ts";
import type { CliContext } from "./context.ts";
import {
  addSelection,
  DeadSelection,
  type SelectionOptions,
  selectDeadLetters,
  selectionOf,
} from "./dead-selection.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { requiredName, requiredText } from "./required-text.ts";

const Options = z.strictObject({
  selection: DeadSelection,
  author: requiredName("除く人の名前（--author）"),
  because: requiredText("除く理由（--because）", 2000),
});

const Result = z.strictObject({ discarded: z.number().int() });

export const deadDiscardCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "dead discard",
  Options,
  Result,
  // In turn with retries: a letter is not discarded while its record is being read.
  run: (home, options) => home.intakeInTurn(() => discard(home, options)),
};

async function discard(
  home: Home,
  { selection, author, because }: z.infer<typeof Options>,
): Promise<z.infer<typeof Result>> {
  const letters = await selectDeadLetters(home, selection);
  return { discarded: await discardLetters(home, letters, { author, reason: because }) };
}

/**
 * Journalled before it counts, as all that people do: a rebuild discards the same letters.
 *
 * @returns how many were open until now
 */
export async function discardLetters(
  home: Home,
  letters: readonly DeadLetterRow[],
  { author, reason }: { readonly author: string; readonly reason: string },
): Promise<number> {
  const open = letters.filter(({ discarded_at }) => discarded_at === null);
  const at = home.clock().toISOString();
  const actions = open.map(
    (letter): DeadLetterDiscarded => ({
      type: "dead-letter-discarded",
      actionId: randomUUID(),
      at,
      stream: letter.origin_stream,
      offset: letter.origin_offset,
      author: maskSigner(author),
      reason: maskWritten(reason, home.config.mask),
    }),
  );
  await act(home, ...actions);
  return actions.length;
}

export function registerDeadDiscard(dead: Command, context: CliContext): void {
  const command = dead
    .command("discard")
    .description("要らない記録（合計の行など）の不達を、理由と名前を残して除きます");
  addSelection(command)
    .requiredOption("--author <名前>", "除く人")
    .requiredOption("--because <文>", "なぜ要らないか")
    .option("--json", "結果を JSON で出します")
    .action(
      async (
        ids: string[],
        options: SelectionOptions & { author: string; because: string; json?: boolean },
      ) => {
        const { author, because } = options;
        const selection = selectionOf(ids, options);
        const result = await runHomeCommand(context, deadDiscardCommand, {
          selection,
          author,
          because,
        });
        await context.print(
          options.json
            ? JSON.stringify(result)
            : `${result.discarded} 件の不達を除きました。kizuki dead list --discarded で見られます。`,
        );
      },
    );
}
