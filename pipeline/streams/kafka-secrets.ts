import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ConfigError } from "../errors.ts";
import { readSecretFile } from "../secret-file.ts";
import type { Sasl } from "./kafka-settings.ts";

const run = promisify(execFile);

/** A command that hangs must not hold a connection for ever. */
const TOKEN_COMMAND_MS = 10_000;

/** @throws ConfigError where file or command gives none */
export async function readToken(
  sasl: Extract<Sasl, { mechanism: "oauthbearer" }>,
): Promise<string> {
  if (sasl.tokenFile !== undefined) {
    return readSecretFile(sasl.tokenFile, "kafka.sasl.tokenFile");
  }
  const [program = "", ...args] = sasl.tokenCommand ?? [];
  try {
    const { stdout } = await run(program, args, { timeout: TOKEN_COMMAND_MS });
    if (stdout.trim() !== "") return stdout.trim();
  } catch (cause) {
    throw new ConfigError(`kafka.sasl.tokenCommand（${program}）が失敗しました。`, { cause });
  }
  throw new ConfigError(`kafka.sasl.tokenCommand（${program}）が何も出しませんでした。`);
}
