import { z } from "zod";
import { Origin } from "./origin.ts";
import { Retry } from "./retry.ts";

/** Value of the `voc.dead` stream: coordinates and a reason, never the words. */
export const DeadLetter = z.strictObject({
  origin: Origin,
  step: z.enum(["intake", "enrich"]),
  /** A short fixed phrase, so that it can be counted. */
  reason: z.string().max(200),
  column: z.string().max(200).optional(),
  epoch: z.number().int().positive(),
  at: z.iso.datetime({ offset: true }),
  retry: Retry,
});
export type DeadLetter = z.infer<typeof DeadLetter>;
