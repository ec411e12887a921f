/**
 * Cuts a text into pieces that kuromoji's lattice can carry: after punctuation, else at a change of script, else hard.
 *
 * @param text without surrogates
 * @returns pieces that join up to the input
 */
export function chunkForAnalysis(text: string): string[] {
  const chunks: string[] = [];
  let start = 0;
  while (text.length - start > CHUNK_LIMIT) {
    const end = findCut(text, start);
    chunks.push(text.slice(start, end));
    start = end;
  }
  if (start < text.length) chunks.push(text.slice(start));
  return chunks;
}

/** In code points. 400 take 7 ms at worst in Japanese; 4,000 without a comma take 510 ms. */
const CHUNK_LIMIT = 400;

/** A piece shorter than this is not worth a soft cut: without a floor, 「、」 at the front would give pieces of one. */
const CHUNK_FLOOR = 100;

function findCut(text: string, start: number): number {
  const limit = start + CHUNK_LIMIT;
  let change = 0;
  for (let cut = limit; cut > start + CHUNK_FLOOR; cut -= 1) {
    const before = text[cut - 1] ?? "";
    if (PUNCTUATION.test(before)) return cut;
    if (change === 0 && scriptOf(before) !== scriptOf(text[cut] ?? "")) change = cut;
  }
  return change === 0 ? limit : change;
}

const PUNCTUATION = /[\s。、．，！？!?」』）)]/;

const SCRIPTS = [/[ぁ-ん]/, /[ァ-ヺー]/, /[0-9]/, /[A-Za-z]/, /\p{Script=Han}/u];

function scriptOf(point: string): number {
  return SCRIPTS.findIndex((script) => script.test(point));
}
