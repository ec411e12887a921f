import { existsSync } from "node:fs";
import { InputError, StorageError, WarehouseBusyError } from "../errors.ts";
import type { Reporter } from "../reporter.ts";
import { Loader, type ReadableStream } from "./loader.ts";
import { openWarehouse, type Warehouse } from "./open-warehouse.ts";
import { type Probed, probeWarehouse } from "./probe-warehouse.ts";
import { type Counts, readCounts } from "./read-counts.ts";
import { fenceRebuild, halfMadePath, keptPath, sweepHalfMade } from "./rebuild-fence.ts";
import { swapWarehouse } from "./swap-warehouse.ts";

/** The streams that together say all that a warehouse holds. */
export type ProjectedStreams = {
  readonly dead: ReadableStream;
  readonly enriched: ReadableStream;
  readonly actions: ReadableStream;
};

/** What has come since by Kafka, where a home goes on with it. */
export type LaterStreams = {
  /**
   * @param old what a sound warehouse has read of them
   * @returns how many messages they hold
   * @throws StreamLossError where some are gone
   */
  count(old: Extract<Probed, { found: "sound" }> | undefined): Promise<number>;
  /** Loads all that stands in them now. */
  load(
    warehouse: Warehouse,
    loader: Loader,
    { advance, stage }: Pick<Reporter, "advance" | "stage">,
  ): Promise<void>;
};

export type Rebuilt = {
  readonly counts: Omit<Counts, "first_on" | "last_on">;
  /** Records of the streams that were read. */
  readonly records: number;
  /** The old warehouse's name now; undefined where there was none, or where it went. */
  readonly kept: string | undefined;
};

/**
 * Builds a warehouse anew from its streams, beside the one that is there, and puts it in that one's place. Needs no key:
 * what the warehouse holds is masked.
 *
 * @param options.openStreams called when no other process can write to them any more
 * @param options.stamp becomes part of the name that the old warehouse is kept under
 * @throws WarehouseBusyError while another process is the writer
 */
export async function rebuildWarehouse(options: {
  readonly path: string;
  readonly openStreams: () => Promise<ProjectedStreams>;
  readonly later?: LaterStreams | undefined;
  readonly discardOld: boolean;
  readonly stamp: string;
  readonly reporter: Reporter;
}): Promise<Rebuilt> {
  const { path, reporter, later } = options;
  const release = await fenceRebuild(path);
  try {
    const old = await probeWarehouse(path);
    if (old.found === "busy") {
      throw new WarehouseBusyError(
        `${path} は別の kizuki（プロセス番号 ${old.pid}）が使っています。serve なら止めてから、ほかのコマンドなら終わってから、もう一度実行してください。`,
      );
    }
    sweepHalfMade(path);
    const streams = await options.openStreams();
    const embedded = Object.values(streams).reduce((sum, { nextOffset }) => sum + nextOffset, 0);
    const sound = old.found === "sound" ? old : undefined;
    const records = embedded + ((await later?.count(sound)) ?? 0);
    if (records === 0) {
      throw new InputError(
        `${path} を作り直す元の記録がありません。--home を確かめてください。元のファイルはそのままです。`,
      );
    }
    if (sound !== undefined) refuseLostRecords(streams, sound.offsets);
    const counts = await build(halfMadePath(path), { ...streams, later }, { reporter, records });
    reporter.stage("built");
    const keeps = old.found !== "nothing" && !options.discardOld;
    const kept = keeps ? freeName(keptPath(path, options.stamp)) : undefined;
    swapWarehouse({ warehouse: path, made: halfMadePath(path), kept }, reporter.stage);
    return { counts, records, kept };
  } finally {
    sweepHalfMade(path);
    release();
  }
}

/** A sound warehouse that knows more than its streams is not to be replaced by one that knows less. */
function refuseLostRecords(
  streams: ProjectedStreams,
  loaded: Readonly<Record<string, number>>,
): void {
  for (const { name, nextOffset } of Object.values(streams)) {
    const known = loaded[name] ?? 0;
    if (known <= nextOffset) continue;
    throw new StorageError(
      `${name} が欠けています。いまのデータベースは ${known} 件目まで読んでいますが、ストリームは ${nextOffset} 件です。作り直すと声が失われるので、何も変えていません。home/log を控えから戻してください。`,
    );
  }
}

async function build(
  path: string,
  streams: ProjectedStreams & { readonly later: LaterStreams | undefined },
  { reporter, records }: { readonly reporter: Reporter; readonly records: number },
): Promise<Rebuilt["counts"]> {
  const warehouse = await openWarehouse(path);
  try {
    const loader = await Loader.open(warehouse);
    const told = (stream: ReadableStream) => countedWhole(stream, reporter);
    reporter.begin("データベースを作り直し中", records);
    // Dead letters before the records that settle them, and what people did about either comes last.
    await loader.loadDeadLetters(told(streams.dead));
    await loader.loadEnriched(told(streams.enriched), () => reporter.stage("rows"));
    await loader.loadActions(told(streams.actions));
    await streams.later?.load(warehouse, loader, reporter);
    reporter.end();
    await warehouse.checkpoint();
    const { first_on: _first, last_on: _last, ...counts } = await readCounts(warehouse.reader);
    return counts;
  } finally {
    warehouse.close();
  }
}

/**
 * Tells how far a stream is read, and stops where a part of it is missing: files of a log that were moved away, a
 * retention that took what was never to go.
 */
function countedWhole(stream: ReadableStream, { advance, stage }: Reporter): ReadableStream {
  const { name, nextOffset } = stream;
  return {
    name,
    nextOffset,
    async *readFrom(offset) {
      let next = offset;
      for await (const frame of stream.readFrom(offset)) {
        if (frame.offset > next) throw gapError(name, next, frame.offset);
        yield frame;
        advance(frame.offset + frame.count - next);
        next = frame.offset + frame.count;
        stage("rebuilding");
      }
      if (next < nextOffset) throw gapError(name, next, nextOffset);
    },
  };
}

function gapError(name: string, from: number, until: number): StorageError {
  return new StorageError(
    `${name} の ${from} 件目から ${until - 1} 件目までが欠けています。作り直すと声が失われるので、何も変えていません。home/log を控えから戻してください。`,
  );
}

function freeName(name: string): string {
  for (let copy = 1; ; copy += 1) {
    const path = copy === 1 ? name : `${name}-${copy}`;
    if (!existsSync(path)) return path;
  }
}
