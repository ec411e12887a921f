import { z } from "zod";
import { PIPELINE_EPOCH } from "../epoch.ts";
import type { Home } from "../home.ts";
import type { Measures } from "../measures.ts";
import type { Outcome } from "../outcome.ts";
import type { DeadLetter } from "../schema/dead-letter.ts";
import type { EnrichedRecord, EnrichedVoice } from "../schema/enriched-record.ts";
import { RawRecord } from "../schema/raw-record.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import { goOn } from "../stop.ts";
import { RAW_NEXT } from "./raw-next.ts";
import type { WorkerPool } from "./worker-pool.ts";

/** Voices that a worker gets at once: small, so that all cores end together. */
const CHUNK_VOICES = 32;

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
 * Enriches and loads all that `voc.raw` holds and `voc.enriched` does not, in order. Whoever calls it after
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
  for await (const frame of streams.raw.readFrom(streams.enriched.newestMark(RAW_NEXT) ?? 0)) {
    if (home.stop.soon.aborted) break;
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

type FrameResult = {
  readonly enriched: readonly EnrichedRecord[];
  readonly dead: readonly Omit<DeadLetter, "at">[];
  readonly rawNext: number;
};

async function enrichFrame(
  pool: WorkerPool,
  records: readonly RawRecord[],
  rawNext: number,
): Promise<FrameResult> {
  const voices = records.flatMap((record) => (record.status === "ok" ? [record.voice] : []));
  const outcomes = (await enrichInChunks(pool, voices))[Symbol.iterator]();
  const enriched: EnrichedRecord[] = [];
  const dead: Omit<DeadLetter, "at">[] = [];
  for (const record of records) {
    const { origin, retry } = record;
    const at = { origin, ...(retry !== undefined && { retry }) };
    const outcome = record.status === "ok" ? nextOutcome(outcomes) : record;
    if (outcome.status === "skip") {
      enriched.push({ status: "skip", ...at, reason: outcome.reason });
    } else if (outcome.status === "reject") {
      enriched.push({ status: "dead", ...at, reason: outcome.reason });
      dead.push({ ...at, reason: outcome.reason, epoch: PIPELINE_EPOCH, ...blame(record) });
    } else if ("value" in outcome) {
      enriched.push({ status: "ok", ...at, voice: outcome.value });
    }
  }
  return { enriched, dead, rawNext };
}

/** Which step refused the record: intake where it never became a voice. */
function blame(record: RawRecord): Pick<DeadLetter, "step" | "column"> {
  if (record.status !== "reject") return { step: "enrich" };
  return { step: "intake", ...(record.column !== undefined && { column: record.column }) };
}

function nextOutcome(outcomes: Iterator<Outcome<EnrichedVoice>>): Outcome<EnrichedVoice> {
  const next = outcomes.next();
  if (next.done) throw new Error("a worker answered for fewer voices than it was given");
  return next.value;
}

async function enrichInChunks(
  pool: WorkerPool,
  voices: readonly RawVoice[],
): Promise<Outcome<EnrichedVoice>[]> {
  const chunks: Promise<Outcome<EnrichedVoice>[]>[] = [];
  for (let start = 0; start < voices.length; start += CHUNK_VOICES) {
    chunks.push(pool.enrich(voices.slice(start, start + CHUNK_VOICES)));
  }
  return (await Promise.all(chunks)).flat();
}

/** Dead letters first: the enriched frame says how far `voc.raw` is done, so it must come last. */
async function publish(home: Home, result: FrameResult, events: PumpEvents): Promise<void> {
  const at = home.clock().toISOString();
  if (result.dead.length > 0) {
    const letters = result.dead.map((letter): DeadLetter => ({ ...letter, at }));
    await home.streams.dead.append(letters, {});
  }
  await home.streams.enriched.append(result.enriched, { [RAW_NEXT]: result.rawNext });
  tell(home.measures, result);
  events.advance(result.enriched.length);
  events.stage("enriched");
}

function tell(measures: Measures, { enriched, dead }: FrameResult): void {
  const count = (status: EnrichedRecord["status"]) =>
    enriched.filter((record) => record.status === status).length;
  measures.passed("enrich", { ok: count("ok"), skip: count("skip"), dead: count("dead") });
  for (const step of ["intake", "enrich"] as const) {
    const letters = dead.filter((letter) => letter.step === step).length;
    if (letters > 0) measures.died(step, letters);
  }
}

async function load({ loader, streams }: Home, events: PumpEvents): Promise<void> {
  await loader.loadDeadLetters(streams.dead);
  await loader.loadEnriched(streams.enriched, () => events.stage("rows"));
  events.stage("loaded");
}
