import { createHash } from "node:crypto";

/** One group in eight. */
const KEPT_BACK = 256 / 8;

/** Files of this name are for the heads alone. */
const HEADS_ONLY = "heads-";

/**
 * Whether the shipped encoders were not taught the labels of this group: the same rule as `is_kept_back` of
 * `encoder/build/sources.py`, which reads no `heads-` file. Of the other groups they know them by heart
 * (docs/decisions/007).
 *
 * @param group file name and theme, set, text or voice: "hotel.jsonl noisy-ice-maker"
 */
export function isKeptBack(group: string): boolean {
  const [first = 0] = createHash("sha256").update(group).digest();
  return group.startsWith(HEADS_ONLY) || first < KEPT_BACK;
}
