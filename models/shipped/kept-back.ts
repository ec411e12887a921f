import { createHash } from "node:crypto";

/** One group in eight. */
const KEPT_BACK = 256 / 8;

/**
 * Whether the shipped encoders were not shown this group of written lines: the same rule as `is_kept_back` of
 * `encoder/build/sources.py`. Of the other groups they know the labels by heart (docs/decisions/007).
 *
 * @param group file name and theme, pair or text: "hotel.jsonl noisy-ice-maker"
 */
export function isKeptBack(group: string): boolean {
  const [first = 0] = createHash("sha256").update(group).digest();
  return first < KEPT_BACK;
}
