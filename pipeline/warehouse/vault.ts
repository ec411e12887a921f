import { renameSync, rmSync } from "node:fs";
import { blobValue } from "@duckdb/node-api";
import { z } from "zod";
import { StorageError } from "../errors.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { keyOfPlace, type SourcePlace } from "../schema/origin.ts";
import type { SealedRecord } from "../vault/seal-record.ts";
import { appendRows, instant, uuid } from "./append-rows.ts";
import { attachCopy } from "./attach-copy.ts";
import { proveCopy } from "./copy-warehouse.ts";
import { acceptPositions, readCluster, readPositions } from "./kafka-positions.ts";
import { countForgotten } from "./load-forgotten.ts";
import { readLoadedOffsets, setLoadedOffsets } from "./loaded-offsets.ts";
import { inTransaction, openWarehouse, type Warehouse } from "./open-warehouse.ts";
import { execute, query, sqlText } from "./query.ts";
import {
  KeyRow,
  SealedRow,
  type SealedVisitor,
  visitSealed,
  type WrappedRecord,
  wrappedRecord,
} from "./sealed-rows.ts";
import { stageIds } from "./stage-ids.ts";

const FOLDERS = { schema: "vault-schema" };

/** Keys of one page. */
const REWRAP_RECORDS = 20_000;

/** Some records of `voc.raw`, those of one place in order. */
export type VaultBatch = {
  readonly records: readonly SealedRecord[];
  /** Where the next batch of each place begins. */
  readonly positions: readonly (readonly [place: string, next: number])[];
  readonly sealedAt: Date;
};

export type KafkaPositions = {
  readonly clusterId: string | undefined;
  readonly positions: ReadonlyMap<string, number>;
};

/** The sealed words of all voices, in a database of their own. The warehouse's lock keeps a second writer out. */
export class Vault {
  readonly #path: string;
  readonly #inTurn = oneAtATime();
  #database: Warehouse;

  private constructor(path: string, database: Warehouse) {
    this.#path = path;
    this.#database = database;
  }

  static async open(path: string): Promise<Vault> {
    return new Vault(path, await openDatabase(path));
  }

  nextOffset(place: string): Promise<number> {
    return this.#with(
      async ({ connection }) => (await readLoadedOffsets(connection)).get(place) ?? 0,
    );
  }

  /** @returns the first offset that is not kept, by place, and of which cluster; undefined before the first start on Kafka */
  kafkaPositions(): Promise<KafkaPositions> {
    return this.#with(async (database) => ({
      clusterId: await readCluster(database),
      positions: await readPositions(database),
    }));
  }

  /** Goes on at other offsets: what is read again is kept once. */
  acceptPositions(clusterId: string, positions: ReadonlyMap<string, number>): Promise<void> {
    return this.#with((database) => acceptPositions(database, { clusterId, positions }));
  }

  /** Records and the next offsets in one transaction. What is there already is left as it is. */
  keep({ records, positions, sealedAt }: VaultBatch): Promise<void> {
    return this.#write(async ({ connection }) => {
      await execute(connection, "vault/staged_records.sql");
      const at = instant(sealedAt.toISOString());
      const rows = firstOfEach(records).map((record) => [
        record.voiceId === null ? null : uuid(record.voiceId),
        record.revision,
        record.stream,
        BigInt(record.offset),
        at,
        record.keyId,
        blobValue(record.wrappedKey),
        blobValue(record.sealed),
      ]);
      await appendRows(connection, "staged_records", rows);
      await execute(connection, "vault/delete_read_letters.sql");
      await execute(connection, "vault/add_records.sql");
      await setLoadedOffsets(connection, positions);
    });
  }

  recordsOfVoice(voiceId: string): Promise<SealedRecord[]> {
    return this.recordsOfVoices([voiceId]);
  }

  recordsOfVoices(voiceIds: readonly string[]): Promise<SealedRecord[]> {
    const params = { ids: JSON.stringify(voiceIds) };
    return this.#with(({ reader }) =>
      query(reader, "vault/records_of_voices.sql", params, SealedRow),
    );
  }

  /** @param place of a record in its source */
  recordsOfPlace(place: SourcePlace): Promise<SealedRecord[]> {
    return this.#with(({ reader }) =>
      query(reader, "vault/records_of_place.sql", place, SealedRow),
    );
  }

  /** Hands over all that is kept, see `visitSealed`. Who asks for anything else meanwhile waits. */
  visit(visitor: SealedVisitor): Promise<void> {
    return this.#with(({ reader }) => visitSealed(reader, visitor));
  }

  /**
   * Wraps all keys of one master key by another, in one transaction. Words are not touched.
   *
   * @returns how many
   */
  rewrap(options: {
    readonly from: string;
    readonly to: string;
    readonly rewrap: (record: WrappedRecord) => Buffer;
  }): Promise<number> {
    const { from, to, rewrap } = options;
    return this.#write(async ({ connection }) => {
      let count = 0;
      for (let after = -1; ; ) {
        const params = { key_id: from, after, limit: REWRAP_RECORDS };
        const page = await query(connection, "vault/keys_wrapped_by.sql", params, KeyRow);
        const last = page.at(-1);
        if (last === undefined) return count;
        after = last.row;
        count += page.length;
        await execute(connection, "vault/staged_keys.sql");
        const rows = page.map((row) => [BigInt(row.row), blobValue(rewrap(wrappedRecord(row)))]);
        await appendRows(connection, "staged_keys", rows);
        await execute(connection, "vault/set_keys.sql", { key_id: to });
      }
    });
  }

  /** Destroys the keys of voices, for good once `compact` has run; they do not come back. */
  forget(voiceIds: readonly string[]): Promise<void> {
    return this.#write(async (database) => {
      await stageIds(database, voiceIds);
      await execute(database.connection, "vault/forget_records.sql");
      await execute(database.connection, "vault/add_forgotten.sql");
    });
  }

  /** The same for records that never became a voice. What brings them again brings them back: they have no name. */
  forgetPlaces(places: readonly SourcePlace[]): Promise<void> {
    return this.#write(async ({ connection }) => {
      for (const { stream, offset } of places) {
        await execute(connection, "vault/forget_place.sql", { stream, offset });
      }
    });
  }

  forgottenCount(): Promise<number> {
    return this.#with(({ reader }) => countForgotten(reader));
  }

  /** @returns forgotten voices of which words may still stand in files */
  uncleaned(): Promise<string[]> {
    const VoiceRow = z.strictObject({ voice_id: z.string() });
    return this.#with(async ({ reader }) => {
      const rows = await query(reader, "vault/uncleaned_voices.sql", {}, VoiceRow);
      return rows.map(({ voice_id }) => voice_id);
    });
  }

  setCleaned(voiceIds: readonly string[]): Promise<void> {
    return this.#write(async (database) => {
      await stageIds(database, voiceIds);
      await execute(database.connection, "vault/set_cleaned.sql");
    });
  }

  /**
   * Records that never became a voice have no day of their own: they age from the day on which they came. They are gone
   * for good once `compact` has run.
   *
   * @returns how many went
   */
  deleteOldLetters(before: Date): Promise<number> {
    const params = { before: before.toISOString() };
    const Gone = z.strictObject({ origin_offset: z.number() });
    return this.#write(async ({ connection }) => {
      return (await query(connection, "vault/delete_old_letters.sql", params, Gone)).length;
    });
  }

  /**
   * Copies what the vault holds, but not how far it had read: beside a stream that was cut at another moment it begins
   * anew, which adds nothing twice.
   *
   * @throws StorageError where the copy cannot be read
   */
  async copyTo(path: string): Promise<void> {
    await this.#with((database) => copyInto(database, path, ["vault/copy_tables.sql"]));
    await proveCopy(path);
  }

  /** Writes the file anew: what DuckDB deletes stands in free blocks until others are written there. */
  compact(): Promise<void> {
    return this.#with(async (database) => {
      const fresh = `${this.#path}.new`;
      for (const ending of ["", ".wal"]) rmSync(`${fresh}${ending}`, { force: true });
      const files = ["vault/copy_tables.sql", "vault/copy_offsets.sql"];
      await copyInto(database, fresh, files);
      // A write-ahead log that stayed would be read into the new file.
      await database.checkpoint();
      database.close();
      try {
        renameSync(fresh, this.#path);
      } catch (cause) {
        throw new StorageError(
          `${this.#path} を書き直せません（ディスクの空きと権限を確かめてください）。前のものはそのままです。`,
          { cause },
        );
      } finally {
        // Whichever of the two it is: those who come next must not find it closed.
        this.#database = await openDatabase(this.#path);
      }
    });
  }

  close(): Promise<void> {
    return this.#with(async (database) => {
      // As with the warehouse: what a full disk leaves in the write-ahead log is safe there.
      await database.checkpoint().catch(() => undefined);
      database.close();
    });
  }

  /** One after another, readers too: `compact` exchanges the database, and what came in meanwhile would go with the old. */
  #with<T>(work: (database: Warehouse) => Promise<T>): Promise<T> {
    return this.#inTurn(() => work(this.#database));
  }

  #write<T>(work: (database: Warehouse) => Promise<T>): Promise<T> {
    return this.#with((database) => database.transaction(() => work(database)));
  }
}

/** It stands beside the warehouse in one process; a million records are written anew in so much memory. */
const MEMORY = "256MB";

async function openDatabase(path: string): Promise<Warehouse> {
  const database = await openWarehouse(path, FOLDERS);
  await database.holdLess(MEMORY);
  return database;
}

async function copyInto(
  { apart }: Warehouse,
  file: string,
  tables: readonly string[],
): Promise<void> {
  const copy = { file, from: "vault", to: "fresh", folders: FOLDERS };
  await apart((connection) =>
    attachCopy(connection, copy, () =>
      inTransaction(connection, async () => {
        for (const table of tables) await connection.run(sqlText(table));
      }),
    ),
  );
}

/** A record that comes twice in one batch is one; a letter that a later record of the batch reads is none. */
function firstOfEach(records: readonly SealedRecord[]): SealedRecord[] {
  const read = new Set(records.filter(({ voiceId }) => voiceId !== null).map(keyOfPlace));
  const first = new Map<string, SealedRecord>();
  for (const record of records) {
    const { voiceId, revision } = record;
    if (voiceId === null && read.has(keyOfPlace(record))) continue;
    const key = voiceId === null ? keyOfPlace(record) : `${voiceId} ${revision}`;
    if (!first.has(key)) first.set(key, record);
  }
  return [...first.values()];
}
