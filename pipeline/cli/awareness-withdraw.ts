import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { act } from "../act.ts";
import { InputError } from "../errors.ts";
import type { AwarenessWithdrawn } from "../schema/awareness-actions.ts";
import { maskSigner, maskWritten } from "../text/mask/mask-field.ts";
import { AwarenessNumber, findAwareness } from "./awareness-follow.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { requiredName, requiredText } from "./required-text.ts";

const LONGEST = 500;

const WithdrawOptions = z.strictObject({
  awareness: AwarenessNumber,
  author: requiredName("書いた人の名前（--author）"),
  reason: requiredText("取り下げる理由（--reason）", LONGEST),
});

const Withdrawn = z.strictObject({ awarenessId: z.string(), text: z.string(), reason: z.string() });

export const awarenessWithdrawCommand: HomeCommand<typeof WithdrawOptions, typeof Withdrawn> = {
  name: "awareness withdraw",
  Options: WithdrawOptions,
  Result: Withdrawn,
  run: async (home, { awareness, author, reason }) => {
    const found = await findAwareness(home, awareness);
    if (maskSigner(author) !== found.author) {
      throw new InputError(
        `気づき「${awareness}」を取り下げられるのは、書いた人（${found.author}）だけです。読んだもの: ${author}。`,
      );
    }
    const action: AwarenessWithdrawn = {
      type: "awareness-withdrawn",
      actionId: randomUUID(),
      at: home.clock().toISOString(),
      ...{ awarenessId: found.awareness_id, voiceId: found.voice_id, author: found.author },
      reason: maskWritten(reason, home.config.mask),
    };
    await act(home, action);
    return { awarenessId: found.awareness_id, text: found.reason, reason: action.reason };
  },
};

export function registerWithdrawing(awareness: Command, context: CliContext): void {
  awareness
    .command("withdraw")
    .description("自分の書いた気づきを取り下げます。これから作る報告書には載りません")
    .requiredOption("--awareness <番号>", "気づきの番号（awareness list にある 8 桁）")
    .requiredOption("--author <名前>", "書いた人（取り下げられるのは本人だけです）")
    .requiredOption("--reason <文>", `なぜ取り下げるか（${LONGEST} 文字まで。報告書に載ります）`)
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n例:\n  kizuki awareness withdraw --awareness 5d0c7e21 --author 林 --reason 別のお客様の声と取り違えました\n",
    )
    .action(
      async (given: { awareness: string; author: string; reason: string; json?: boolean }) => {
        const { json, ...asked } = given;
        const withdrawn = await runHomeCommand(context, awarenessWithdrawCommand, asked);
        await context.print(
          json
            ? JSON.stringify(withdrawn)
            : `気づきを取り下げました。\n  気づき: ${withdrawn.text}\n  理由: ${withdrawn.reason}\nもう報告書に載ったものなら、次の報告書が取り下げを伝えます（作り終えた報告書は変わりません）。`,
        );
      },
    );
}
