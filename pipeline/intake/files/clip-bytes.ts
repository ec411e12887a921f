/** What a reject carries of its record. The whole of a longer one stays in the source file, at the row it names. */
export const CLIP_BYTES = 64 * 1024;

/** Cuts at 64 KiB of UTF-8, never inside a character. A lone surrogate passes as it is. */
export function clipBytes(text: string): string {
  // A UTF-16 unit is at most three bytes.
  if (text.length * 3 <= CLIP_BYTES) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(CLIP_BYTES));
  return text.slice(0, read);
}
