import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { ConfigError, StorageError } from "./errors.ts";
import type { Keys } from "./keys.ts";
import { sealWithKey } from "./streams/seal-with-key.ts";

const HomeFile = z.strictObject({
  format: z.literal(1),
  keyFingerprint: z.string(),
  /** Since the master key was changed for the first time: `Kept`, sealed with the present one. */
  kept: z.base64().optional(),
});

const hex = z.hex().transform((text) => Buffer.from(text, "hex"));

/** What must outlive a master key: ids would be others without it, and old records could not be read. */
const Kept = z.strictObject({
  identity: hex,
  older: z.array(z.strictObject({ fingerprint: z.string(), raw: hex })),
});

/** Bound in, so that the seal says nothing in another place. */
const PLACE = Buffer.from("home.json");

/**
 * A home remembers which key it was made with, without knowing the key. With another key it can still be
 * read and commented on, as the demo's is, but nothing can be taken in.
 */
export function checkKey(home: string, keys: Keys): ConfigError | undefined {
  if (!existsSync(pathOf(home))) {
    write(home, { format: 1, keyFingerprint: keys.fingerprint });
    return undefined;
  }
  const { keyFingerprint } = read(home);
  if (keyFingerprint === keys.fingerprint) return undefined;
  return new ConfigError(
    `${home} は別の鍵で作られているので、声を取り込めません（デモの鍵は残りません）。読んだ鍵の印: ${keys.fingerprint}、期待: ${keyFingerprint}。KIZUKI_MASTER_KEY か鍵のファイルを元に戻すか、--home で別の場所を指定してください。kizuki vault rotate の途中だったなら、もう一度実行してください。`,
  );
}

/** @returns the keys of home: what was kept of older master keys goes before what the present one would make */
export function withKept(home: string, keys: Keys): Keys {
  const { kept } = read(home);
  if (kept === undefined) return keys;
  const plain = sealWithKey(keys.home).open(Buffer.from(kept, "base64"), PLACE);
  return { ...keys, ...Kept.parse(JSON.parse(plain.toString("utf8"))) };
}

/**
 * Makes another master key home's, in one step.
 *
 * @param from keys of home as they are, with what is kept
 */
export function changeKey(home: string, from: Keys, to: Keys): void {
  const { identity, fingerprint, raw } = from;
  const older: Keys["older"] = [{ fingerprint, raw }, ...from.older];
  const plain = JSON.stringify({
    identity: identity.toString("hex"),
    older: older.map((key) => ({ ...key, raw: key.raw.toString("hex") })),
  });
  const kept = sealWithKey(to.home).seal(Buffer.from(plain), PLACE).toString("base64");
  write(home, { format: 1, keyFingerprint: to.fingerprint, kept });
}

/** Names the key that a home was made with; undefined before the first import. */
export function keyFingerprintOf(home: string): string | undefined {
  return existsSync(pathOf(home)) ? read(home).keyFingerprint : undefined;
}

function pathOf(home: string): string {
  return join(home, "home.json");
}

function write(home: string, value: z.infer<typeof HomeFile>): void {
  const path = pathOf(home);
  writeFileSync(`${path}.tmp`, `${JSON.stringify(value)}\n`, { flush: true });
  renameSync(`${path}.tmp`, path);
}

function read(home: string): z.infer<typeof HomeFile> {
  const path = pathOf(home);
  try {
    return HomeFile.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new StorageError(
      `${path} が読めません。期待: {"format":1,"keyFingerprint":"…"}。控えから戻してください。`,
      { cause },
    );
  }
}
