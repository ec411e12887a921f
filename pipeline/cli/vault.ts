import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import { registerVaultFind } from "./vault-find.ts";
import { registerVaultForget } from "./vault-forget.ts";
import { registerVaultRead } from "./vault-read.ts";
import { registerVaultRotate } from "./vault-rotate.ts";

export function registerVault(program: Command, context: CliContext): void {
  const vault = program
    .command("vault")
    .description("保管庫（封をした原文）を読む・探す・声を消去する・鍵を入れ替える")
    .addHelpText("after", "\n手引き: docs/vault.ja.md\n");
  registerVaultRead(vault, context);
  registerVaultFind(vault, context);
  registerVaultForget(vault, context);
  registerVaultRotate(vault, context);
}
