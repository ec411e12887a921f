import { copyFileSync, existsSync, renameSync } from "node:fs";
import type { Command } from "commander";
import { ConfigError, InputError, UsageError } from "../errors.ts";
import { openHome } from "../home.ts";
import { keyFingerprintOf } from "../home-file.ts";
import { type Keys, keysFromFile } from "../keys.ts";
import { jstDate } from "../period.ts";
import { rotateKeys } from "../vault/rotate-keys.ts";
import { type CliContext, configOf, givenKeysOf, keyFileOf } from "./context.ts";

/** Runs in its own process only: whoever has home open goes on sealing with the old key. */
async function rotate(context: CliContext): Promise<string> {
  const config = configOf(context);
  const expected = keyFingerprintOf(config.home);
  if (expected === undefined) {
    throw new InputError(
      `${config.home} にはまだ何も取り込まれていません。--home を確かめてください。`,
    );
  }
  const file = keyFileOf(context, config);
  const from = givenKeysOf(context, config);
  if (!existsSync(`${file}.new`)) refuseOther(from, expected);
  // On the disk before anything is wrapped by it.
  const to = keysFromFile(`${file}.new`);
  if (from.fingerprint === to.fingerprint) {
    throw new ConfigError(
      `いまの鍵と ${file}.new は同じ鍵なので、何も入れ替えていません（印 ${to.fingerprint}）。${file}.new を安全な所に移してから、もう一度実行してください。`,
    );
  }
  if (expected !== to.fingerprint) {
    refuseOther(from, expected);
    await rotateHome(context, from, to);
  }
  if (context.masterKey !== undefined) {
    return `鍵を入れ替えました。KIZUKI_MASTER_KEY を ${file}.new の中身に替え、このファイルを安全な所に移してください。前の鍵は、前の控えを戻すときに要ります。`;
  }
  const old = `${file}.before-${jstDate(context.clock())}-${from.fingerprint}`;
  copyFileSync(file, old);
  renameSync(`${file}.new`, file);
  return `鍵を入れ替えました（新しい印 ${to.fingerprint}）。前の鍵は ${old} にあります。前の控えを戻すときに要るので、控えが残る間は取っておいてください。`;
}

function refuseOther({ fingerprint }: Keys, expected: string): void {
  if (fingerprint === expected) return;
  throw new ConfigError(
    `この鍵では入れ替えられません。読んだ鍵の印: ${fingerprint}、期待: ${expected}（home の印）。`,
  );
}

async function rotateHome(context: CliContext, from: Keys, to: Keys): Promise<void> {
  const home = await openHome(configOf(context), from, context.clock);
  try {
    const state = await home.kafka?.state({ maxAgeMs: 0 });
    const pending = state?.lag.get("voc.raw") ?? 0;
    if (pending > 0) {
      throw new UsageError(
        `まだ処理されていない記録が voc.raw に ${pending} 件あります。kizuki enrich が読み終えてから、もう一度実行してください（新しい鍵では、処理係が前の記録を読めません）。`,
      );
    }
    await rotateKeys(home, to);
  } finally {
    await home.close();
  }
}

export function registerVaultRotate(vault: Command, context: CliContext): void {
  vault
    .command("rotate")
    .description("マスター鍵を新しいものに入れ替えます。声の番号も原文もそのままです")
    .addHelpText(
      "after",
      "\nserve を止めてから使ってください。途中で止まっても、もう一度実行すれば続きから進みます。\nKafka では、終わったあと新しい鍵を kizuki enrich の機械にも写してください。\n",
    )
    .action(async () => context.print(await rotate(context)));
}
