import { createReadStream, createWriteStream, existsSync, readdirSync, statSync } from "node:fs";
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ConfigError, StorageError } from "../errors.ts";
import { type Home, vaultPath, warehousePath } from "../home.ts";
import { jstDateTime } from "../period.ts";
import type { EmbeddedLog } from "../streams/embedded-log.ts";
import { sync, syncTree } from "../sync-files.ts";
import { copyWarehouse } from "../warehouse/copy-warehouse.ts";
import { configFiles, folderOfAll } from "./config-files.ts";

export type MadeBackup = {
  /** Absolute path. */
  readonly folder: string;
  readonly sizeBytes: number;
  /** Records of each stream. */
  readonly records: Readonly<Record<string, number>>;
};

const NAME = /^kizuki-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d$/;

/**
 * Copies the streams, the vault and the config to a folder of its own: `log/`, `vault.duckdb` and `home.json`, from
 * which a home is made again, and `config/`, whose files lie to each other as they did in the folder that
 * `backup.json` names. The warehouse is left out, for it is read from the streams; so is the key,
 * which must not lie beside what it opens. With Kafka the streams are elsewhere, so the warehouse goes along: it knows
 * how far it has read them, and goes on there.
 *
 * All streams are cut at the same moment, as a kill would cut them, so nothing has to stand still. The copy comes to
 * its name only when it has been opened and every byte of its frames has been checked.
 *
 * @param folder where backups lie
 * @param ofTheme files that the theme's file names
 * @throws StorageError where the copy cannot be written or does not hold what it should
 */
export async function makeBackup(
  home: Home,
  options: {
    readonly folder: string;
    readonly keep: number;
    readonly ofTheme: readonly string[];
  },
): Promise<MadeBackup> {
  const { folder, keep, ofTheme } = options;
  const name = `kizuki-${jstStamp(home.clock())}`;
  const made = join(folder, name);
  const temporary = `${made}.tmp`;
  let cuts: readonly Cut[] = [];
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await sweep(folder);
    await mkdir(temporary, { mode: 0o700 });
    // Before the streams are cut: a warehouse may know less than they hold, never more.
    if (home.kafka !== undefined) {
      const file = warehousePath(temporary);
      await copyWarehouse(home.warehouse, { file, giveUp: home.stop.now });
    }
    cuts = cutsOf(home);
    for (const { name, extents } of cuts) {
      const from = join(home.config.home, "log", name);
      const to = join(temporary, "log", name);
      await copyStream({ from, to, extents, giveUp: home.stop.now });
    }
    if (home.hasItsKey) await (await home.vault()).copyTo(vaultPath(temporary));
    await copyFile(join(home.config.home, "home.json"), join(temporary, "home.json"));
    const configFolder = await copyConfig(
      configFiles(home.config, ofTheme),
      join(temporary, "config"),
    );
    const records = recordsOf(cuts);
    const facts = { format: 1, madeAt: home.clock().toISOString(), configFolder, records };
    await writeFile(join(temporary, "backup.json"), `${JSON.stringify(facts)}\n`);
    await verifyBackup(home, temporary, records);
    await syncTree(temporary);
    await rm(made, { recursive: true, force: true });
    await rename(temporary, made);
    await sync(folder);
  } catch (cause) {
    if (cause instanceof StorageError) throw cause;
    throw new StorageError(
      `控えを ${folder} に作れません（空きと権限を確かめてください）。前の控えはそのままです。`,
      { cause },
    );
  }
  await prune(folder, keep);
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const databases = sizeOf(warehousePath(made)) + sizeOf(vaultPath(made));
  const logs = cuts.flatMap(({ extents }) => extents);
  const sizeBytes = logs.reduce((sum, extent) => sum + extent.sizeBytes, databases);
  return { folder: made, sizeBytes, records: recordsOf(cuts) };
}

type Cut = Pick<EmbeddedLog, "name" | "extents" | "nextOffset">;

/** All at the same moment: nothing is awaited between the first stream and the last. */
function cutsOf({ streams }: Home): Cut[] {
  return Object.values(streams).map(({ name, extents, nextOffset }) => ({
    name,
    extents,
    nextOffset,
  }));
}

function recordsOf(cuts: readonly Cut[]): Record<string, number> {
  return Object.fromEntries(cuts.map(({ name, nextOffset }) => [name, nextOffset]));
}

async function copyStream({
  from,
  to,
  extents,
  giveUp: signal,
}: {
  readonly from: string;
  readonly to: string;
  readonly extents: EmbeddedLog["extents"];
  readonly giveUp: AbortSignal;
}): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const { file, sizeBytes } of extents) {
    const source =
      sizeBytes === 0
        ? Readable.from([])
        : createReadStream(join(from, file), { end: sizeBytes - 1 });
    await pipeline(source, createWriteStream(join(to, file), { mode: 0o600 }), { signal });
  }
}

/** @returns the folder whose files they are */
async function copyConfig(files: readonly string[], to: string): Promise<string> {
  // A pipe would be waited for, and a folder would end the backup; whoever reads it as a file says so.
  const there = files.filter((file) => existsSync(file) && statSync(file).isFile());
  const base = folderOfAll(there);
  await mkdir(to, { mode: 0o700 });
  for (const file of there) {
    const copy = join(to, relative(base, file));
    await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
    await copyFile(file, copy);
  }
  return base;
}

async function verifyBackup(
  home: Home,
  folder: string,
  records: Readonly<Record<string, number>>,
): Promise<void> {
  for (const stream of Object.values(home.streams)) {
    const copy = await stream.reopen(join(folder, "log"));
    await copy.verify();
    await copy.close();
    if (copy.nextOffset === records[stream.name]) continue;
    throw new StorageError(
      `控え ${folder} の ${stream.name} … 読んだもの: ${copy.nextOffset} 件、期待: ${records[stream.name]} 件。この控えは使えません。`,
    );
  }
}

/** What a kill left. */
async function sweep(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".tmp") && NAME.test(name.slice(0, -4))) {
      await rm(join(folder, name), { recursive: true });
    }
  }
}

/** Touches nothing that this program did not make. */
async function prune(folder: string, keep: number): Promise<void> {
  const backups = readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort();
  for (const name of backups.slice(0, -keep)) await rm(join(folder, name), { recursive: true });
}

/** 2026-01-05T04-00-00 in Asia/Tokyo. */
function jstStamp(at: Date): string {
  return jstDateTime(at).slice(0, 19).replaceAll(":", "-");
}

/** @throws ConfigError where neither the config nor the command says where backups go */
export function backupTarget(home: Home, folder?: string): { folder: string; keep: number } {
  const { backup } = home.config;
  if (folder !== undefined) return { folder, keep: backup?.keep ?? Number.POSITIVE_INFINITY };
  if (backup !== undefined) return backup;
  throw new ConfigError(
    "控えの置き場所がわかりません。kizuki.yaml に backup: { folder: ../kizuki-backup } と書くか、--to フォルダ で指定してください。",
  );
}
