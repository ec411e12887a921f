import type { Detection } from "./detection.ts";

/** A name that is part of a handle takes all of it: of 「@kinjo_38」 no half stays readable. */
export function wholeHandles(text: string, names: readonly Detection[]): readonly Detection[] {
  if (names.length === 0 || !text.includes("@")) return names;
  const handles = Array.from(text.matchAll(HANDLE), ({ 0: key, index }) => ({
    key,
    start: index,
    end: index + key.length,
  }));
  return names.map((name) => {
    const handle = handles.find(({ start, end }) => start <= name.start && name.end <= end);
    return handle === undefined ? name : { ...name, ...handle };
  });
}

/** Not the second half of a mail address. */
const HANDLE = /(?<=(?<![\w.+-])@)\w{2,50}(?![\w.])/g;
