import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Morpheme } from "../morpheme.ts";
import { decodeTags, TAG_COUNT, type TagScores, type TagWeights } from "./decode-tags.ts";
import { FEATURES, unitFeatures } from "./tag-features.ts";

/** Where a name or an address seems to stand, by the words around it alone. Half-open, in UTF-16 units. */
export type TaggedSpan = {
  readonly is: "name" | "address";
  readonly start: number;
  readonly end: number;
  /** It would be found too if much more were asked for. */
  readonly isSure: boolean;
};

export const WEIGHTS_FILE = join(import.meta.dirname, "tagger.bin");

let weights: TagScores | undefined;

/** @param text normalised, with its morphemes */
export function tagPersons(text: string, morphemes: readonly Morpheme[]): TaggedSpan[] {
  weights ??= readWeights(readFileSync(WEIGHTS_FILE));
  const features = unitFeatures(text, morphemes);
  const bias = OF_PERSONS.test(text) ? BIAS_OF_PERSONS : BIAS;
  const tags = decodeTags(features, weights, bias, FAVOUR);
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

/** Of nothing's score, in steps of the weights: with less, more than 3 of 1000 visitors' voices would be touched wrongly. */
const BIAS = 36;

/**
 * Who writes of calls, orders, registers and relatives names people much more often than who tells of a day out: one
 * visitor's voice in forty holds such a word, and every second line written with a name.
 */
const OF_PERSONS =
  /名前|氏名|[名苗]字|名札|名義|旧姓|申し|申す|もしもし|電話|連絡|担当|注文|会員|届|返品|返金|登録|[署記]名|宛|投稿|[長次三][男女]|双子|[0-9]歳|うちの|私の|請求|領収|伝票|振込|[受架入]電|本人|先生|[係課部店]長|主任|店員|手紙|敬具|かしこ|と書|と読|修理|弊社|御社|そちら|お客様|くん|ちゃん|娘|息子|孫|甥|姪|夫|妻|旦那|主人|母|父|兄|弟|姉|妹|友人|友達/;
const BIAS_OF_PERSONS = -76;

/** What is found with so much for nothing, no list of places speaks against: it spoke against one learned name in thirty. */
const SURE = 60;

/** Visitors give no addresses, and none is found with so much more for them. */
const FAVOUR = 30;

const NAME = 1;
const ADDRESS = 3;

/** The steps from tag to tag as little-endian int16, then one int8 for each bucket and tag. */
function readWeights(bytes: Buffer): TagScores {
  const steps = Int16Array.from({ length: TAG_COUNT * TAG_COUNT }, (_, at) =>
    bytes.readInt16LE(2 * at),
  );
  const packed = Int32Array.from({ length: (bytes.length - 2 * steps.length) / 4 }, (_, bucket) =>
    bytes.readInt32LE(2 * steps.length + 4 * bucket),
  );
  return { steps, scoreUnit: scorerOf(packed) };
}

/**
 * Adds up a bucket's four int8 at once, two in each half of an integer, 128 added to each so that none is below 0: 53
 * of them stay below 2^16.
 */
function scorerOf(packed: Int32Array): TagScores["scoreUnit"] {
  const lifted = packed.map((four) => four ^ 0x80808080);
  return (buckets, from, into) => {
    let [even, odd] = [0, 0];
    for (let slot = from; slot < from + FEATURES; slot += 1) {
      const four = lifted[buckets[slot] ?? 0] ?? 0;
      even = (even + (four & 0x00ff00ff)) | 0;
      odd = (odd + ((four >>> 8) & 0x00ff00ff)) | 0;
    }
    into[1] = (even & 0xffff) - LIFT;
    into[2] = (odd & 0xffff) - LIFT;
    into[3] = (even >>> 16) - LIFT;
    into[4] = (odd >>> 16) - LIFT;
  };
}

const LIFT = 128 * FEATURES;

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
