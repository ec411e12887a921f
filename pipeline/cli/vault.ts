import type { Command } from "commander";
import type { CliContext } from "./context.ts";
import { registerVaultForget } from "./vault-forget.ts";
import { registerVaultRead } from "./vault-read.ts";

export function registerVault(program: Command, context: CliContext): void {
  const vault = program
    .command("vault")
    .description("保管庫（封をした原文）を読む・声を消去する")
    .addHelpText("after", "\n手引き: docs/vault.ja.md\n");
  registerVaultRead(vault, context);
  registerVaultForget(vault, context);
}
