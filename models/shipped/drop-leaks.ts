/** In characters: long enough that two people do not write it by chance, short enough to find a reworded line. */
const SHARED_RUN = 12;

/** @returns the training lines that share no run of twelve characters with a test line, nor are one */
export function dropLeaks<T extends { readonly text: string }>(
  training: readonly T[],
  tests: readonly { readonly text: string }[],
): T[] {
  const known = new Set(tests.flatMap(({ text }) => runsOf(text)));
  return training.filter(({ text }) => !runsOf(text).some((run) => known.has(run)));
}

/** A text shorter than a run is its own only run. */
function runsOf(text: string): string[] {
  const characters = Array.from(text.normalize("NFKC").replace(/\s+/gu, ""));
  const count = Math.max(1, characters.length - SHARED_RUN + 1);
  return Array.from({ length: count }, (_, at) => characters.slice(at, at + SHARED_RUN).join(""));
}
