import { z } from "zod";
import { base, written } from "./action-base.ts";

/** A person's comment on a voice, saying why everyone should read it. */
export const AwarenessAdded = z.strictObject({
  ...base,
  type: z.literal("awareness-added"),
  voiceId: z.uuid(),
  author: written,
  reason: written,
});

export type AwarenessAdded = z.infer<typeof AwarenessAdded>;

/** What was decided because of an awareness, or what came of that. A later one of the same step takes its place. */
export const AwarenessFollowed = z.strictObject({
  ...base,
  type: z.literal("awareness-followed"),
  /** Id of the action that added it. */
  awarenessId: z.uuid(),
  /** Of that awareness. */
  voiceId: z.uuid(),
  step: z.enum(["decision", "outcome"]),
  author: written,
  text: written,
});

export type AwarenessFollowed = z.infer<typeof AwarenessFollowed>;

/** Whoever wrote an awareness takes it back. */
export const AwarenessWithdrawn = z.strictObject({
  ...base,
  type: z.literal("awareness-withdrawn"),
  /** Id of the action that added it. */
  awarenessId: z.uuid(),
  /** Of that awareness. */
  voiceId: z.uuid(),
  author: written,
  reason: written,
});

export type AwarenessWithdrawn = z.infer<typeof AwarenessWithdrawn>;
