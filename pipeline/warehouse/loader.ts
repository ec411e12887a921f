import { z } from "zod";
import { StorageError } from "../errors.ts";
import { type Measures, type Passed, silentMeasures } from "../measures.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { Action } from "../schema/action.ts";
import { DeadLetter } from "../schema/dead-letter.ts";
import { EnrichedRecord } from "../schema/enriched-record.ts";
import { loadAction } from "./load-action.ts";
import { loadDeadLetters } from "./load-dead-letters.ts";
import { loadEnriched } from "./load-enriched.ts";
import type { Warehouse } from "./open-warehouse.ts";
import { execute, query } from "./query.ts";
import type { IdSource } from "./voice-rows.ts";

/** Records that one transaction takes at most: below 2,000 the fixed cost of a commit shows. */
const BATCH_RECORDS = 4096;

/** What the loader needs of a stream; the embedded log has it. */
export type ReadableStream = {
  readonly name: string;
  readonly nextOffset: number;
  readFrom(offset: number): AsyncIterable<{
    readonly offset: number;
    readonly count: number;
    readonly records: readonly unknown[];
  }>;
};

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
    return await this.#load(stream, async (records) => {
      const batch = z.array(EnrichedRecord).parse(records);
      await loadEnriched(this.#warehouse, batch, this.#ids);
      rowsWritten();
      return countByStatus(batch);
    });
  }

  async loadDeadLetters(stream: ReadableStream): Promise<number> {
    return await this.#load(stream, async (records) => {
      await loadDeadLetters(this.#warehouse, z.array(DeadLetter).parse(records));
      return {};
    });
  }

  async loadActions(stream: ReadableStream): Promise<number> {
    return await this.#load(stream, async (records) => {
      for (const action of z.array(Action).parse(records)) {
        await loadAction(this.#warehouse, action);
      }
      return {};
    });
  }

  #load(
    stream: ReadableStream,
    apply: (records: readonly unknown[]) => Promise<Passed>,
  ): Promise<number> {
    return this.#inTurn(() => this.#loadNew(stream, apply));
  }

  async #loadNew(
    stream: ReadableStream,
    apply: (records: readonly unknown[]) => Promise<Passed>,
  ): Promise<number> {
    const from = await nextOffset(this.#warehouse, stream.name);
    if (from > stream.nextOffset) {
      throw new StorageError(
        `${stream.name} が欠けています。読み込み済みの位置 ${from}、流れの終わり ${stream.nextOffset}。home/log を控えから戻してください。`,
      );
    }
    let until = from;
    let pending: unknown[] = [];
    const commit = async (): Promise<void> => {
      const records = pending;
      pending = [];
      const next = until;
      if (records.length === 0) return;
      const end = this.#measures.batchBegun("load");
      let passed: Passed = {};
      await this.#transaction(async () => {
        passed = await apply(records);
        await execute(this.#warehouse.connection, "load/set_offset.sql", {
          stream: stream.name,
          next_offset: next,
        });
      }).finally(end);
      this.#measures.passed("load", passed);
    };
    for await (const frame of stream.readFrom(from)) {
      pending.push(...frame.records.slice(Math.max(0, from - frame.offset)));
      until = frame.offset + frame.count;
      if (pending.length >= BATCH_RECORDS) await commit();
    }
    await commit();
    return until - from;
  }

  async #transaction(work: () => Promise<void>): Promise<void> {
    try {
      await this.#warehouse.transaction(work);
    } catch (cause) {
      this.#ids = await readIds(this.#warehouse);
      throw cause;
    }
  }
}

function countByStatus(batch: readonly EnrichedRecord[]): Passed {
  const counts = { ok: 0, skip: 0, dead: 0, retagged: 0, reencoded: 0 };
  for (const { status } of batch) counts[status] += 1;
  return { ok: counts.ok, skip: counts.skip, dead: counts.dead };
}

export async function nextOffset(warehouse: Warehouse, stream: string): Promise<number> {
  const Row = z.strictObject({ next_offset: z.number() });
  const rows = await query(warehouse.connection, "load/next_offset.sql", { stream }, Row);
  return rows[0]?.next_offset ?? 0;
}

async function readIds(warehouse: Warehouse): Promise<IdSource> {
  const TermRow = z.strictObject({ term_id: z.number(), term: z.string() });
  const IdRow = z.strictObject({ next_segment_id: z.number() });
  const terms = await query(warehouse.connection, "load/all_terms.sql", {}, TermRow);
  const free = await query(warehouse.connection, "load/next_segment_id.sql", {}, IdRow);
  return {
    nextSegmentId: free[0]?.next_segment_id ?? 0,
    termIds: new Map(terms.map(({ term, term_id }) => [term, term_id])),
  };
}
