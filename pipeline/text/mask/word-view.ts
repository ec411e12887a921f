import type { Morpheme } from "../../../models/morpheme.ts";

export type PersonWord = {
  readonly word: Morpheme;
  readonly start: number;
  readonly end: number;
  readonly before: Morpheme | undefined;
  readonly after: Morpheme | undefined;
};

/** The morphemes of a text by its UTF-16 indices, which regular expressions count. */
export class WordView {
  readonly #morphemes: readonly Morpheme[];
  readonly #length: number;
  /** By unit: which morpheme begins there, counted from 1. */
  readonly #numbers: Int32Array;

  constructor(text: string, morphemes: readonly Morpheme[]) {
    this.#morphemes = morphemes;
    this.#length = text.length;
    this.#numbers = new Int32Array(text.length);
    let [start, number] = [0, 0];
    for (const { surface } of morphemes) {
      number += 1;
      this.#numbers[start] = number;
      start += surface.length;
    }
  }

  /** Names of persons as kuromoji tells them, with the words on either side. */
  persons(): readonly PersonWord[] {
    const found: PersonWord[] = [];
    let [start, at] = [0, 0];
    for (const word of this.#morphemes) {
      const end = start + word.surface.length;
      const [before, after] = [this.#morphemes[at - 1], this.#morphemes[at + 1]];
      if (word.proper === "人名") found.push({ word, start, end, before, after });
      start = end;
      at += 1;
    }
    return found;
  }

  /** Whether a morpheme begins here. */
  isBorder(at: number): boolean {
    return at === this.#length || this.#wordAt(at) !== undefined;
  }

  /** @returns the words that fill [start, end) exactly, or none */
  wordsIn(start: number, end: number): readonly Morpheme[] {
    const words: Morpheme[] = [];
    for (let at = start; at < end; ) {
      const next = this.#wordAt(at);
      if (next === undefined || at + next.surface.length > end) return [];
      words.push(next);
      at += next.surface.length;
    }
    return words;
  }

  #wordAt(at: number): Morpheme | undefined {
    return this.#morphemes[(this.#numbers[at] ?? 0) - 1];
  }
}
