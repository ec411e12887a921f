import { randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type EncoderFolder, readEncoderFolder } from "../models/encoder-folder.ts";
import { findTaxonomy } from "../models/load-classifier.ts";
import type { Taxonomy } from "../models/taxonomy.ts";
import { act } from "./act.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { RAW_NEXT } from "./enrich/raw-next.ts";
import { ConfigError, StorageError } from "./errors.ts";
import { type KafkaHome, openKafkaHome } from "./kafka-home.ts";
import type { Keys } from "./keys.ts";
import type { LoadOptions } from "./load-streams.ts";
import { type Measures, silentMeasures } from "./measures.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { TaxonomyDescribed, TopicRow } from "./schema/action.ts";
import { neverStops, type Stop } from "./stop.ts";
import { EmbeddedLog } from "./streams/embedded-log.ts";
import { sealWithKey } from "./streams/seal-with-key.ts";
import { describesTopics } from "./warehouse/describes-topics.ts";
import { Loader } from "./warehouse/loader.ts";
import { openWarehouse, type Warehouse } from "./warehouse/open-warehouse.ts";
import { refuseWhileRebuilding } from "./warehouse/rebuild-fence.ts";

const HomeFile = z.strictObject({ format: z.literal(1), keyFingerprint: z.string() });

/** All that is open while one process is the writer of a home. */
export type Home = {
  readonly config: Config;
  readonly clock: Clock;
  /**
   * What ids are made with.
   *
   * @throws ConfigError where home was made with another key: the same voice would get another id
   */
  readonly identityKey: () => Buffer;
  /**
   * The encoder of the config, read once: its weights are hashed where no manifest says what they are.
   *
   * @throws ModelError where the folder is no encoder
   */
  readonly encoder: () => EncoderFolder;
  readonly warehouse: Warehouse;
  readonly loader: Loader;
  /** Undefined without `kafka:` in the config. */
  readonly kafka: KafkaHome | undefined;
  /** The embedded streams. With Kafka they hold what came before it; only new tags of stored voices are added. */
  readonly streams: {
    readonly raw: EmbeddedLog;
    readonly enriched: EmbeddedLog;
    readonly dead: EmbeddedLog;
    readonly actions: EmbeddedLog;
  };
  /** Files are taken in and enriched one command at a time; questions need not wait. */
  readonly intakeInTurn: ReturnType<typeof oneAtATime>;
  /** Reports are looked up, built and frozen one at a time, so that none is frozen twice. */
  readonly reportInTurn: ReturnType<typeof oneAtATime>;
  /** Deliveries are sent one at a time, so that none is sent twice. */
  readonly deliverInTurn: ReturnType<typeof oneAtATime>;
  readonly measures: Measures;
  readonly stop: Stop;
  /** Where what worker processes print goes. */
  readonly workerOutput: "inherit" | "ignore";
  close(): Promise<void>;
};

/** Who listens to the work, and who may end it: nobody, but for `serve`. */
export type HomeOptions = Partial<Pick<Home, "measures" | "stop" | "workerOutput">> &
  Pick<LoadOptions, "log" | "stage">;

/**
 * Opens home as its one writer. The warehouse comes first: its lock is the fence, so that no second process
 * ever touches the streams. Whatever the last process published but did not load is loaded here.
 *
 * @throws WarehouseBusyError while another process has it
 */
export async function openHome(
  config: Config,
  keys: Keys,
  clock: Clock,
  options: HomeOptions = {},
): Promise<Home> {
  const { measures = silentMeasures, stop = neverStops, workerOutput = "inherit" } = options;
  makeHomeFolder(config.home);
  const path = warehousePath(config.home);
  const warehouse = await openWarehouse(path);
  let kafka: KafkaHome | undefined;
  try {
    await refuseWhileRebuilding(path);
    const keyProblem = checkKey(config.home, keys);
    const root = logPath(config.home);
    const streams = {
      raw: await EmbeddedLog.open({ name: "voc.raw", root, seal: sealWithKey(keys.raw) }),
      enriched: await EmbeddedLog.open({ name: "voc.enriched", root }),
      dead: await EmbeddedLog.open({ name: "voc.dead", root }),
      actions: await EmbeddedLog.open({ name: "voc.actions", root }),
    };
    refuseLostRaw(streams.raw, streams.enriched);
    const loader = await Loader.open(warehouse, measures);
    await loader.loadDeadLetters(streams.dead);
    await loader.loadEnriched(streams.enriched);
    await loader.loadActions(streams.actions);
    kafka =
      config.kafka && (await openKafkaHome(config.kafka, { warehouse, loader, keys, ...options }));
    for (const taxonomy of config.taxonomies.map(findTaxonomy)) {
      const topics = topicRows(taxonomy);
      if (await describesTopics(warehouse, taxonomy.name, topics)) continue;
      await act({ kafka, streams, loader }, describe(taxonomy.name, topics, clock));
    }
    let encoder: EncoderFolder | undefined;
    return {
      config,
      clock,
      encoder: () => {
        encoder ??= readEncoderFolder(config.encoder);
        return encoder;
      },
      identityKey: () => {
        if (keyProblem !== undefined) throw keyProblem;
        return keys.identity;
      },
      warehouse,
      loader,
      kafka,
      streams,
      intakeInTurn: oneAtATime(),
      reportInTurn: oneAtATime(),
      deliverInTurn: oneAtATime(),
      measures,
      stop,
      workerOutput,
      async close() {
        await kafka?.close();
        for (const stream of Object.values(streams)) await stream.close();
        // What a full disk leaves in the write-ahead log is safe there; the work's own outcome counts.
        await warehouse.checkpoint().catch(() => undefined);
        warehouse.close();
      },
    };
  } catch (cause) {
    await kafka?.close();
    warehouse.close();
    throw cause;
  }
}

export function warehousePath(home: string): string {
  return join(home, "warehouse.duckdb");
}

/** Where the embedded streams lie. */
export function logPath(home: string): string {
  return join(home, "log");
}

/** New records would take the places of lost ones, count as enriched, and never be. */
function refuseLostRaw(raw: EmbeddedLog, enriched: EmbeddedLog): void {
  const covered = enriched.newestMark(RAW_NEXT) ?? 0;
  if (covered <= raw.nextOffset) return;
  throw new StorageError(
    `voc.raw が欠けています。処理済みの位置 ${covered}、流れの終わり ${raw.nextOffset}。home/log/voc.raw を控えから戻してください。`,
  );
}

function describe(taxonomy: string, topics: TopicRow[], clock: Clock): TaxonomyDescribed {
  const at = clock().toISOString();
  return { type: "taxonomy-described", actionId: randomUUID(), at, taxonomy, topics };
}

function topicRows(taxonomy: Taxonomy): TopicRow[] {
  return taxonomy.leaves.map((leaf) => ({
    taxonomy: taxonomy.name,
    topic: leaf.id,
    label: leaf.label,
    parent: leaf.parentId ?? leaf.id,
    parent_label: leaf.parentLabel ?? leaf.label,
    severity: leaf.severity,
    position: leaf.position,
    description: leaf.description,
  }));
}

function makeHomeFolder(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StorageError(
      `保存先のフォルダ ${home} を作れません。書ける場所を --home で指定してください。`,
      {
        cause,
      },
    );
  }
}

/**
 * A home remembers which key it was made with, without knowing the key. With another key it can still be
 * read and commented on, as the demo's is, but nothing can be taken in.
 */
function checkKey(home: string, keys: Keys): ConfigError | undefined {
  const path = join(home, "home.json");
  if (!existsSync(path)) {
    const value: z.infer<typeof HomeFile> = { format: 1, keyFingerprint: keys.fingerprint };
    writeFileSync(`${path}.tmp`, `${JSON.stringify(value)}\n`);
    renameSync(`${path}.tmp`, path);
    return undefined;
  }
  const { keyFingerprint } = readHomeFile(path);
  if (keyFingerprint === keys.fingerprint) return undefined;
  return new ConfigError(
    `${home} は別の鍵で作られているので、声を取り込めません（デモの鍵は残りません）。読んだ鍵の印: ${keys.fingerprint}、期待: ${keyFingerprint}。KIZUKI_MASTER_KEY か鍵のファイルを元に戻すか、--home で別の場所を指定してください。`,
  );
}

/** Names the key that a home was made with; undefined before the first import. */
export function keyFingerprintOf(home: string): string | undefined {
  const path = join(home, "home.json");
  return existsSync(path) ? readHomeFile(path).keyFingerprint : undefined;
}

function readHomeFile(path: string): z.infer<typeof HomeFile> {
  try {
    return HomeFile.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new StorageError(
      `${path} が読めません。期待: {"format":1,"keyFingerprint":"…"}。控えから戻してください。`,
      { cause },
    );
  }
}
