import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { StorageError, UsageError } from "../../errors.ts";
import { sync } from "../../sync-files.ts";

const NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
const TOKEN = /^kizuki\.([a-z0-9][a-z0-9-]{0,39})\.([A-Za-z0-9_-]{43})$/;
/** Too many to be guessed, so a plain hash keeps them: there is no word to try. */
const SECRET_BYTES = 32;

/** What is kept of a key: who has it, what for, and a hash that tells it when it comes. */
export const ApiKey = z.strictObject({
  name: z.string().regex(NAME),
  /** Name of the source whose voices it brings. */
  source: z.string().trim().min(1).max(100),
  /** "check": requests are answered, and nothing is kept of them. */
  may: z.enum(["send", "check"]),
  addedAt: z.iso.datetime(),
  /** SHA-256 of the secret part, in hex. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ApiKey = z.infer<typeof ApiKey>;

/**
 * Makes a key. Each has a file of its own, read at each request: a revoked key ends at once, and two commands at a time
 * cannot bring one back.
 *
 * @returns the key, which stands nowhere after this
 * @throws UsageError where the name is taken or no name
 */
export async function addKey(
  home: string,
  { name, source, may, at }: Pick<ApiKey, "name" | "source" | "may"> & { readonly at: Date },
): Promise<string> {
  const secret = randomBytes(SECRET_BYTES).toString("base64url");
  const key = { name, source, may, addedAt: at.toISOString(), hash: hashOf(secret) };
  const parsed = ApiKey.safeParse(key);
  if (!parsed.success) {
    throw new UsageError(
      "--name は英小文字・数字・ハイフンで 40 文字まで、--source は 100 文字までで指定してください。",
    );
  }
  const folder = folderOf(home);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `${name}.${randomBytes(4).toString("hex")}.tmp`);
  writeFileSync(temporary, `${JSON.stringify(parsed.data)}\n`, { mode: 0o600 });
  try {
    await sync(temporary);
    // Unlike a rename it refuses to replace.
    linkSync(temporary, pathOf(home, name));
  } catch (cause) {
    if (!existsSync(pathOf(home, name))) throw cause;
    throw new UsageError(
      `鍵「${name}」はもうあります。別の名前にするか、kizuki http-key revoke ${name} で取り消してから作り直してください。`,
      { cause },
    );
  } finally {
    rmSync(temporary);
  }
  await sync(folder);
  return `kizuki.${name}.${secret}`;
}

/** In the order of their names. */
export function listKeys(home: string): ApiKey[] {
  if (!existsSync(folderOf(home))) return [];
  const files = readdirSync(folderOf(home)).filter((file) => file.endsWith(".json"));
  return files.sort().flatMap((file) => readKey(home, file.slice(0, -".json".length)) ?? []);
}

/** @throws UsageError where there is none of this name */
export async function revokeKey(home: string, name: string): Promise<void> {
  if (!NAME.test(name) || !existsSync(pathOf(home, name))) {
    const names = listKeys(home).map((key) => key.name);
    throw new UsageError(`鍵「${name}」はありません。ある鍵: ${names.join("、") || "なし"}`);
  }
  rmSync(pathOf(home, name));
  // After a power cut it must still be gone.
  await sync(folderOf(home));
}

/** @returns the key that a request carries; undefined where it is none of ours, or revoked */
export function findKey(home: string, token: string): ApiKey | undefined {
  const [, name, secret] = TOKEN.exec(token) ?? [];
  if (name === undefined || secret === undefined) return undefined;
  const key = readKey(home, name);
  if (key === undefined) return undefined;
  const isSame = timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(key.hash));
  return isSame ? key : undefined;
}

function readKey(home: string, name: string): ApiKey | undefined {
  const path = pathOf(home, name);
  if (!existsSync(path)) return undefined;
  try {
    return ApiKey.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new StorageError(
      `鍵のファイル ${path} が読めません。消して、kizuki http-key add で作り直してください。`,
      { cause },
    );
  }
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function folderOf(home: string): string {
  return join(home, "http-keys");
}

function pathOf(home: string, name: string): string {
  return join(folderOf(home), `${name}.json`);
}
