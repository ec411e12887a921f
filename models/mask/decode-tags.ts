import { BUCKETS, FEATURES, type UnitFeatures } from "./tag-features.ts";

/** What a unit of a text can be. Behind 0, nothing of anybody's, each kind has a beginning and what goes on. */
export const TAGS = ["-", "name", "name+", "address", "address+"] as const;
export const TAG_COUNT = TAGS.length;
/** All but nothing, whose weights are 0. */
export const WEIGHED = TAG_COUNT - 1;

/** Weights of each bucket for each weighed tag, and of each tag (row) before each tag (column). */
export type TagWeights = {
  readonly buckets: ArrayLike<number>;
  readonly steps: ArrayLike<number>;
};

/** Weights as they are read: what a unit's features are worth, by weighed tag. */
export type TagScores = Pick<TagWeights, "steps"> & {
  /** @param from where the unit's features begin among the buckets @param into by tag; nothing's is left */
  scoreUnit(buckets: Int32Array, from: number, into: Float64Array): void;
};

export function newWeights() {
  return {
    buckets: new Float64Array(BUCKETS * WEIGHED),
    steps: new Float64Array(TAG_COUNT * TAG_COUNT),
  };
}

/**
 * The best row of tags by Viterbi: what goes on comes only behind its beginning.
 *
 * @param bias added to nothing's score: more means fewer finds
 * @param favour added to an address's score
 */
export function decodeTags(
  { length, buckets }: UnitFeatures,
  { steps, scoreUnit }: TagScores,
  bias: number,
  favour = 0,
): Uint8Array {
  const back = new Uint8Array(length * TAG_COUNT);
  let scores = Float64Array.of(0, NEVER, NEVER, NEVER, NEVER);
  let next = new Float64Array(TAG_COUNT);
  const own = new Float64Array(TAG_COUNT);
  for (let at = 0; at < length; at += 1) {
    scoreUnit(buckets, at * FEATURES, own);
    own[0] = bias;
    own[3] = (own[3] ?? 0) + favour;
    own[4] = (own[4] ?? 0) + favour;
    for (let tag = 0; tag < TAG_COUNT; tag += 1) {
      const from = bestBefore(scores, steps, tag);
      back[at * TAG_COUNT + tag] = from;
      next[tag] = (scores[from] ?? 0) + (steps[from * TAG_COUNT + tag] ?? 0) + (own[tag] ?? 0);
    }
    [scores, next] = [next, scores];
  }
  return walkBack(scores, back, length);
}

const NEVER = -1e9;

/** Of weights that are still being learned. */
export function scoresOf({ buckets: weights, steps }: TagWeights): TagScores {
  const scoreUnit = (buckets: Int32Array, from: number, into: Float64Array) => {
    into.fill(0);
    for (let slot = from; slot < from + FEATURES; slot += 1) {
      const base = (buckets[slot] ?? 0) * WEIGHED - 1;
      for (let tag = 1; tag <= WEIGHED; tag += 1)
        into[tag] = (into[tag] ?? 0) + (weights[base + tag] ?? 0);
    }
  };
  return { steps, scoreUnit };
}

function bestBefore(scores: Float64Array, steps: ArrayLike<number>, tag: number): number {
  const first = isInside(tag) ? tag - 1 : 0;
  const last = isInside(tag) ? tag : TAG_COUNT - 1;
  let best = first;
  let most = -Infinity;
  for (let from = first; from <= last; from += 1) {
    const score = (scores[from] ?? 0) + (steps[from * TAG_COUNT + tag] ?? 0);
    if (score <= most) continue;
    most = score;
    best = from;
  }
  return best;
}

export function isInside(tag: number): boolean {
  return tag === 2 || tag === 4;
}

function walkBack(scores: Float64Array, back: Uint8Array, length: number): Uint8Array {
  const tags = new Uint8Array(length);
  let tag = 0;
  for (let other = 1; other < TAG_COUNT; other += 1)
    if ((scores[other] ?? NEVER) > (scores[tag] ?? NEVER)) tag = other;
  for (let at = length - 1; at >= 0; at -= 1) {
    tags[at] = tag;
    tag = back[at * TAG_COUNT + tag] ?? 0;
  }
  return tags;
}
