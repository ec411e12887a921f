import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { promisify } from "node:util";
import { ConfigError } from "../errors.ts";
import type { Sasl } from "./kafka-settings.ts";

const run = promisify(execFile);

/** A command that hangs must not hold a connection for ever. */
const TOKEN_COMMAND_MS = 10_000;

/**
 * One secret, without the newline that an editor leaves behind it.
 *
 * @throws ConfigError where it cannot be read, is empty, or everyone on the machine may read it
 */
export function readSecretFile(path: string, what: string): string {
  const secret = readPemFile(path, what).trim();
  const mode = statSync(path).mode & 0o777;
  // The group may: mounted secrets belong to root and to the group of the process.
  if ((mode & 0o007) !== 0) {
    throw new ConfigError(
      `${what} ${path} を誰でも読めます（モード ${mode.toString(8)}、期待 600 か 640）。chmod 600 ${path} を実行してください。`,
    );
  }
  if (secret === "") throw new ConfigError(`${what} ${path} が空です。`);
  return secret;
}

/** @throws ConfigError where it cannot be read */
export function readPemFile(path: string, what: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new ConfigError(`${what} ${path} が読めません。場所と権限を確かめてください。`, {
      cause,
    });
  }
}

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
