import { createHmac, hkdfSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { ConfigError } from "./errors.ts";

const KEY_BYTES = 32;

/** Everything that is derived from the master key, which is kept nowhere else, and what home keeps of older ones. */
export type Keys = {
  /** Seals `voc.raw`. */
  readonly raw: Buffer;
  /** Makes ids and revisions that cannot be guessed from the words. */
  readonly identity: Buffer;
  /** Wraps the keys of the sealed records in the vault. */
  readonly vault: Buffer;
  /** Seals what home keeps of older master keys. */
  readonly home: Buffer;
  /** What `voc.raw` was sealed with before, newest first. */
  readonly older: readonly { readonly fingerprint: string; readonly raw: Buffer }[];
  /** Names the key without telling it: a home that was made with another is refused. */
  readonly fingerprint: string;
};

export function deriveKeys(master: Buffer): Keys {
  const derive = (purpose: string) =>
    Buffer.from(hkdfSync("sha256", master, Buffer.alloc(0), `kizuki:${purpose}`, KEY_BYTES));
  const fingerprint = createHmac("sha256", master).update("kizuki:fingerprint").digest("hex");
  return {
    raw: derive("raw"),
    identity: derive("identity"),
    vault: derive("vault"),
    home: derive("home"),
    older: [],
    fingerprint: fingerprint.slice(0, 16),
  };
}

/** A key that lives as long as the process: the demo's. */
export function throwawayKeys(): Keys {
  return deriveKeys(randomBytes(KEY_BYTES));
}

/** The master key from the environment's text: 64 hex digits. */
export function keysFromText(text: string, from = "KIZUKI_MASTER_KEY"): Keys {
  if (!/^[0-9a-f]{64}$/i.test(text.trim())) {
    throw new ConfigError(
      `${from} が読めません。読んだもの: ` +
        `${text.trim().length} 文字。期待: 16進数 64 桁（例: openssl rand -hex 32 の出力）。`,
    );
  }
  return deriveKeys(Buffer.from(text.trim(), "hex"));
}

/**
 * The master key from its file, made at first start with mode 0600.
 *
 * @throws ConfigError when others may read the file: a key that was readable is no longer secret
 */
export function keysFromFile(path: string): Keys {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // "wx": two first starts at once must not end with two keys.
    writeFileSync(path, `${randomBytes(KEY_BYTES).toString("hex")}\n`, {
      mode: 0o600,
      flag: "wx",
      flush: true,
    });
  }
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) !== 0) {
    throw new ConfigError(
      `鍵のファイル ${path} を他人が読めます（モード ${mode.toString(8)}、期待 600）。chmod 600 ${path} を実行してください。`,
    );
  }
  return keysFromText(readFileSync(path, "utf8"), path);
}
