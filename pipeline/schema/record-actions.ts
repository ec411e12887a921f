import { z } from "zod";
import { base, written } from "./action-base.ts";

/** A person said that a record which cannot be read is not wanted. */
export const DeadLetterDiscarded = z.strictObject({
  ...base,
  type: z.literal("dead-letter-discarded"),
  /** Its place in the source, see `Origin`. */
  stream: z.string().min(1),
  offset: z.number().int().nonnegative(),
  author: written,
  reason: written,
});

export type DeadLetterDiscarded = z.infer<typeof DeadLetterDiscarded>;

/**
 * Records of a mailbox, feed or interface stand in `voc.raw`, up to here. Written after them: what a kill lets come
 * again is counted once.
 */
export const SourcePulled = z.strictObject({
  ...base,
  type: z.literal("source-pulled"),
  /** Name under `pull:` in `kizuki.yaml`. */
  name: z.string().min(1).max(100),
  /** JSON text, for the source's plugin alone. */
  watermark: z.string(),
});

export type SourcePulled = z.infer<typeof SourcePulled>;

/** Somebody is about to read the words of a record as they came, or to look for records by them. */
export const VaultRead = z.strictObject({
  ...base,
  type: z.literal("vault-read"),
  /** Id of the voice; of a dead letter its stream, a colon and its record number; of a search `find:` and keyed hashes. */
  record: z.string().min(1).max(300),
  author: written,
  reason: written,
});

export type VaultRead = z.infer<typeof VaultRead>;

/** How many voices one action may name. */
export const MOST_FORGOTTEN = 1000;

export const ForgetMode = z.enum(["pseudonymise", "delete"]);
export type ForgetMode = z.infer<typeof ForgetMode>;

/** The words of voices, and whoever said them, are to be forgotten. Holds for whatever comes of them later too. */
export const VoicesForgotten = z.strictObject({
  ...base,
  type: z.literal("voices-forgotten"),
  voiceIds: z.array(z.uuid()).min(1).max(MOST_FORGOTTEN),
  /** Keyed hashes that the voices are known by under other ids, see `marksOf`; absent in older actions. */
  marks: z.array(z.string().regex(/^[0-9a-f]{32}$/)).optional(),
  mode: ForgetMode,
  author: written,
  reason: written,
});

export type VoicesForgotten = z.infer<typeof VoicesForgotten>;
