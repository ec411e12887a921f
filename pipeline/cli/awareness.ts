import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { act } from "../act.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { voiceIdOfNumber } from "../intake/record/identify-voice.ts";
import type { AwarenessAdded } from "../schema/awareness-actions.ts";
import { shortId } from "../schema/short-id.ts";
import { maskSigner, maskWritten } from "../text/mask/mask-field.ts";
import { query } from "../warehouse/query.ts";
import { readSources } from "../warehouse/read-sources.ts";
import { registerFollowing } from "./awareness-follow.ts";
import { registerWithdrawing } from "./awareness-withdraw.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { requiredName, requiredText } from "./required-text.ts";

const AddOptions = z.strictObject({
  voice: z.string().min(1),
  author: requiredName("書いた人の名前（--author）"),
  reason: requiredText("みんなに読んでほしい理由（--reason）", 2000),
});

const Added = z.strictObject({
  awarenessId: z.string(),
  voiceId: z.string(),
  addedAt: z.string(),
  text: z.string(),
});

const VoiceRow = z.strictObject({
  voice_id: z.string(),
  source: z.string(),
  received_on: z.string(),
  text: z.string(),
});

const ListRow = z.strictObject({
  awareness_id: z.string(),
  voice_id: z.string(),
  author: z.string(),
  reason: z.string(),
  added_at: z.string(),
  received_on: z.string(),
  text: z.string(),
  decision: z.string().nullable(),
  outcome: z.string().nullable(),
  /** Why; null while it stands. */
  withdrawn: z.string().nullable(),
});

export const awarenessAddCommand: HomeCommand<typeof AddOptions, typeof Added> = {
  name: "awareness add",
  Options: AddOptions,
  Result: Added,
  run: (home, options) => addAwareness(home, { ...options, at: home.clock() }),
};

export const awarenessListCommand: HomeCommand<
  z.ZodObject<Record<never, never>>,
  z.ZodArray<typeof ListRow>
> = {
  name: "awareness list",
  Options: z.strictObject({}),
  Result: z.array(ListRow),
  run: (home) => query(home.warehouse.reader, "questions/awareness_list.sql", {}, ListRow),
};

export async function addAwareness(
  home: Home,
  comment: z.infer<typeof AddOptions> & { readonly at: Date },
): Promise<z.infer<typeof Added>> {
  const voice = await findVoice(home, comment.voice);
  const action: AwarenessAdded = {
    type: "awareness-added",
    actionId: randomUUID(),
    at: comment.at.toISOString(),
    voiceId: voice.voice_id,
    author: maskSigner(comment.author),
    reason: maskWritten(comment.reason, home.config.mask),
  };
  await act(home, action);
  const { actionId, voiceId, at } = action;
  return { awarenessId: actionId, voiceId, addedAt: at, text: voice.text };
}

export async function findVoice(home: Home, id: string): Promise<z.infer<typeof VoiceRow>> {
  const { reader } = home.warehouse;
  // A number that is masked in the warehouse, as mails' ids are, still says which voice it is.
  const typed = [...new Set([id.trim(), asPrinted(id)])];
  const named = (await readSources(reader)).flatMap((source) =>
    typed.map((number) => voiceIdOfNumber(source, number)),
  );
  const params = { id: asPrinted(id), named: JSON.stringify(named) };
  const found = await query(reader, "questions/find_voice.sql", params, VoiceRow);
  const [voice] = found;
  if (voice === undefined) {
    throw new InputError(
      `声「${id}」が見つかりません。期待: 報告書の声の下にある番号（3f2a9c1b のような 8 桁）、または元のシステムの受付番号。行の番号や回答者の番号からは、kizuki vault find で声の番号を探せます。`,
    );
  }
  if (found.length > 1) {
    const choices = found.map((row) => `  ${row.voice_id}  ${row.source}  ${row.received_on}`);
    throw new InputError(
      `「${id}」に当てはまる声が ${found.length} 件あります。UUID で指定してください:\n${choices.join("\n")}`,
    );
  }
  return voice;
}

/** 「番号 3f2a9c1b」 as reports print it, in letters of any width. */
function asPrinted(id: string): string {
  return id
    .normalize("NFKC")
    .trim()
    .replace(/^番号\s*/, "");
}

export function registerAwareness(program: Command, context: CliContext): void {
  const awareness = program
    .command("awareness")
    .description("気づき（声に付ける、人のことば）を書く・読む");
  awareness
    .command("add")
    .description("声に気づきを付けます。理由のない気づきは残せません")
    .requiredOption("--voice <番号>", "声の番号（報告書の声の下にある 8 桁か、元のシステムの番号）")
    .requiredOption("--author <名前>", "書いた人")
    .requiredOption("--reason <文>", "なぜみんなに読んでほしいか")
    .option("--json", "結果を JSON で出します")
    .addHelpText(
      "after",
      "\n例:\n  kizuki awareness add --voice 3f2a9c1b --author 林 --reason '開けるときに手を切りそうになったお客様です'\n",
    )
    .action(async (options: { voice: string; author: string; reason: string; json?: boolean }) => {
      const { json, ...comment } = options;
      const added = await runHomeCommand(context, awarenessAddCommand, comment);
      await context.print(
        json
          ? JSON.stringify(added)
          : `気づきを残しました（番号 ${shortId(added.awarenessId)}）。\n  声: ${added.text}\n  理由: ${comment.reason}（${comment.author}）\nこれから作る報告書に載ります（作り終えた報告書は変わりません）。`,
      );
    });
  registerFollowing(awareness, context);
  registerWithdrawing(awareness, context);
  awareness
    .command("list")
    .description("これまでの気づきと、決めたこと・結果を示します")
    .option("--json", "JSON で出します")
    .action(async (options: { json?: boolean }) => {
      const rows = await runHomeCommand(context, awarenessListCommand, {});
      if (options.json) return await context.print(JSON.stringify(rows));
      const lines = rows.map(
        (row) =>
          `${shortId(row.awareness_id)}  ${row.added_at}  ${row.author}\n  声: ${row.text}（${row.received_on}）\n  理由: ${row.reason}${said("決めたこと", row.decision)}${said("結果", row.outcome)}${said("取り下げ", row.withdrawn)}`,
      );
      await context.print(lines.length === 0 ? "気づきはまだありません。" : lines.join("\n\n"));
    });
}

function said(what: string, text: string | null): string {
  return text === null ? "" : `\n  ${what}: ${text}`;
}
