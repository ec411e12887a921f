/** A byte is told apart from chance by this many of its kind, and by this share of the text's units. */
const LEAST = 2;
const LEAST_SHARE = 0.02;

/**
 * Recognises UTF-16 without a mark: its line breaks, commas and digits have a NUL for their other half, all on the
 * same side. No other text has NULs, but for a few that strayed into it.
 *
 * @param start the first bytes
 */
export function guessUtf16(start: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const nuls = [0, 0];
  for (const [index, byte] of start.entries()) {
    if (byte === 0) nuls[index % 2] = (nuls[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = nuls;
  const [more, fewer] = even > odd ? [even, odd] : [odd, even];
  if (more < LEAST || more < (start.length / 2) * LEAST_SHARE || more < fewer * 4) return undefined;
  return even > odd ? "utf-16be" : "utf-16le";
}
