import type { Morpheme } from "../../../models/morpheme.ts";

/** The morphemes of a text by its UTF-16 indices, which regular expressions count. */
export class WordView {
  readonly #byStart = new Map<number, { readonly word: Morpheme; readonly end: number }>();
  readonly #length: number;

  constructor(text: string, morphemes: readonly Morpheme[]) {
    this.#length = text.length;
    let start = 0;
    for (const word of morphemes) {
      const end = start + word.surface.length;
      this.#byStart.set(start, { word, end });
      start = end;
    }
  }

  /** Names of persons as kuromoji tells them, with the words on either side. */
  *persons(): Generator<{
    word: Morpheme;
    start: number;
    end: number;
    before?: Morpheme;
    after?: Morpheme;
  }> {
    let before: Morpheme | undefined;
    for (const [start, { word, end }] of this.#byStart) {
      const after = this.#byStart.get(end)?.word;
      if (word.proper === "人名") {
        yield { word, start, end, ...(before && { before }), ...(after && { after }) };
      }
      before = word;
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
