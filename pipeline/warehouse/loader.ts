import { z } from "zod";
import { StorageError } from "../errors.ts";
import { type Measures, type Passed, silentMeasures } from "../measures.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { Action } from "../schema/action.ts";
import { DeadLetter } from "../schema/dead-letter.ts";
import { EnrichedRecord } from "../schema/enriched-record.ts";
import type { RecordOf, StreamName } from "../schema/message.ts";
import { loadActions } from "./load-action.ts";
import { loadDeadLetters } from "./load-dead-letters.ts";
import { loadEnriched } from "./load-enriched.ts";
import { readLoadedOffsets, setLoadedOffsets } from "./loaded-offsets.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { query } from "./query.ts";
import type { IdSource } from "./voice-rows.ts";

/** Records that one transaction takes at most: below 8,000 the fixed cost of its statements shows. */
export const BATCH_RECORDS = 8192;

/** Packed, and so some hundred megabytes in memory: a report has more than a thousand voices. */
const BATCH_BYTES = 16 * 1024 * 1024;

/** What the loader needs of a stream; the embedded log has it. */
export type ReadableStream = {
  readonly name: string;
  readonly nextOffset: number;
  readFrom(offset: number): AsyncIterable<{
    readonly offset: number;
    readonly count: number;
    readonly records: readonly unknown[];
    readonly sizeBytes: number;
  }>;
};

export type LoadedStream = Exclude<StreamName, "voc.raw">;

/** What was read of one stream at one place: a partition of Kafka's, or the whole of an embedded log. */
export type PartOf<Name extends LoadedStream> = {
  readonly stream: Name;
  /** What its offset is stored under. */
  readonly place: string;
  readonly records: readonly { readonly offset: number; readonly record: RecordOf[Name] }[];
  /** Messages that are no record of the stream; their bytes are where they are. */
  readonly unread: readonly DeadLetter[];
  /** Where the next part begins. */
  readonly next: number;
};
export type LoadPart = { [Name in LoadedStream]: PartOf<Name> }[LoadedStream];

/** The only one that writes voices: rows and the next offset go in one transaction. */
export class Loader {
  readonly #warehouse: Warehouse;
  readonly #measures: Measures;
  readonly #inTurn = oneAtATime();
  #ids: IdSource;

  private constructor(warehouse: Warehouse, ids: IdSource, measures: Measures) {
    this.#warehouse = warehouse;
    this.#ids = ids;
    this.#measures = measures;
  }

  static async open(warehouse: Warehouse, measures: Measures = silentMeasures): Promise<Loader> {
    return new Loader(warehouse, await readIds(warehouse), measures);
  }

  /**
   * Loads what has come since the last load.
   *
   * @param rowsWritten called between the rows and the offset of each transaction
   * @returns how many records
   */
  async loadEnriched(
    stream: ReadableStream,
    rowsWritten: () => void = () => undefined,
  ): Promise<number> {
    const part = partsOf("voc.enriched", EnrichedRecord);
    return await this.#inTurn(() => this.#loadNew(stream, part, rowsWritten));
  }

  async loadDeadLetters(stream: ReadableStream): Promise<number> {
    return await this.#inTurn(() => this.#loadNew(stream, partsOf("voc.dead", DeadLetter)));
  }

  async loadActions(stream: ReadableStream): Promise<number> {
    return await this.#inTurn(() => this.#loadNew(stream, partsOf("voc.actions", Action)));
  }

  /** Loads parts in one transaction. What is below a place's stored offset is dropped: it may come again. */
  async loadParts(
    parts: readonly LoadPart[],
    rowsWritten: () => void = () => undefined,
  ): Promise<void> {
    await this.#inTurn(() => this.#commit(parts, rowsWritten));
  }

  async #loadNew(
    stream: ReadableStream,
    partOf: (batch: EmbeddedBatch) => LoadPart,
    rowsWritten: () => void = () => undefined,
  ): Promise<number> {
    const offsets = await readLoadedOffsets(this.#warehouse.connection);
    const from = offsets.get(stream.name) ?? 0;
    if (from > stream.nextOffset) {
      throw new StorageError(
        `${stream.name} が欠けています。読み込み済みの位置 ${from}、ストリームの終わり ${stream.nextOffset}。home/log を控えから戻してください。`,
      );
    }
    let next = from;
    let sizeBytes = 0;
    let records: { offset: number; record: unknown }[] = [];
    const commit = async (): Promise<void> => {
      const batch = { place: stream.name, records, next };
      records = [];
      sizeBytes = 0;
      if (batch.records.length > 0) await this.#commit([partOf(batch)], rowsWritten);
    };
    for await (const frame of stream.readFrom(from)) {
      const placed = frame.records.map((record, index) => ({
        offset: frame.offset + index,
        record,
      }));
      records.push(...placed.slice(Math.max(0, from - frame.offset)));
      next = frame.offset + frame.count;
      sizeBytes += frame.sizeBytes;
      if (records.length >= BATCH_RECORDS || sizeBytes >= BATCH_BYTES) await commit();
    }
    await commit();
    return next - from;
  }

  async #commit(parts: readonly LoadPart[], rowsWritten: () => void): Promise<void> {
    const end = this.#measures.batchBegun("load");
    let passed: Passed = {};
    try {
      await this.#warehouse.transaction(async () => {
        const { letters, enriched, actions } = await gatherNew(this.#warehouse, parts);
        if (enriched.length > 0) passed = countByStatus(enriched);
        if (letters.length > 0) await loadDeadLetters(this.#warehouse, letters);
        if (enriched.length > 0) await loadEnriched(this.#warehouse, enriched, this.#ids);
        if (actions.length > 0) await loadActions(this.#warehouse, actions);
        rowsWritten();
        await setLoadedOffsets(this.#warehouse.connection, nextOffsets(parts));
      });
      if (isForgetting(parts)) this.#ids = await readIds(this.#warehouse);
    } catch (cause) {
      this.#ids = await readIds(this.#warehouse);
      throw cause;
    } finally {
      end();
    }
    this.#measures.passed("load", passed);
  }
}

/** Terms that no voice has any more are gone then. */
function isForgetting(parts: readonly LoadPart[]): boolean {
  return parts.some(
    ({ stream, records }) =>
      stream === "voc.actions" && records.some(({ record }) => record.type === "voices-forgotten"),
  );
}

function countByStatus(batch: readonly EnrichedRecord[]): Passed {
  const counts = { ok: 0, skip: 0, dead: 0, retagged: 0, reencoded: 0 };
  for (const { status } of batch) counts[status] += 1;
  return { ok: counts.ok, skip: counts.skip, dead: counts.dead };
}

type EmbeddedBatch = {
  readonly place: string;
  readonly records: readonly { readonly offset: number; readonly record: unknown }[];
  readonly next: number;
};

/** The embedded log's records are parsed here; Kafka's were by their decoder. */
function partsOf<Name extends LoadedStream>(stream: Name, Record: z.ZodType<RecordOf[Name]>) {
  return ({ place, records, next }: EmbeddedBatch): PartOf<Name> => ({
    stream,
    place,
    records: records.map(({ offset, record }) => ({ offset, record: Record.parse(record) })),
    unread: [],
    next,
  });
}

/** All that no earlier transaction has loaded, in order within each stream. */
async function gatherNew(warehouse: Warehouse, parts: readonly LoadPart[]) {
  const letters: DeadLetter[] = [];
  const enriched: EnrichedRecord[] = [];
  const actions: Action[] = [];
  const offsets = await readLoadedOffsets(warehouse.connection);
  for (const part of parts) {
    const stored = offsets.get(part.place) ?? 0;
    letters.push(...part.unread.filter(({ origin }) => origin.offset >= stored));
    if (part.stream === "voc.dead") letters.push(...newRecords(part, stored));
    else if (part.stream === "voc.enriched") enriched.push(...newRecords(part, stored));
    else actions.push(...newRecords(part, stored));
  }
  return { letters, enriched, actions };
}

function newRecords<Name extends LoadedStream>(
  { records }: PartOf<Name>,
  stored: number,
): RecordOf[Name][] {
  return records.filter(({ offset }) => offset >= stored).map(({ record }) => record);
}

/** Of a place that stands in several parts the furthest. */
function nextOffsets(parts: readonly LoadPart[]): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  for (const { place, next } of parts) offsets.set(place, Math.max(next, offsets.get(place) ?? 0));
  return offsets;
}

async function readIds(warehouse: Warehouse): Promise<IdSource> {
  const TermRow = z.strictObject({ term_id: z.number(), term: z.string() });
  const IdRow = z.strictObject({ next_segment_id: z.number() });
  const terms = await query(warehouse.connection, "load/all_terms.sql", {}, TermRow);
  const free = await query(warehouse.connection, "load/next_segment_id.sql", {}, IdRow);
  return {
    nextSegmentId: free[0]?.next_segment_id ?? 0,
    nextTermId: (terms.at(-1)?.term_id ?? -1) + 1,
    termIds: new Map(terms.map(({ term, term_id }) => [term, term_id])),
  };
}
