import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type EncoderFolder, readEncoderFolder } from "../models/encoder-folder.ts";
import { findTaxonomy } from "../models/load-classifier.ts";
import type { Taxonomy } from "../models/taxonomy.ts";
import { act } from "./act.ts";
import { refuseUnknownTopics } from "./annotation.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import { RAW_NEXT } from "./enrich/raw-next.ts";
import { StorageError } from "./errors.ts";
import { checkKey, withKept } from "./home-file.ts";
import { type KafkaHome, openKafkaHome } from "./kafka-home.ts";
import type { Keys } from "./keys.ts";
import type { LoadOptions } from "./load-streams.ts";
import { type Measures, silentMeasures } from "./measures.ts";
import {
  type OverlappingTurns,
  oneAtATime,
  oneAtATimeEach,
  overlappingTurns,
} from "./one-at-a-time.ts";
import type { TaxonomyDescribed, TopicRow } from "./schema/taxonomy-actions.ts";
import { neverStops, type Stop } from "./stop.ts";
import { EmbeddedLog } from "./streams/embedded-log.ts";
import { sealWithKeys } from "./streams/seal-with-key.ts";
import { describesTopics } from "./warehouse/describes-topics.ts";
import { allForgotten, countForgotten } from "./warehouse/load-forgotten.ts";
import { Loader } from "./warehouse/loader.ts";
import { openWarehouse, type Warehouse } from "./warehouse/open-warehouse.ts";
import { refuseWhileRebuilding } from "./warehouse/rebuild-fence.ts";
import { Vault } from "./warehouse/vault.ts";

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
  /** Whether this is the key that home was made with. */
  readonly hasItsKey: boolean;
  /**
   * The sealed words, opened at the first call.
   *
   * @throws ConfigError where home was made with another key
   */
  readonly vault: () => Promise<Vault>;
  /** @throws as `vault` */
  readonly keys: () => Keys;
  readonly loader: Loader;
  /** Undefined without `kafka:` in the config. */
  readonly kafka: KafkaHome | undefined;
  /** The embedded streams. With Kafka they hold what was taken in before it, and nothing that comes later. */
  readonly streams: {
    readonly raw: EmbeddedLog;
    readonly enriched: EmbeddedLog;
    readonly dead: EmbeddedLog;
    readonly actions: EmbeddedLog;
  };
  /** Files are taken in and enriched one command at a time; questions need not wait. */
  readonly intakeInTurn: ReturnType<typeof oneAtATime>;
  /** A source is read by one command at a time, by its name under `pull:`; a slow one holds no other back. */
  readonly pullInTurn: ReturnType<typeof oneAtATimeEach>;
  /** Reports are looked up, built and frozen one at a time, so that none is frozen twice. */
  readonly reportInTurn: OverlappingTurns["alone"];
  /** The same for one of many: the next is built while it is frozen. */
  readonly reportOverlapping: OverlappingTurns["overlapping"];
  /** Voices are linked with the company's tables one at a time, so that no name is linked twice. */
  readonly masterInTurn: ReturnType<typeof oneAtATime>;
  /** Deliveries are sent one at a time, so that none is sent twice. */
  readonly deliverInTurn: ReturnType<typeof oneAtATime>;
  /** Snapshots are made one at a time, so that none sweeps away what another writes. */
  readonly snapshotInTurn: ReturnType<typeof oneAtATime>;
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
  masterKeys: Keys,
  clock: Clock,
  options: HomeOptions = {},
): Promise<Home> {
  const { measures = silentMeasures, stop = neverStops, workerOutput = "inherit" } = options;
  const taxonomies = config.taxonomies.map(findTaxonomy);
  refuseUnknownTopics(config.annotations, taxonomies);
  makeHomeFolder(config.home);
  const path = warehousePath(config.home);
  const warehouse = await openWarehouse(path);
  let kafka: KafkaHome | undefined;
  try {
    await refuseWhileRebuilding(path);
    const keyProblem = checkKey(config.home, masterKeys);
    const keys = keyProblem === undefined ? withKept(config.home, masterKeys) : masterKeys;
    const root = logPath(config.home);
    const streams = {
      raw: await EmbeddedLog.open({ name: "voc.raw", root, seal: sealWithKeys(keys) }),
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
    for (const taxonomy of taxonomies) {
      const topics = topicRows(taxonomy);
      if (await describesTopics(warehouse, taxonomy.name, topics)) continue;
      await act({ kafka, streams, loader }, describe(taxonomy.name, topics, clock));
    }
    let encoder: EncoderFolder | undefined;
    let vault: Promise<Vault> | undefined;
    const rightKeys = () => {
      if (keyProblem !== undefined) throw keyProblem;
      return keys;
    };
    const reportTurns = overlappingTurns();
    return {
      config,
      clock,
      encoder: () => {
        encoder ??= readEncoderFolder(config.encoder);
        return encoder;
      },
      identityKey: () => rightKeys().identity,
      warehouse,
      hasItsKey: keyProblem === undefined,
      keys: rightKeys,
      vault: async () => {
        rightKeys();
        vault ??= openVault(config.home, warehouse).catch((cause: unknown) => {
          // A disk that was full may have room the next time.
          vault = undefined;
          throw cause;
        });
        return await vault;
      },
      loader,
      kafka,
      streams,
      intakeInTurn: oneAtATime(),
      pullInTurn: oneAtATimeEach(),
      reportInTurn: reportTurns.alone,
      reportOverlapping: reportTurns.overlapping,
      masterInTurn: oneAtATime(),
      deliverInTurn: oneAtATime(),
      snapshotInTurn: oneAtATime(),
      measures,
      stop,
      workerOutput,
      async close() {
        await kafka?.close();
        for (const stream of Object.values(streams)) await stream.close();
        await vault?.then(
          (opened) => opened.close(),
          () => undefined,
        );
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

export function vaultPath(home: string): string {
  return join(home, "vault.duckdb");
}

/** A kill may have come between the warehouse's forgetting and the vault's, and a vault may be new. */
async function openVault(home: string, { reader }: Warehouse): Promise<Vault> {
  const vault = await Vault.open(vaultPath(home));
  if ((await vault.forgottenCount()) !== (await countForgotten(reader))) {
    await vault.forget(await allForgotten(reader));
  }
  return vault;
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
    `voc.raw が欠けています。処理済みの位置 ${covered}、ストリームの終わり ${raw.nextOffset}。home/log/voc.raw を控えから戻してください。`,
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

/**
 * What this process writes from here on is its user's alone, also where somebody has opened the folder to others:
 * DuckDB takes no mode for its files.
 */
export function makeHomeFolder(home: string): void {
  process.umask(0o077);
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
