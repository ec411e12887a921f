import { setTimeout as sleep } from "node:timers/promises";
import type { Admin } from "kafkajs";
import type { StreamName } from "../schema/message.ts";
import { readCommitted, readWatermarks, type Watermarks } from "./kafka-admin.ts";
import { disconnect, makeKafkaClient } from "./kafka-client.ts";
import type { KafkaSettings } from "./kafka-settings.ts";
import { noteOf } from "./noted-assigner.ts";

/** Probes come every few seconds from several sides; the broker is asked once for all of them. */
const MAX_AGE_MS = 3000;
/** A probe waits no longer: a broker that is away is told as that. */
const PATIENCE_MS = 3000;

/** How streams and the group that reads them stand. */
export type BrokerState = {
  /** By place. */
  readonly watermarks: ReadonlyMap<string, Watermarks>;
  /** By place; without the partitions where the group never committed. */
  readonly committed: ReadonlyMap<string, number>;
  /** Of the group's members that are there now, what each says of itself, see `ConsumerOptions`. */
  readonly notes: readonly (string | undefined)[];
};

/** Looks at a broker over one connection that is kept. */
export class BrokerWatch {
  readonly #settings: KafkaSettings;
  readonly #asked: { readonly streams: readonly StreamName[]; readonly groupId: string };
  #admin: Admin | undefined;
  #asking: Promise<BrokerState | undefined> | undefined;
  #last: { readonly state: BrokerState; readonly atMs: number } | undefined;

  /** @param asked of the streams, the first is the one that the group reads */
  constructor(
    settings: KafkaSettings,
    asked: { readonly streams: readonly StreamName[]; readonly groupId: string },
  ) {
    this.#settings = settings;
    this.#asked = asked;
  }

  /** @returns undefined where no broker answers soon */
  async state({ maxAgeMs = MAX_AGE_MS } = {}): Promise<BrokerState | undefined> {
    const last = this.#last;
    if (last !== undefined && performance.now() - last.atMs < maxAgeMs) return last.state;
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return await Promise.race([this.#asking, sleep(PATIENCE_MS, undefined, { ref: false })]);
  }

  async close(): Promise<void> {
    const admin = this.#admin;
    this.#admin = undefined;
    if (admin !== undefined) await disconnect(admin);
  }

  async #ask(): Promise<BrokerState | undefined> {
    try {
      const admin = await this.#connected();
      const { streams, groupId } = this.#asked;
      const committed = await readCommitted(admin, groupId, streams.slice(0, 1));
      const { groups } = await admin.describeGroups([groupId]);
      const members = groups.flatMap((group) => group.members);
      const notes = members.map(({ memberMetadata }) => noteOf(memberMetadata));
      const state = { watermarks: await readWatermarks(admin, streams), committed, notes };
      this.#last = { state, atMs: performance.now() };
      return state;
    } catch {
      // Which broker it was connected to does not matter any more.
      await this.close();
      return undefined;
    }
  }

  async #connected(): Promise<Admin> {
    if (this.#admin !== undefined) return this.#admin;
    const admin = makeKafkaClient(this.#settings).admin();
    this.#admin = admin;
    await admin.connect();
    return admin;
  }
}

/**
 * Counts records that stand in a stream and are not done.
 *
 * @param done the first offset that is not, by place
 */
export function countUndone(
  { watermarks }: Pick<BrokerState, "watermarks">,
  done: ReadonlyMap<string, number>,
  counts: (place: string) => boolean,
): number {
  let records = 0;
  for (const [place, { low, high }] of watermarks) {
    // Whoever does them may be past what the broker said a moment ago.
    if (counts(place)) records += Math.max(0, high - Math.max(low, done.get(place) ?? 0));
  }
  return records;
}
