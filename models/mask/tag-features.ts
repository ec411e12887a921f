import type { Morpheme } from "../morpheme.ts";
import { namesAt } from "../name-index.ts";

/** Hashed features of one text's UTF-16 units: `FEATURES` numbers for each, one unit after the other. */
export type UnitFeatures = { readonly length: number; readonly buckets: Int32Array };

/** One bucket holds a weight for each tag, so this many buckets of four tags make half a megabyte. */
export const BUCKETS = 1 << 17;
const BUCKET_BITS = 17;

/** How many features a unit has: the calls of `add`. */
export const FEATURES = 53;

/** Beyond either end of a text. */
const PAD = 6;

/**
 * What the tagger sees of each UTF-16 unit: the units around it, what scripts they are in, the morphemes, the names of
 * the lists, and what stands on either side of its run of one script, so that a name no list has is known by its place.
 */
export function unitFeatures(text: string, morphemes: readonly Morpheme[]): UnitFeatures {
  const length = text.length;
  const raw = new Uint16Array(length);
  const units = new Uint16Array(length + 2 * PAD);
  const scripts = new Uint8Array(length + 2 * PAD);
  for (let at = 0; at < length; at += 1) {
    const unit = text.charCodeAt(at);
    raw[at] = unit;
    const script = scriptOf(unit);
    scripts[at + PAD] = script;
    units[at + PAD] = script === DIGIT ? 0x30 : unit;
  }
  const words = wordsAt(text, morphemes);
  const lists = spreadNames(raw);
  const runs = runsOf(scripts, length);
  const look = { units, scripts, ...words, ...lists, ...runs };
  const into = new FeatureWriter(length);
  for (let at = 0; at < length; at += 1) addUnit(look, at, into);
  return { length, buckets: into.buckets };
}

type Look = {
  readonly units: Uint16Array;
  readonly scripts: Uint8Array;
} & ReturnType<typeof wordsAt> &
  ReturnType<typeof spreadNames> &
  ReturnType<typeof runsOf>;

/** Writes the features of one unit after the other. No closures: the loader names each at every call, which took most of the time. */
class FeatureWriter {
  readonly buckets: Int32Array;
  #slot = 0;
  #salt = 0;

  constructor(length: number) {
    this.buckets = new Int32Array(length * FEATURES);
  }

  add(hash: number): void {
    this.buckets[this.#slot] = Math.imul(hash + this.#salt, 0x85ebca6b) >>> (32 - BUCKET_BITS);
    this.#slot += 1;
    this.#salt += 0x3c6ef372;
  }

  /** The same feature has the same salt at each unit. */
  nextUnit(): void {
    this.#salt = 0;
  }
}

function addUnit(look: Look, at: number, into: FeatureWriter): void {
  into.nextUnit();
  addNeighbours(look, at + PAD, into);
  addWords(look, at, into);
  addNames(look, at, into);
  addRun(look, at, into);
}

function addNeighbours({ units, scripts }: Look, at: number, into: FeatureWriter): void {
  for (let near = at - 3; near <= at + 3; near += 1) into.add(units[near] ?? 0);
  for (let near = at - 3; near <= at + 2; near += 1) into.add(pairAt(units, near));
  for (let near = at - 3; near <= at + 1; near += 1)
    into.add(join(pairAt(units, near), units[near + 2] ?? 0));
  into.add(join(pairAt(units, at - 4), pairAt(units, at - 2)));
  into.add(join(pairAt(units, at + 1), pairAt(units, at + 3)));
  const three = ((scripts[at - 1] ?? 0) * 16 + (scripts[at] ?? 0)) * 16 + (scripts[at + 1] ?? 0);
  into.add(three);
  into.add((three * 16 + (scripts[at - 2] ?? 0)) * 16 + (scripts[at + 2] ?? 0));
  into.add(join(three, units[at - 1] ?? 0));
  into.add(join(three, units[at + 1] ?? 0));
}

/** Two units that stand together. */
function pairAt(units: Uint16Array, at: number): number {
  return join(units[at] ?? 0, units[at + 1] ?? 0);
}

function addWords(look: Look, at: number, into: FeatureWriter): void {
  const { words, word } = look;
  const number = word[at] ?? 0;
  const own = (words.tags[number + 1] ?? 0) * 4 + (look.place[at] ?? 0);
  const [previous, next] = [words.tags[number] ?? 0, words.tags[number + 2] ?? 0];
  const [before, after] = [words.hashes[number] ?? 0, words.hashes[number + 2] ?? 0];
  into.add(own);
  into.add(join(own, previous));
  into.add(join(own, next));
  into.add(join(join(own, previous), next));
  into.add(join(own, before));
  into.add(join(own, after));
  into.add(join(before, after));
}

/** Where names of the lists may begin, go on, and end, and what stands beside them. */
function addNames({ units, family, given, full }: Look, at: number, into: FeatureWriter): void {
  const own = at + PAD;
  const both = (family[at] ?? 0) * 256 + (given[at] ?? 0);
  into.add(both);
  into.add(join(both, units[own - 1] ?? 0));
  into.add(join(both, units[own + 1] ?? 0));
  addName(units, own, family[at] ?? 0, into);
  addName(units, own, given[at] ?? 0, into);
  addName(units, own, full[at] ?? 0, into);
}

function addName(units: Uint16Array, own: number, state: number, into: FeatureWriter): void {
  const known = state === 0 ? 0 : 1;
  const [start, end] = [own - (state & 15), own + (state >> 4)];
  into.add(join(state, known * (units[end] ?? 0)));
  into.add(join(state, known * pairAt(units, end)));
  into.add(join(state, known * pairAt(units, start - 1)));
}

/** A run of one script, as a name that no list has would stand: what is before it and behind it. */
function addRun({ units, scripts, start, end }: Look, at: number, into: FeatureWriter): void {
  const [first, last] = [start[at] ?? 0, end[at] ?? 0];
  const script = scripts[at + PAD] ?? 0;
  const place = Math.min(at - first, 3) * 64 + Math.min(last - at, 7) * 8 + script * 4096;
  const short = (at === first ? 1 : 0) + script * 4 + Math.min(last - first, 9) * 128;
  const [left, right] = [units[first + PAD - 1] ?? 0, units[last + PAD] ?? 0];
  const twoLeft = join(left, units[first + PAD - 2] ?? 0);
  const twoRight = pairAt(units, last + PAD);
  into.add(place);
  into.add(join(place, left));
  into.add(join(place, twoLeft));
  into.add(join(place, right));
  into.add(join(place, twoRight));
  into.add(join(short, join(twoLeft, units[first + PAD - 3] ?? 0)));
  into.add(join(short, join(twoRight, units[last + PAD + 2] ?? 0)));
  into.add(join(short, join(left, right)));
  into.add(join(short, join(twoLeft, twoRight)));
  into.add(join(twoLeft, twoRight));
}

/** For each unit the number of its morpheme; tags and hashes of these begin and end with one that stands for none. */
function wordsAt(text: string, morphemes: readonly Morpheme[]) {
  const word = new Int32Array(text.length);
  const place = new Uint8Array(text.length);
  const tags = new Int32Array(morphemes.length + 2);
  const hashes = new Int32Array(morphemes.length + 2);
  let from = 0;
  let number = 0;
  for (const { surface, pos, posDetail, proper } of morphemes) {
    const end = from + surface.length;
    tags[number + 1] = tagOf(pos, posDetail, proper);
    hashes[number + 1] = hashOf(surface);
    word.fill(number, from, end);
    place[from] = 1;
    place[end - 1] = (place[end - 1] ?? 0) + 2;
    from = end;
    number += 1;
  }
  return { word, place, words: { tags, hashes } };
}

const tagHashes = new Map<string, number>();

function tagOf(pos: string, posDetail: string, proper = ""): number {
  const key = `${pos},${posDetail},${proper}`;
  const known = tagHashes.get(key);
  if (known !== undefined) return known;
  const hash = hashOf(key) >>> 4;
  tagHashes.set(key, hash);
  return hash;
}

/**
 * For each unit inside the longest name that covers it: units since its beginning, and 16 times those to its end; 0
 * outside. A full name is a surname with a given name right behind it or behind a blank.
 */
function spreadNames(raw: Uint16Array) {
  const at = namesAt(raw);
  const full = new Uint8Array(raw.length);
  for (let start = 0; start < raw.length; start += 1) {
    const middle = start + (at.family[start] ?? 0);
    if (middle === start) continue;
    const blank = raw[middle] === 0x20 ? 1 : 0;
    const second = at.given[middle + blank] ?? 0;
    if (second > 0) full[start] = middle - start + blank + second;
  }
  return { family: cover(at.family), given: cover(at.given), full: cover(full) };
}

function cover(lengths: Uint8Array): Uint8Array {
  const covered = new Uint8Array(lengths.length);
  for (let start = 0; start < lengths.length; start += 1) {
    const length = Math.min(lengths[start] ?? 0, 15);
    for (let at = start; at < start + length; at += 1)
      if (covered[at] === 0) covered[at] = at - start + 16 * (start + length - at);
  }
  return covered;
}

function runsOf(scripts: Uint8Array, length: number) {
  const start = new Int32Array(length);
  const end = new Int32Array(length);
  for (let first = 0; first < length; ) {
    let last = first + 1;
    const script = scripts[first + PAD] ?? 0;
    while (last < length && script < SIGN && sameRun(script, scripts[last + PAD] ?? 0)) last += 1;
    start.fill(first, first, last);
    end.fill(last, first, last);
    first = last;
  }
  return { start, end };
}

function sameRun(one: number, other: number): boolean {
  return one === other || (one + other === UPPER + LOWER && one !== other && one >= UPPER);
}

const [HAN, HIRAGANA, KATAKANA, DIGIT, UPPER, LOWER, SIGN, BLANK, BREAK] = [
  1, 2, 3, 4, 6, 7, 8, 9, 10,
] as const;

function scriptOf(unit: number): number {
  return SCRIPTS[unit] ?? SIGN;
}

/** Of each UTF-16 unit. */
const SCRIPTS = Uint8Array.from({ length: 1 << 16 }, (_, unit) =>
  unit >= 0x3005 ? scriptOfJapanese(unit) : scriptOfOther(unit),
);

function scriptOfJapanese(unit: number): number {
  if (unit >= 0x4e00 || unit === 0x3005 || unit === 0x3006) return hanOrSign(unit);
  if (unit >= 0x3041) return unit <= 0x3096 ? HIRAGANA : kanaOrSign(unit);
  return SIGN;
}

function scriptOfOther(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return DIGIT;
  if (unit >= 0x41 && unit <= 0x5a) return UPPER;
  if (unit >= 0x61 && unit <= 0x7a) return LOWER;
  if (unit === 0x20) return BLANK;
  if (unit === 0x0a) return BREAK;
  return unit >= 0xc0 && unit <= 0x24f ? LOWER : SIGN;
}

function hanOrSign(unit: number): number {
  return unit <= 0x9fff || (unit >= 0xd840 && unit < 0xe000) ? HAN : SIGN;
}

function kanaOrSign(unit: number): number {
  if (unit >= 0x30a1 && unit <= 0x30fc && unit !== 0x30fb) return KATAKANA;
  return unit >= 0x3400 ? HAN : SIGN;
}

function join(one: number, other: number): number {
  return (Math.imul(one ^ (one >>> 15), 0x9e3779b1) + other) | 0;
}

function hashOf(text: string): number {
  let hash = 7;
  for (let at = 0; at < text.length; at += 1) hash = join(hash, text.charCodeAt(at));
  return hash;
}
