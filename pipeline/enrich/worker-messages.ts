import { z } from "zod";
import { EncoderChoice } from "../../models/encoder-folder.ts";
import { HeadChoice } from "../../models/head-choice.ts";
import { offsetsInUse } from "../calibration.ts";
import type { Config } from "../config.ts";
import { PIPELINE_EPOCH } from "../epoch.ts";
import type { Outcome } from "../outcome.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import { MaskSettings } from "../text/mask/mask-rules.ts";

/** What a worker process is started with. */
export const WorkerSettings = z.strictObject({
  encoder: EncoderChoice,
  /** Names of bundled taxonomies or paths of YAML files. */
  taxonomies: z.array(z.string()),
  /** Heads of one's own, by name. */
  heads: z.record(z.string(), HeadChoice),
  /** What the desk's judgements move confidences by, by the name of the head. */
  offsets: z.record(z.string(), z.number()),
  mask: MaskSettings,
  epoch: z.number().int().positive(),
  /** False for work on stored vectors, which needs no encoder. */
  encodes: z.boolean(),
});
export type WorkerSettings = z.infer<typeof WorkerSettings>;

/** Settings of a worker that does the whole way of a voice; the calibration is read anew each time. */
export function workerSettings(
  config: Pick<Config, "home" | "encoder" | "taxonomies" | "heads" | "mask" | "calibration">,
): WorkerSettings {
  const { encoder, taxonomies, heads, mask } = config;
  return {
    ...{ encoder, taxonomies, heads: { ...heads }, mask },
    ...{ offsets: offsetsInUse(config), epoch: PIPELINE_EPOCH, encodes: true },
  };
}

/** A stored segment that heads look at again. */
export type StoredSegment = { readonly text: string; readonly vector: Uint8Array };

export type WorkerRequest =
  | { readonly type: "enrich"; readonly items: readonly RawVoice[] }
  /** All that the heads decide; how sure they are of every label, before the desk's offsets. */
  | { readonly type: "reclassify" | "score"; readonly items: readonly StoredSegment[] }
  /** Texts of stored segments whose vectors another encoder made. */
  | { readonly type: "reencode"; readonly items: readonly string[] };

export type WorkerReply =
  | { readonly type: "ready" }
  /** One outcome an item, in order. */
  | {
      readonly type: "done";
      readonly results: readonly Outcome<unknown>[];
      readonly rssBytes: number;
      /** Milliseconds that the encoder took for each text since the last answer. */
      readonly encodedMs: readonly number[];
    }
  /** Instead of "ready": the machine is broken (a model file is missing or changed). Later: a record made it throw. */
  | { readonly type: "failed"; readonly message: string };
