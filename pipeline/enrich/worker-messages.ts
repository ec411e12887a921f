import type { Outcome } from "../outcome.ts";
import type { RawVoice } from "../schema/raw-voice.ts";

/** What a worker process is started with. */
export type WorkerSettings = {
  /** Names of bundled taxonomies or paths of YAML files. */
  readonly taxonomies: readonly string[];
  /** Folder of a head of one's own, by taxonomy name. */
  readonly heads: Readonly<Record<string, string>>;
  readonly epoch: number;
  /** False for work on stored vectors, which needs no encoder. */
  readonly encoder: boolean;
};

/** A stored segment that gets its topics anew. */
export type StoredSegment = { readonly text: string; readonly vector: Uint8Array };

export type WorkerRequest =
  | { readonly type: "enrich"; readonly items: readonly RawVoice[] }
  | { readonly type: "retag"; readonly items: readonly StoredSegment[] };

export type WorkerReply =
  | { readonly type: "ready" }
  /** One outcome an item, in order. */
  | {
      readonly type: "done";
      readonly results: readonly Outcome<unknown>[];
      readonly rssBytes: number;
    }
  /** The machine is broken (a model file is missing or changed): no retry helps. */
  | { readonly type: "failed"; readonly message: string };
