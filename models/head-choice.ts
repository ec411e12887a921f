import { z } from "zod";

/** A head of one's own, or a text-classification model in its place, as the config says it; the folder is absolute. */
export const HeadChoice = z.strictObject({
  folder: z.string().min(1),
  /** Our label by the model's, where they differ: { POSITIVE: "positive" }. */
  labels: z.record(z.string(), z.string()).optional(),
});
export type HeadChoice = z.infer<typeof HeadChoice>;

/** All heads but those of taxonomies, which are called as those. */
export const HEAD_NAMES: readonly string[] = ["sentiment", "kind", "emotion", "intensity", "harm"];
