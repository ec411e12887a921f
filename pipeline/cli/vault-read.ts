import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { act } from "../act.ts";
import { ConfigError, InputError, UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { keyFingerprintOf } from "../home-file.ts";
import type { Keys } from "../keys.ts";
import { keyOfPlace } from "../schema/origin.ts";
import type { VaultRead } from "../schema/record-actions.ts";
import { maskWritten } from "../text/mask/mask-field.ts";
import { keepAll } from "../vault/keep-all.ts";
import { openRecord, type SealedContent, type SealedRecord } from "../vault/seal-record.ts";
import { query } from "../warehouse/query.ts";
import { findVoice } from "./awareness.ts";
import { type CliContext, configOf, givenKeysOf } from "./context.ts";
import { selectDeadLetter } from "./dead-selection.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { requiredText } from "./required-text.ts";

const ReadOptions = z
  .strictObject({
    /** As reports print it, or the source's own. */
    voice: z.string().min(1).optional(),
    /** Of a dead letter. */
    dead: z.string().min(1).optional(),
    author: z.string().min(1).max(100),
    reason: requiredText("見る理由（--reason）", 2000),
  })
  .refine(
    ({ voice, dead }) => (voice === undefined) !== (dead === undefined),
    "--voice と --dead のどちらか一つで、どの原文かを指定してください。",
  );

const base64 = z.base64();

/** As they lie in the vault: who asks opens them with his own key, or not at all. */
const SealedRecords = z.array(
  z.strictObject({
    voiceId: z.string().nullable(),
    revision: z.string().nullable(),
    stream: z.string(),
    offset: z.number(),
    keyId: z.string(),
    wrappedKey: base64,
    sealed: base64,
  }),
);

export const vaultReadCommand: HomeCommand<typeof ReadOptions, typeof SealedRecords> = {
  name: "vault read",
  Options: ReadOptions,
  Result: SealedRecords,
  async run(home, { voice, dead, author, reason }) {
    const { record, sealed } =
      voice === undefined ? await ofLetter(home, dead ?? "") : await ofVoice(home, voice);
    if (sealed.length === 0) {
      throw new InputError(
        "この記録の原文は保管庫にありません（保存期間を過ぎたか、保管庫より前に voc.raw から消えています）。",
      );
    }
    const look: VaultRead = {
      type: "vault-read",
      actionId: randomUUID(),
      at: home.clock().toISOString(),
      record,
      author,
      reason: maskWritten(reason, home.config.mask),
    };
    await act(home, look);
    return sealed.map((one) => ({
      ...one,
      wrappedKey: one.wrappedKey.toString("base64"),
      sealed: one.sealed.toString("base64"),
    }));
  },
};

type Found = { readonly record: string; readonly sealed: readonly SealedRecord[] };

async function ofVoice(home: Home, id: string): Promise<Found> {
  const { voice_id } = await findVoice(home, id);
  await keepAll(home);
  return { record: voice_id, sealed: await (await home.vault()).recordsOfVoice(voice_id) };
}

async function ofLetter(home: Home, id: string): Promise<Found> {
  const letter = await selectDeadLetter(home, id);
  const place = { stream: letter.origin_stream, offset: letter.origin_offset };
  await keepAll(home);
  const sealed = await (await home.vault()).recordsOfPlace(place);
  return { record: keyOfPlace(place), sealed };
}

const LogRow = z.strictObject({
  record: z.string(),
  author: z.string(),
  reason: z.string(),
  read_at: z.string(),
});

export const vaultLogCommand: HomeCommand<
  z.ZodObject<Record<never, never>>,
  z.ZodArray<typeof LogRow>
> = {
  name: "vault log",
  Options: z.strictObject({}),
  Result: z.array(LogRow),
  run: (home) => query(home.warehouse.reader, "questions/vault_reads.sql", {}, LogRow),
};

/** @throws ConfigError without the key that home was made with: nothing is asked, and nothing logged */
export function keysToRead(context: CliContext): Keys {
  const config = configOf(context);
  const keys = givenKeysOf(context, config);
  const expected = keyFingerprintOf(config.home);
  if (expected === undefined || expected === keys.fingerprint) return keys;
  throw new ConfigError(
    `この鍵では原文を読めません。読んだ鍵の印: ${keys.fingerprint}、期待: ${expected}。KIZUKI_MASTER_KEY か鍵のファイルを確かめてください。`,
  );
}

export function registerVaultRead(vault: Command, context: CliContext): void {
  vault
    .command("read")
    .description("声の原文（隠す前のことば）を示します。鍵と理由が要り、見たことが記録に残ります")
    .option("--voice <番号>", "声の番号（報告書の声の下にある 8 桁か、元のシステムの番号）")
    .option("--dead <番号>", "不達の番号（kizuki dead list が示すもの）")
    .requiredOption("--reason <文>", "なぜ見るのか")
    .option("--json", "取り込んだ列もすべて、JSON で出します")
    .addHelpText(
      "after",
      "\n例:\n  kizuki vault read --voice 3f2a9c1b --reason 'お客様への折り返しのため'\n",
    )
    .action(async (options: { voice?: string; dead?: string; reason: string; json?: boolean }) => {
      const { json, ...asked } = options;
      const keys = keysToRead(context);
      const author = context.user();
      const found = await runHomeCommand(context, vaultReadCommand, { ...asked, author });
      const contents = found.map((one) => openAnswer(one, keys));
      await context.print(
        json ? JSON.stringify(contents) : contents.map(describeContent).join("\n\n"),
      );
    });
  vault
    .command("log")
    .description("だれが、いつ、どの原文を、なぜ見たかを示します")
    .option("--json", "JSON で出します")
    .action(async (options: { json?: boolean }) => {
      const rows = await runHomeCommand(context, vaultLogCommand, {});
      if (options.json) return await context.print(JSON.stringify(rows));
      const lines = rows.map(
        ({ read_at, author, record, reason }) => `${read_at}  ${author}  ${record}\n  ${reason}`,
      );
      await context.print(lines.length === 0 ? "原文を見た記録はありません。" : lines.join("\n"));
    });
}

function openAnswer(
  { wrappedKey, sealed, ...record }: z.infer<typeof SealedRecords>[number],
  keys: Keys,
): SealedContent {
  if (record.keyId !== keys.fingerprint) {
    throw new UsageError(
      "鍵の入れ替えが途中で止まっています。kizuki vault rotate をもう一度実行してください（続きから進みます）。",
    );
  }
  const bytes = {
    wrappedKey: Buffer.from(wrappedKey, "base64"),
    sealed: Buffer.from(sealed, "base64"),
  };
  return openRecord({ ...record, ...bytes }, keys);
}

function describeContent(content: SealedContent): string {
  return "verbatim" in content ? content.verbatim : content.bytes;
}
