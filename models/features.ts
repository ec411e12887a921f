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
  const buckets: number[] = [];
  const origins: number[] = [];
  const values: number[] = [];
  /** Of the block at hand, by slot. */
  const counts: number[] = [];
  const addBlock = (scale: number, visit: (add: AddOccurrence) => void) => {
    const present: number[] = [];
    visit((hash, start, end) => {
      const bucket = bucketOf(hash);
      let slot = SLOTS[bucket] ?? NONE;
      if (slot === NONE) {
        slot = buckets.push(bucket) - 1;
        SLOTS[bucket] = slot;
      }
      const count = counts[slot] ?? 0;
      if (count === 0) present.push(slot);
      counts[slot] = count + 1;
      origins.push(slot, start, end);
    });
    const unit = lengthOf(present.map((slot) => counts[slot] ?? 0));
    for (const slot of present) {
      values[slot] = (values[slot] ?? 0) + (subLinear(counts[slot] ?? 0) / unit) * scale;
      counts[slot] = 0;
    }
  };
  try {
    if (scales.characters > 0) {
      addBlock(scales.characters, (add) => addCharacters(segment.text, add));
    }
    if (scales.words > 0) addBlock(scales.words, (add) => addWords(segment, add));
  } finally {
    for (const bucket of buckets) SLOTS[bucket] = NONE;
  }
  return {
    segment,
    scales,
    vector: scales.vector > 0 ? unitVector(segment.vector, scales.vector) : new Float32Array(0),
    buckets: Int32Array.from(buckets),
    values: Float32Array.from(values),
    origins: Int32Array.from(origins),
  };
}

const NONE = -1;
/** By bucket: its slot in the text at hand. A table for all texts, since a map of each text's buckets takes longer. */
const SLOTS = new Int32Array(HASH_SIZE).fill(NONE);

/** Takes one n-gram: the hash of its key, and the span of code points it stands on. */
type AddOccurrence = (hash: number, start: number, end: number) => void;

/** The end of the text is a character of its own: 「か」 at the end asks, elsewhere it does not. */
function addCharacters(text: string, add: AddOccurrence): void {
  const characters = Array.from(text, foldCharacter);
  while (/^[。\s]$/u.test(characters.at(-1) ?? "")) characters.pop();
  const length = characters.length;
  characters.push(END);
  for (let start = 0; start < length; start += 1) {
    const last = Math.min(start + LONGEST_NGRAM, characters.length);
    let hash = CHARACTERS;
    for (let end = start; end < last; end += 1) {
      hash = extendHash(hash, characters[end] ?? "");
      add(hash, start, Math.min(end + 1, length));
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
function addWords({ morphemes }: Segment, add: AddOccurrence): void {
  const negated = findNegated(morphemes);
  let pair = extendHash(PAIRS, BEGIN);
  let pairStart = 0;
  let pairEnd = 0;
  for (const [index, { surface, base, start, end }] of morphemes.entries()) {
    if (surface.trim() === "" || surface === "。") continue;
    const marks = "!".repeat(negated.get(index) ?? 0);
    const key = marks + foldWord(base);
    add(extendHash(WORDS, key), start, end);
    add(extendHash(extendHash(pair, BETWEEN), key), pairStart, end);
    pair = extendHash(PAIRS, key);
    pairStart = start;
    pairEnd = end;
  }
  add(extendHash(extendHash(pair, BETWEEN), END), pairStart, pairEnd);
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

/** Sub-linear counts are scaled by this so that a long text weighs no more than a short one. */
function lengthOf(counts: readonly number[]): number {
  let squares = 0;
  for (const count of counts) squares += subLinear(count) ** 2;
  return Math.sqrt(squares);
}

function subLinear(count: number): number {
  return 1 + Math.log(count);
}

function unitVector(vector: Int8Array, scale: number): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const factor = squares === 0 ? 0 : scale / Math.sqrt(squares);
  const unit = new Float32Array(vector.length);
  for (let at = 0; at < unit.length; at += 1) unit[at] = (vector[at] ?? 0) * factor;
  return unit;
}
