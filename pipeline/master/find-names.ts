import { type FoldedText, foldName } from "./fold-name.ts";
import type { MasterEntry } from "./master-entry.ts";
import { isSoldOn, type NameIndex } from "./name-index.ts";
import type { IsWhole } from "./whole-words.ts";

/** An entry's name in a text; the span counts code points. */
export type Mention = { readonly code: string; readonly start: number; readonly end: number };

type Node = {
  readonly next: Map<string, Node>;
  /** In signs of the folded text. */
  readonly length: number;
  entries: readonly MasterEntry[];
};

/** From this many signs on a name may be drawn out: 「じゃがりこー」. */
const DRAWN_OUT = 3;

/** Finds the names of an index in texts: the longest first. */
export class NameFinder {
  readonly #root: Node = { next: new Map(), length: 0, entries: [] };

  constructor(index: NameIndex) {
    for (const [key, entries] of index) {
      let node = this.#root;
      for (const point of key) {
        const next = node.next.get(point) ?? {
          next: new Map(),
          length: node.length + 1,
          entries: [],
        };
        node.next.set(point, next);
        node = next;
      }
      node.entries = entries;
    }
  }

  /**
   * @param text after `normalizeVerbatim`
   * @param receivedOn JST date: what is not sold on it is not meant
   * @param isWhole asked only where a name may stand
   */
  find(text: string, receivedOn: string, isWhole: IsWhole): Mention[] {
    const folded = foldName(text);
    const mentions: Mention[] = [];
    for (const [first, start] of folded.starts.entries()) {
      if (start < (mentions.at(-1)?.end ?? 0)) continue;
      const named = this.#matches(folded, first).flatMap(({ entries, end }) => {
        const sold = entries.filter((entry) => isSoldOn(entry, receivedOn));
        return sold.map(({ code }) => ({ code, start, end }));
      });
      const mention = named.find(({ end }) => isWhole(start, end));
      if (mention !== undefined) mentions.push(mention);
    }
    return mentions;
  }

  /** All names that begin at a sign, the longest first. */
  #matches(
    { plain, points, ends }: FoldedText,
    first: number,
  ): { readonly entries: readonly MasterEntry[]; readonly end: number }[] {
    const found: { entries: readonly MasterEntry[]; end: number }[] = [];
    let node = this.#root.next.get(plain[first] ?? "");
    for (let last = first; node !== undefined; last += 1) {
      const { entries, length } = node;
      const after = points[last + 1] ?? "";
      found.unshift({ entries, end: ends[last] ?? 0 });
      if (length >= DRAWN_OUT && after === "ー")
        found.unshift({ entries, end: ends[last + 1] ?? 0 });
      node = node.next.get(after);
    }
    return found;
  }
}
