import type { Morpheme } from "./morpheme.ts";
import { findNegated } from "./negation.ts";

/** Rises with any change that moves a feature: a head reads only the features it was trained on. */
export const FEATURE_VERSION = 2;

/**
 * Buckets for hashed n-grams and words. A head has one int8 per bucket and label, so 2^15 keeps 32 topics at
 * 1.1 MB; 2^14 and 2^17 were within 0.007 macro-F1 of it in cross-validation.
 */
export const HASH_SIZE = 2 ** 15;

/** Longest character n-gram: 4 holds most stems and endings, such as 「ください」. */
const LONGEST_NGRAM = 4;

/** Length of each block's vector; 0 leaves the block out. */
export type FeatureScales = {
  readonly vector: number;
  readonly characters: number;
  readonly words: number;
};

/** Cross-validated on `models/examples`; 0.7 to 1.5 for any block moved macro-F1 by less than 0.02. */
export const ALL_FEATURES: FeatureScales = { vector: 1, characters: 1, words: 1 };

/** What anyone can make without an encoder: the baseline that heads are compared with. */
export const CHARACTERS_ONLY: FeatureScales = { vector: 0, characters: 1, words: 0 };

export type Segment = {
  /** Normalised and masked. */
  readonly text: string;
  /** The morphemes of the text, in order. */
  readonly morphemes: readonly Morpheme[];
  /** int8, as many as the encoder is wide: a direction without scale, as the warehouse stores it. */
  readonly vector: Int8Array;
};

export type SegmentFeatures = {
  readonly segment: Segment;
  readonly scales: FeatureScales;
  /** As many numbers as the encoder is wide, or none where the block is left out. */
  readonly vector: Float32Array;
  /** Distinct hash buckets, in order of first occurrence. */
  readonly buckets: Int32Array;
  /** One value per bucket. */
  readonly values: Float32Array;
  /** Triples (index into `buckets`, start, end): the span of code points of the text each occurrence stands on. */
  readonly origins: Int32Array;
};

export function segmentFeatures(segment: Segment, scales = ALL_FEATURES): SegmentFeatures {
  const { text, morphemes } = segment;
  COUNTER.begin(LONGEST_NGRAM * text.length + 2 * morphemes.length + 1);
  if (scales.characters > 0) {
    addCharacters(text, COUNTER);
    COUNTER.endBlock(scales.characters);
  }
  if (scales.words > 0) {
    addWords(morphemes, COUNTER);
    COUNTER.endBlock(scales.words);
  }
  return {
    segment,
    scales,
    vector: scales.vector > 0 ? unitVector(segment.vector, scales.vector) : new Float32Array(0),
    ...COUNTER.end(),
  };
}

const NONE = -1;

/** Counts the n-grams of one text after the other: the arrays are kept for the next. */
class Counter {
  /** By bucket: its slot in the text at hand. A table, since a map of each text's buckets takes longer. */
  readonly #slots = new Int32Array(HASH_SIZE).fill(NONE);
  /** By slot, in order of first occurrence. */
  #buckets = new Int32Array(0);
  #values = new Float64Array(0);
  /** Of the block at hand, by slot. */
  #counts = new Int32Array(0);
  #size = 0;
  /** Slots of the block at hand, in order of first occurrence there. */
  #present = new Int32Array(0);
  #presentSize = 0;
  #origins = new Int32Array(0);
  #originsSize = 0;

  /** @param most n-grams that the text may have */
  begin(most: number): void {
    // What a text left behind that threw is forgotten.
    for (let slot = 0; slot < this.#size; slot += 1) this.#slots[this.#buckets[slot] ?? 0] = NONE;
    [this.#size, this.#presentSize, this.#originsSize] = [0, 0, 0];
    if (most > this.#buckets.length) {
      this.#buckets = new Int32Array(2 * most);
      this.#values = new Float64Array(2 * most);
      this.#counts = new Int32Array(2 * most);
      this.#present = new Int32Array(2 * most);
      this.#origins = new Int32Array(3 * 2 * most);
    }
  }

  /** Takes one n-gram: the hash of its key, and the span of code points it stands on. */
  add(hash: number, start: number, end: number): void {
    const bucket = bucketOf(hash);
    let slot = this.#slots[bucket] ?? NONE;
    if (slot === NONE) {
      slot = this.#size;
      this.#size += 1;
      this.#slots[bucket] = slot;
      this.#buckets[slot] = bucket;
      this.#values[slot] = 0;
      this.#counts[slot] = 0;
    }
    const count = this.#counts[slot] ?? 0;
    if (count === 0) {
      this.#present[this.#presentSize] = slot;
      this.#presentSize += 1;
    }
    this.#counts[slot] = count + 1;
    this.#origins[this.#originsSize] = slot;
    this.#origins[this.#originsSize + 1] = start;
    this.#origins[this.#originsSize + 2] = end;
    this.#originsSize += 3;
  }

  /** A block's n-grams make a vector of this length. */
  endBlock(length: number): void {
    let squares = 0;
    for (let at = 0; at < this.#presentSize; at += 1) {
      squares += subLinear(this.#counts[this.#present[at] ?? 0] ?? 0) ** 2;
    }
    const unit = Math.sqrt(squares);
    for (let at = 0; at < this.#presentSize; at += 1) {
      const slot = this.#present[at] ?? 0;
      const value = (subLinear(this.#counts[slot] ?? 0) / unit) * length;
      this.#values[slot] = (this.#values[slot] ?? 0) + value;
      this.#counts[slot] = 0;
    }
    this.#presentSize = 0;
  }

  end(): Pick<SegmentFeatures, "buckets" | "values" | "origins"> {
    return {
      buckets: this.#buckets.slice(0, this.#size),
      values: new Float32Array(this.#values.subarray(0, this.#size)),
      origins: this.#origins.slice(0, this.#originsSize),
    };
  }
}

/** The end of the text is a character of its own: 「か」 at the end asks, elsewhere it does not. */
function addCharacters(text: string, counter: Counter): void {
  const characters = Array.from(text, foldCharacter);
  while (/^[。\s]$/u.test(characters.at(-1) ?? "")) characters.pop();
  const length = characters.length;
  characters.push(END);
  for (let start = 0; start < length; start += 1) {
    const last = Math.min(start + LONGEST_NGRAM, characters.length);
    let hash = CHARACTERS;
    for (let end = start; end < last; end += 1) {
      hash = extendHash(hash, characters[end] ?? "");
      counter.add(hash, start, Math.min(end + 1, length));
    }
  }
}

/** One digit stands for all: 3 mm and 5 mm of wire are the same matter. */
function foldCharacter(character: string): string {
  if (character >= "ぁ" && character <= "龯") return character;
  return /^\p{Nd}$/u.test(character) ? "0" : character.toLowerCase();
}

function foldWord(word: string): string {
  return UNFOLDED.test(word) ? word : Array.from(word, foldCharacter).join("");
}

const UNFOLDED = /^[ぁ-龯]*$/;

/** Base forms, alone and in pairs. 「おいしくない」 gives おいしい with a mark, 「おいしくなくはない」 with two. */
function addWords(morphemes: readonly Morpheme[], counter: Counter): void {
  const negated = findNegated(morphemes);
  let pair = extendHash(PAIRS, BEGIN);
  let pairStart = 0;
  let pairEnd = 0;
  let index = -1;
  for (const { surface, base, start, end } of morphemes) {
    index += 1;
    if (surface.trim() === "" || surface === "。") continue;
    const denials = negated.get(index);
    const key = denials === undefined ? foldWord(base) : "!".repeat(denials) + foldWord(base);
    counter.add(extendHash(WORDS, key), start, end);
    counter.add(extendHash(extendHash(pair, BETWEEN), key), pairStart, end);
    pair = extendHash(PAIRS, key);
    pairStart = start;
    pairEnd = end;
  }
  counter.add(extendHash(extendHash(pair, BETWEEN), END), pairStart, pairEnd);
}

/** Characters that no text holds, for the borders of a text and between two words. */
const [BETWEEN, BEGIN, END] = ["\u0001", "\u0002", "\u0003"] as const;

/** FNV-1a over UTF-16 units. A key is hashed piece by piece, so that an n-gram goes on where the shorter one ended. */
function extendHash(hash: number, piece: string): number {
  let extended = hash;
  for (let index = 0; index < piece.length; index += 1) {
    extended = Math.imul(extended ^ piece.charCodeAt(index), 0x01000193);
  }
  return extended;
}

const FNV_START = 0x811c9dc5;
/** Hashes of the first letter of a key, which tells the kinds of n-grams apart. */
const CHARACTERS = extendHash(FNV_START, "c");
const WORDS = extendHash(FNV_START, "w");
const PAIRS = extendHash(FNV_START, "p");

/** Its high bits folded in: the low bits alone are poor. */
function bucketOf(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % HASH_SIZE;
}

/** Of an n-gram's count. A block is scaled to one length, so that a long text weighs no more than a short one. */
function subLinear(count: number): number {
  return 1 + Math.log(count);
}

function unitVector(vector: Int8Array, scale: number): Float32Array {
  let squares = 0;
  for (let at = 0; at < vector.length; at += 1) squares += (vector[at] ?? 0) ** 2;
  const factor = squares === 0 ? 0 : scale / Math.sqrt(squares);
  const unit = new Float32Array(vector.length);
  for (let at = 0; at < unit.length; at += 1) unit[at] = (vector[at] ?? 0) * factor;
  return unit;
}

const COUNTER = new Counter();
