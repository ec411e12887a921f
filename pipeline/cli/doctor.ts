import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "commander";
import { loadEncoder } from "../../models/encoder.ts";
import { readEncoderFolder } from "../../models/encoder-folder.ts";
import { loadClassifier } from "../../models/load-classifier.ts";
import { topicNotes } from "../../models/topic-notes.ts";
import { countOtherVectors } from "../enrich/reencode-voices.ts";
import { KizukiError } from "../errors.ts";
import { warehousePath } from "../home.ts";
import { keyFingerprintOf } from "../home-file.ts";
import { readConfigured } from "../intake/files/configured-source.ts";
import { loadMaster } from "../master/load-master.ts";
import { openWarehouse } from "../warehouse/open-warehouse.ts";
import { type CliContext, configOf, keysOf } from "./context.ts";
import { otherVectorsNote } from "./reencode.ts";
import { askServer } from "./serve/socket-client.ts";
import { statusCommand } from "./status.ts";

/** Below this DuckDB and the log may stop in the middle of a day's import. */
const LEAST_FREE_BYTES = 2 * 1024 ** 3;
/** Oldest Node that the dependencies run on. */
const LEAST_NODE = [20, 19] as const;

type Check = { readonly name: string; readonly run: () => Promise<string> | string };

class DoctorError extends KizukiError {
  readonly code = "KIZUKI_DOCTOR";
}

function checksOf(context: CliContext): Check[] {
  const { home } = context;
  return [
    { name: "Node", run: checkNode },
    {
      name: "設定",
      run: () => {
        const config = configOf(context);
        return config.file ?? "kizuki.yaml はありません（既定の設定で動きます）";
      },
    },
    { name: "鍵", run: () => checkKeys(context) },
    {
      name: "モデル",
      run: async () => {
        const config = configOf(context);
        const encoder = await loadEncoder(config.encoder);
        await loadClassifier(config);
        return `${encoder.name}（${encoder.dimensions} 次元）、分類 ${config.taxonomies.join("、")}`;
      },
    },
    { name: "話題", run: () => checkTopics(context) },
    { name: "取り込み元", run: () => checkSources(context) },
    { name: "商品などの表", run: () => checkMaster(context) },
    { name: "データベース", run: () => checkWarehouse(context) },
    { name: "ディスク", run: () => checkDisk(home) },
    { name: "時間帯", run: () => checkTimeZone(context) },
  ];
}

function checkNode(): string {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    throw new DoctorError(
      `Node ${process.versions.node} は古すぎます。20.19 以上を入れてください。`,
    );
  }
  return process.versions.node;
}

/** Makes no key where home has one already: the new one would fit nothing. */
function checkKeys(context: CliContext): string {
  const config = configOf(context);
  const expected = keyFingerprintOf(config.home);
  const file = config.masterKeyFile ?? context.defaultKeyFile;
  if (context.masterKey === undefined && !existsSync(file)) {
    if (expected === undefined) return `まだありません（最初の import が作ります: ${file}）`;
    throw new DoctorError(
      `${file} がありません。控えから戻してください（期待する印: ${expected}）。`,
    );
  }
  const { fingerprint } = keysOf(context, config);
  if (expected === undefined || expected === fingerprint) return `印 ${fingerprint}`;
  throw new DoctorError(
    `読んだ鍵の印: ${fingerprint}、期待: ${expected}（home の印）。この鍵では取り込めません。鍵を控えから戻してください。`,
  );
}

async function checkTopics(context: CliContext): Promise<string> {
  const { encoder, heads, taxonomies } = configOf(context);
  const notes = await topicNotes(taxonomies, { encoder: readEncoderFolder(encoder), heads });
  if (notes.length > 0) throw new DoctorError(notes.join("\n"));
  return "どの話題にも、付け方（rules、words、分類器）があります";
}

async function checkSources(context: CliContext): Promise<string> {
  const { found, missing } = await readConfigured(configOf(context));
  if (missing.length > 0) throw new DoctorError(`${missing.join("\n")}。`);
  return `${found.length} 件の説明（kizuki.yaml の sources）`;
}

async function checkMaster(context: CliContext): Promise<string> {
  const { master } = configOf(context);
  if (master === undefined) return "使っていません（kizuki.yaml に master がありません）";
  const { entries, notes } = await loadMaster(master);
  return [`${entries.length} 件`, ...notes].join("。");
}

async function checkWarehouse(context: CliContext): Promise<string> {
  const { home, encoder } = configOf(context);
  const request = { command: "status", options: {} };
  const answer = await askServer(home, request, context.reporter);
  if (answer !== undefined) {
    const { otherVectors } = statusCommand.Result.parse(answer.result);
    return `kizuki serve が使用中です（コマンドは serve を通して動きます）${otherVectorsWarning(otherVectors)}`;
  }
  const path = warehousePath(home);
  if (!existsSync(path)) return `まだありません（最初の import が作ります: ${path}）`;
  const warehouse = await openWarehouse(path);
  try {
    const home = { warehouse, encoder: () => readEncoderFolder(encoder) };
    return `${path}${otherVectorsWarning(await countOtherVectors(home))}`;
  } finally {
    warehouse.close();
  }
}

/** No failure: all works, only history is tagged by other models. */
function otherVectorsWarning(count: number): string {
  return count === 0 ? "" : `。${otherVectorsNote(count)}`;
}

async function checkDisk(home: string): Promise<string> {
  let folder = home;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const text = `空き ${(free / 1024 ** 3).toFixed(1)} GB`;
  if (free >= LEAST_FREE_BYTES) return text;
  throw new DoctorError(
    `${text}（${folder}）。2 GB 以上空けるか、--home を別のディスクにしてください。`,
  );
}

/** Every day is cut in Asia/Tokyo whatever the machine says; shown so that nobody has to wonder. */
function checkTimeZone(context: CliContext): string {
  const now = new Intl.DateTimeFormat("ja-JP", {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "Asia/Tokyo",
  }).format(context.clock());
  const machine = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `日本時間 ${now}（この機械の設定は ${machine}。期間は常に日本時間で区切ります）`;
}

export function registerDoctor(program: Command, context: CliContext): void {
  program
    .command("doctor")
    .description("動かすのに要るものがそろっているかを調べ、足りないものは直し方を示します")
    .action(async () => {
      let failures = 0;
      for (const check of checksOf(context)) {
        try {
          await context.print(`○ ${check.name}: ${await check.run()}`);
        } catch (cause) {
          if (!(cause instanceof KizukiError)) throw cause;
          failures += 1;
          await context.print(`× ${check.name}: ${cause.message}`);
        }
      }
      if (failures > 0) throw new DoctorError(`${failures} 件を直してください。`);
    });
}
