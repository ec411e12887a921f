import type { Morpheme } from "./morpheme.ts";
import { findNegated } from "./negation.ts";

/** Rises with any change that moves a feature: a head reads only the features it was trained on. */
export const FEATURE_VERSION = 1;

/** The encoder's width. */
export const VECTOR_SIZE = 384;

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
  /** 384 int8, a direction without scale, as the warehouse stores it. */
  readonly vector: Int8Array;
  /** Where the text starts in the text that the morphemes' spans count; 0 unless they were cut from a longer one. */
  readonly start?: number;
};

export type SegmentFeatures = {
  readonly segment: Segment;
  readonly scales: FeatureScales;
  /** 384 numbers, or none where the block is left out. */
  readonly vector: Float32Array;
  /** Distinct hash buckets, in order of first occurrence. */
  readonly buckets: Int32Array;
  /** One value per bucket. */
  readonly values: Float32Array;
  /** Triples (index into `buckets`, start, end): the span of code points of the text each occurrence stands on. */
  readonly origins: Int32Array;
};

export function segmentFeatures(segment: Segment, scales = ALL_FEATURES): SegmentFeatures {
  const slots = new Map<number, number>();
  const origins: number[] = [];
  const values: number[] = [];
  const addBlock = (occurrences: Iterable<Occurrence>, scale: number) => {
    const counts = new Map<number, number>();
    for (const { key, start, end } of occurrences) {
      const bucket = hashOf(key);
      const slot = slots.get(bucket) ?? slots.size;
      slots.set(bucket, slot);
      counts.set(slot, (counts.get(slot) ?? 0) + 1);
      origins.push(slot, start, end);
    }
    for (const [slot, value] of unitLength(counts)) {
      values[slot] = (values[slot] ?? 0) + value * scale;
    }
  };
  if (scales.characters > 0) addBlock(characterNgrams(segment.text), scales.characters);
  if (scales.words > 0) addBlock(wordNgrams(segment), scales.words);
  return {
    segment,
    scales,
    vector: scales.vector > 0 ? unitVector(segment.vector, scales.vector) : new Float32Array(0),
    buckets: Int32Array.from(slots.keys()),
    values: Float32Array.from(values),
    origins: Int32Array.from(origins),
  };
}

type Occurrence = { readonly key: string; readonly start: number; readonly end: number };

/** The end of the text is a character of its own: 「か」 at the end asks, elsewhere it does not. */
function* characterNgrams(text: string): Generator<Occurrence> {
  const characters = Array.from(text, foldCharacter);
  while (/^[。\s]$/u.test(characters.at(-1) ?? "")) characters.pop();
  const length = characters.length;
  characters.push("\u0003");
  for (let start = 0; start < length; start += 1) {
    let key = "c";
    for (let end = start; end < Math.min(start + LONGEST_NGRAM, characters.length); end += 1) {
      key += characters[end];
      yield { key, start, end: Math.min(end + 1, length) };
    }
  }
}

/** One digit stands for all: 3 mm and 5 mm of wire are the same matter. */
function foldCharacter(character: string): string {
  return /^\p{Nd}$/u.test(character) ? "0" : character.toLowerCase();
}

/** Base forms, alone and in pairs. 「おいしくない」 gives おいしい with a mark, so that it is not taken for praise. */
function* wordNgrams(segment: Segment): Generator<Occurrence> {
  const offset = segment.start ?? 0;
  const negated = findNegated(segment.morphemes);
  let previous = { key: "\u0002", start: 0, end: 0 };
  for (const [index, morpheme] of segment.morphemes.entries()) {
    if (morpheme.surface.trim() === "" || morpheme.surface === "。") continue;
    const key = (negated.has(index) ? "!" : "") + Array.from(morpheme.base, foldCharacter).join("");
    const current = { key, start: morpheme.start - offset, end: morpheme.end - offset };
    yield { ...current, key: `w${key}` };
    yield { key: `p${previous.key}\u0001${key}`, start: previous.start, end: current.end };
    previous = current;
  }
  yield { ...previous, key: `p${previous.key}\u0001\u0003` };
}

/** FNV-1a over UTF-16 units, its high bits folded in: the low bits alone are poor. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % HASH_SIZE;
}

/** Sub-linear counts, scaled so that a long text weighs no more than a short one. */
function* unitLength(counts: ReadonlyMap<number, number>): Generator<[number, number]> {
  let squares = 0;
  for (const count of counts.values()) squares += (1 + Math.log(count)) ** 2;
  for (const [slot, count] of counts) yield [slot, (1 + Math.log(count)) / Math.sqrt(squares)];
}

function unitVector(vector: Int8Array, scale: number): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const factor = squares === 0 ? 0 : scale / Math.sqrt(squares);
  return Float32Array.from(vector, (value) => value * factor);
}
