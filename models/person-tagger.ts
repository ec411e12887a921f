import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeTags, TAG_COUNT, type TagWeights } from "./decode-tags.ts";
import type { Morpheme } from "./morpheme.ts";
import { unitFeatures } from "./tag-features.ts";

/** Where a name or an address seems to stand, by the words around it alone. Half-open, in UTF-16 units. */
export type TaggedSpan = {
  readonly is: "name" | "address";
  readonly start: number;
  readonly end: number;
  /** It would be found too if much more were asked for. */
  readonly isSure: boolean;
};

export const WEIGHTS_FILE = join(import.meta.dirname, "mask", "tagger.bin");

let weights: TagWeights | undefined;

/** @param text normalised, with its morphemes */
export function tagPersons(text: string, morphemes: readonly Morpheme[]): TaggedSpan[] {
  weights ??= readWeights(readFileSync(WEIGHTS_FILE));
  const features = unitFeatures(text, morphemes);
  const tags = decodeTags(features, weights, BIAS, FAVOUR);
  if (tags.every((tag) => tag === 0)) return [];
  const sure = decodeTags(features, weights, SURE);
  return runsOf(tags).map(({ tag, start, end }) => ({
    is: tag === NAME ? "name" : "address",
    // A kanji of two units is hidden whole.
    start: isLow(text, start) ? start - 1 : start,
    end: isLow(text, end) ? end + 1 : end,
    isSure: sure.subarray(start, end).every((one, at) => one === tags[start + at]),
  }));
}

/** Each beginning with what goes on behind it. */
function runsOf(tags: Uint8Array) {
  const runs: { readonly tag: number; readonly start: number; readonly end: number }[] = [];
  for (let start = 0; start < tags.length; start += 1) {
    const tag = tags[start];
    if (tag !== NAME && tag !== ADDRESS) continue;
    let end = start + 1;
    while (tags[end] === tag + 1) end += 1;
    runs.push({ tag, start, end });
  }
  return runs;
}

function isLow(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}

/** Of nothing's score, in steps of the weights: with less, more than 3 of 1000 visitors' voices are touched wrongly. */
const BIAS = -20;

/** What is found with so much for nothing, no list of places speaks against: it spoke against one learned name in thirty. */
const SURE = 60;

/** Visitors give no addresses, and none is found with so much more for them. */
const FAVOUR = 30;

const NAME = 1;
const ADDRESS = 3;

/** The steps from tag to tag as little-endian int16, then one int8 for each bucket and tag. */
function readWeights(bytes: Buffer): TagWeights {
  const steps = Int16Array.from({ length: TAG_COUNT * TAG_COUNT }, (_, at) =>
    bytes.readInt16LE(2 * at),
  );
  const from = 2 * steps.length;
  return {
    steps,
    buckets: new Int8Array(bytes.buffer, bytes.byteOffset + from, bytes.length - from),
  };
}

/** One weight in two thousand is cut to what an int8 holds; the others lose less than half a step. */
const KEPT = 0.9995;

export function writeWeights({ steps, buckets }: TagWeights): Buffer {
  const sizes = Float64Array.from(buckets, Math.abs)
    .filter((size) => size > 0)
    .sort();
  const scale = 127 / (sizes[Math.floor(sizes.length * KEPT)] ?? 1);
  const bytes = Buffer.alloc(2 * steps.length + buckets.length);
  for (let at = 0; at < steps.length; at += 1)
    bytes.writeInt16LE(Math.round((steps[at] ?? 0) * scale), 2 * at);
  for (let at = 0; at < buckets.length; at += 1) {
    const weight = Math.round((buckets[at] ?? 0) * scale);
    bytes.writeInt8(Math.max(-127, Math.min(127, weight)), 2 * steps.length + at);
  }
  return bytes;
}
