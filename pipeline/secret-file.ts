import { readFileSync, statSync } from "node:fs";
import { ConfigError } from "./errors.ts";

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
