import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { act } from "../act.ts";
import { UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { VaultRead } from "../schema/record-actions.ts";
import { sealWithKey } from "../streams/seal-with-key.ts";
import { maskWritten } from "../text/mask/mask-field.ts";
import { keepAll } from "../vault/keep-all.ts";
import { signOf, wantedOf, withoutWanted } from "../vault/look-for.ts";
import type { CliContext } from "./context.ts";
import { describeFound, foundNothing } from "./describe-found.ts";
import { FoundRecords, findRecords } from "./find-records.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { requiredText } from "./required-text.ts";
import { keysToRead } from "./vault-read.ts";

const Options = z.strictObject({
  /** A JSON list under the vault's key: who has no key cannot try out whose words are there. */
  sealedWords: z.base64(),
  author: z.string().min(1).max(100),
  reason: requiredText("探す理由（--reason）", 2000),
});

const MOST_WORDS = 8;

export const vaultFindCommand: HomeCommand<typeof Options, typeof FoundRecords> = {
  name: "vault find",
  Options,
  Result: FoundRecords,
  async run(home, { sealedWords, author, reason }, reporter) {
    const wanted = wordsIn(home, sealedWords).map((written) => {
      const one = wantedOf(written);
      if (one === undefined) throw tooShort();
      return one;
    });
    await keepAll(home);
    const look: VaultRead = {
      type: "vault-read",
      actionId: randomUUID(),
      at: home.clock().toISOString(),
      record: `find:${wanted.map((one) => signOf(one, home.identityKey())).join(",")}`,
      author,
      reason: withoutWanted(
        maskWritten(reason, home.config.mask),
        wanted.map(({ written }) => written),
      ),
    };
    await act(home, look);
    return await findRecords(home, wanted, reporter);
  },
};

function tooShort(): UsageError {
  return new UsageError(
    "探すことばが短すぎます。期待: 2 文字以上、数字だけなら 4 桁以上（氏名、電話番号、メールアドレスなど）。",
  );
}

const BOUND = Buffer.from("vault find");

function wordsIn(home: Home, sealedWords: string): string[] {
  const plain = sealWithKey(home.keys().vault).open(Buffer.from(sealedWords, "base64"), BOUND);
  return z
    .array(z.string())
    .min(1)
    .max(MOST_WORDS)
    .parse(JSON.parse(plain.toString("utf8")));
}

const HELP = `
例:
  kizuki vault find '山田 花子' 090-1234-5678 hanako@example.jp --reason '本人からの消去の求め'

どれか一つでも載っている声の番号を示します。原文も、探したことばも、示しません。何を探したかは、鍵がなければわからない
印（find:…）で kizuki vault log に残ります。理由に書いたことばも、探すものは【…】になります。探すのは、本文、取り込んだ列、顧客番号、不達の中身です。
名前は、ほかの名前の一部でも見つかります（「山田」は「小山田」にもあります）。番号は、前後に数字が続けば別のものです（A-12 は A-127 では見つかりません）。
同じとみなすもの: 全角と半角、大文字と小文字、ひらがなとカタカナ、空白・ハイフン・記号の有無、+81 と先頭の 0、髙と高などの異体字。
見つからないもの: 漢数字や声で言った番号（ゼロキュウゼロ）、漢字とよみの違い、名字だけの声（名字だけでも探してください）、
書き間違い、消去済みの声、取り込まなかった列。
ことばはシェルの履歴に残ります。行の先頭に空白を置くと残さない設定のシェルもあります。
`;

export function registerVaultFind(vault: Command, context: CliContext): void {
  vault
    .command("find")
    .description(
      "氏名・電話番号・メールアドレスなどから、声の番号を探します。鍵と理由が要り、探したことが記録に残ります",
    )
    .argument("<ことば...>", `探すことば。${MOST_WORDS} つまで`)
    .requiredOption("--reason <文>", "なぜ探すのか")
    .option("--json", "結果を JSON で出します")
    .addHelpText("after", HELP)
    .action(async (written: string[], options: { reason: string; json?: boolean }) => {
      if (written.length > MOST_WORDS) {
        throw new UsageError(`探すことばは一度に ${MOST_WORDS} つまでです。`);
      }
      if (written.some((word) => wantedOf(word) === undefined)) throw tooShort();
      const plain = Buffer.from(JSON.stringify(written));
      const sealedWords = sealWithKey(keysToRead(context).vault).seal(plain, BOUND);
      const result = await runHomeCommand(context, vaultFindCommand, {
        sealedWords: sealedWords.toString("base64"),
        author: context.user(),
        reason: options.reason,
      });
      if (options.json) return await context.print(JSON.stringify(result));
      if (result.voices.length + result.letters.length === 0) throw foundNothing(result);
      await context.print(describeFound(result, written.length));
    });
}
