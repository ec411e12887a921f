const bytesOf = new Map<string, readonly number[]>();
const decoder = new TextDecoder("shift_jis", { fatal: true });

/** Node can read CP932 but not write it, so the table is made by reading every pair of bytes. */
function learn(bytes: readonly number[]): void {
  try {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (!bytesOf.has(text)) bytesOf.set(text, bytes);
  } catch {
    // Not a character.
  }
}

for (let byte = 0; byte < 256; byte += 1) learn([byte]);
for (let lead = 0x81; lead <= 0xfc; lead += 1) {
  for (let trail = 0x40; trail <= 0xfc; trail += 1) learn([lead, trail]);
}

export function cp932Bytes(text: string): Uint8Array {
  return Uint8Array.from(
    [...text].flatMap((character) => {
      const bytes = bytesOf.get(character);
      if (bytes === undefined) throw new Error(`${character} is not in CP932`);
      return [...bytes];
    }),
  );
}
