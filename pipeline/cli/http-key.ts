import { type Command, Option } from "commander";
import { type ApiKey, addKey, listKeys, revokeKey } from "../intake/http/api-keys.ts";
import { jstDate } from "../period.ts";
import { type CliContext, configOf } from "./context.ts";

type AddOptions = Pick<ApiKey, "name" | "source" | "may">;

export function registerHttpKey(program: Command, context: CliContext): void {
  const key = program
    .command("http-key")
    .description("声を HTTP で送ってくるシステムの鍵を作る・一覧する・取り消す");
  key
    .command("add")
    .description("鍵を作って、一度だけ示します。kizuki に残るのは、照らし合わせるための値だけです")
    .requiredOption("--name <名前>", "鍵の名前（英小文字・数字・ハイフン）")
    .requiredOption("--source <名前>", "この鍵で届く声の取り込み元")
    .addOption(
      new Option("--may <できること>", "send は声を送る、check は試しに調べるだけ")
        .choices(["send", "check"])
        .default("send"),
    )
    .addHelpText(
      "after",
      "\n例:\n  kizuki http-key add --name crm --source crm\n\nserve を動かしたまま使えます。送り方: docs/http-intake.ja.md\n",
    )
    .action(async ({ name, source, may }: AddOptions) => {
      const { home } = configOf(context);
      const made = await addKey(home, { name, source, may, at: context.clock() });
      context.reporter.line("次の行が鍵です。もう示せないので、いま送り手に渡してください。");
      await context.print(made);
    });
  key
    .command("list")
    .description("鍵の一覧（鍵そのものは示せません）")
    .option("--json", "JSON で出します")
    .action(async ({ json }: { json?: boolean }) => {
      const keys = listKeys(configOf(context).home).map(({ hash, ...told }) => told);
      if (json) return await context.print(JSON.stringify(keys));
      const lines = keys.map(
        ({ name, source, may, addedAt }) =>
          `${name}  取り込み元 ${source}  ${MAY_WORDS[may]}  ${jstDate(new Date(addedAt))} から`,
      );
      await context.print(lines.join("\n") || "鍵はまだありません。");
    });
  key
    .command("revoke")
    .description("鍵を取り消します。次の要求から断られます")
    .argument("<名前>", "鍵の名前")
    .action(async (name: string) => {
      await revokeKey(configOf(context).home, name);
      await context.print(`鍵「${name}」を取り消しました。この鍵で届いた声はそのままです。`);
    });
}

const MAY_WORDS: Readonly<Record<ApiKey["may"], string>> = {
  send: "声を送る",
  check: "試すだけ",
};
