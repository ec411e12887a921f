import { PIPELINE_EPOCH } from "../epoch.ts";
import type { Measures } from "../measures.ts";
import type { Outcome } from "../outcome.ts";
import type { DeadLetter } from "../schema/dead-letter.ts";
import type { EnrichedRecord, EnrichedVoice } from "../schema/enriched-record.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import type { WorkerPool } from "./worker-pool.ts";

/**
 * Voices that a process gets at once: many, so that segments of one length share a call (256 take 0.8 of the time that
 * they take by 64); few, so that all processes have some.
 */
const CHUNK_VOICES = { fewest: 64, most: 256 };

/** What became of some records of `voc.raw`; a dead one stands in both lists. */
export type EnrichedRecords = {
  /** One a record, in order. */
  readonly enriched: readonly EnrichedRecord[];
  readonly dead: readonly Omit<DeadLetter, "at">[];
};

/** Enriches records in the processes of the pool: the step that the embedded way and a Kafka worker share. */
export async function enrichRecords(
  pool: WorkerPool,
  records: readonly RawRecord[],
): Promise<EnrichedRecords> {
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
  return { enriched, dead };
}

export function datedLetters({ dead }: EnrichedRecords, now: Date): DeadLetter[] {
  const at = now.toISOString();
  return dead.map((letter) => ({ ...letter, at }));
}

/** To be called when they are published. */
export function tellMeasures(measures: Measures, { enriched, dead }: EnrichedRecords): void {
  const count = (status: EnrichedRecord["status"]) =>
    enriched.filter((record) => record.status === status).length;
  measures.passed("enrich", { ok: count("ok"), skip: count("skip"), dead: count("dead") });
  for (const step of ["intake", "enrich"] as const) {
    const letters = dead.filter((letter) => letter.step === step).length;
    if (letters > 0) measures.died(step, letters);
  }
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
  const { fewest, most } = CHUNK_VOICES;
  const size = Math.min(most, Math.max(fewest, Math.ceil(voices.length / pool.size)));
  for (let start = 0; start < voices.length; start += size) {
    chunks.push(pool.enrich(voices.slice(start, start + size)));
  }
  return (await Promise.all(chunks)).flat();
}
