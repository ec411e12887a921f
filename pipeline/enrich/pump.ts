import { z } from "zod";
import type { Home } from "../home.ts";
import { RawRecord } from "../schema/raw-record.ts";
import { goOn } from "../stop.ts";
import {
  datedLetters,
  type EnrichedRecords,
  enrichRecords,
  tellMeasures,
} from "./enrich-records.ts";
import { RAW_NEXT } from "./raw-next.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** Frames of `voc.raw` under way at once, so that a slow chunk does not leave the other cores idle. */
const FRAMES_IN_FLIGHT = 3;

/** Enriched records that wait before a load: below 2,000 the fixed cost of a commit shows. */
const LOAD_RECORDS = 2048;

export type PumpEvents = {
  /** Records that went through since the last call. */
  advance(records: number): void;
  /** Named points of the way, for the log and for the test that kills at each. */
  stage(name: "enriched" | "rows" | "loaded"): void;
};

/** Records of `voc.raw` that no enriched frame covers. */
export function pendingRecords({ streams }: Home): number {
  return streams.raw.nextOffset - (streams.enriched.newestMark(RAW_NEXT) ?? 0);
}

/**
 * Enriches and loads all that `voc.raw` holds now and `voc.enriched` does not, in order. Whoever calls it after
 * a crash goes on where the last published frame ends; what was published twice the loader removes.
 *
 * @throws StoppedError where it was told to end before it was through; the frames in hand are published
 */
export async function pumpVoices(home: Home, pool: WorkerPool, events: PumpEvents): Promise<void> {
  const { streams } = home;
  const inFlight: Promise<FrameResult>[] = [];
  const publishOldest = async (): Promise<void> => {
    const oldest = inFlight.shift();
    if (oldest !== undefined) await publish(home, await oldest, events);
  };
  let unloaded = 0;
  // What comes meanwhile is the next call's: others wait for their turn.
  const until = streams.raw.nextOffset;
  for await (const frame of streams.raw.readFrom(streams.enriched.newestMark(RAW_NEXT) ?? 0)) {
    if (home.stop.soon.aborted || frame.offset >= until) break;
    const records = z.array(RawRecord).parse(frame.records);
    const end = home.measures.batchBegun("enrich");
    const result = enrichFrame(pool, records, frame.offset + frame.count).finally(end);
    // A failure is seen when its turn comes; until then it must not count as unhandled.
    result.catch(() => undefined);
    inFlight.push(result);
    unloaded += records.length;
    if (inFlight.length >= FRAMES_IN_FLIGHT) await publishOldest();
    if (unloaded >= LOAD_RECORDS) {
      await load(home, events);
      unloaded = 0;
    }
  }
  while (inFlight.length > 0) await publishOldest();
  await load(home, events);
  if (pendingRecords(home) > 0) goOn(home.stop);
}

type FrameResult = EnrichedRecords & { readonly rawNext: number };

async function enrichFrame(
  pool: WorkerPool,
  records: readonly RawRecord[],
  rawNext: number,
): Promise<FrameResult> {
  return { ...(await enrichRecords(pool, records)), rawNext };
}

/** Dead letters first: the enriched frame says how far `voc.raw` is done, so it must come last. */
async function publish(home: Home, result: FrameResult, events: PumpEvents): Promise<void> {
  const letters = datedLetters(result, home.clock());
  if (letters.length > 0) await home.streams.dead.append(letters, {});
  await home.streams.enriched.append(result.enriched, { [RAW_NEXT]: result.rawNext });
  tellMeasures(home.measures, result);
  events.advance(result.enriched.length);
  events.stage("enriched");
}

async function load({ loader, streams }: Home, events: PumpEvents): Promise<void> {
  await loader.loadDeadLetters(streams.dead);
  await loader.loadEnriched(streams.enriched, () => events.stage("rows"));
  events.stage("loaded");
}
