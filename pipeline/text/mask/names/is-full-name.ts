import { isFamilyName, isGivenName } from "../../../../models/name-lists.ts";

/** Whether a word that stands alone, as in a cell, or two parted by a blank, is a surname and a given name of the lists. */
export function isFullName(word: string): boolean {
  const [first = "", second, ...more] = word.split(/[\s・]+/);
  if (second !== undefined) return more.length === 0 && isFamilyName(first) && isGivenName(second);
  for (let cut = 1; cut < word.length; cut += 1) {
    const [family, given] = [word.slice(0, cut), word.slice(cut)];
    if (given.length < 4 && isFamilyName(family) && isGivenName(given)) return true;
  }
  return false;
}
