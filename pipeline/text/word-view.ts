import type { Morpheme } from "../../models/morpheme.ts";

/** The morphemes of a text by its UTF-16 indices, which regular expressions count. */
export class WordView {
  readonly #byStart = new Map<number, { readonly word: Morpheme; readonly end: number }>();
  readonly #length: number;
  readonly isEmpty: boolean;

  constructor(text: string, morphemes: readonly Morpheme[]) {
    this.#length = text.length;
    this.isEmpty = morphemes.length === 0;
    let start = 0;
    for (const word of morphemes) {
      const end = start + word.surface.length;
      this.#byStart.set(start, { word, end });
      start = end;
    }
  }

  /** Whether a morpheme begins here. */
  isBorder(at: number): boolean {
    return at === this.#length || this.#byStart.has(at);
  }

  /** @returns the words that fill [start, end) exactly, or none */
  wordsIn(start: number, end: number): readonly Morpheme[] {
    const words: Morpheme[] = [];
    for (let at = start; at < end; ) {
      const next = this.#byStart.get(at);
      if (next === undefined || next.end > end) return [];
      words.push(next.word);
      at = next.end;
    }
    return words;
  }
}
