import { HASH_SIZE, type SegmentFeatures } from "./features.ts";
import type { LinearModel, LinearRow } from "./fit-linear.ts";

/**
 * How features are weighed for training. All of it is linear, so it is folded into the trained weights and
 * a head scores plain features: the encoder's vectors lie in a narrow cone (mean cosine 0.8), and centring
 * and spreading them is what makes the penalty fair; rare n-grams say more than common ones.
 */
export type FeatureWeighing = {
  /** Subtracted from each number of the vector. */
  readonly centre: Float64Array;
  /** Then multiplied with. */
  readonly spread: Float64Array;
  /** Multiplied with each bucket's value: inverse document frequency; 0 where the bucket was never seen. */
  readonly rarity: Float32Array;
};

/** @param vectorScale length of the vector's block against 1 of the words' */
export function weighingOf(
  features: readonly SegmentFeatures[],
  vectorScale: number,
): FeatureWeighing {
  const { centre, spread } = vectorWeighing(features);
  return {
    centre,
    spread: spread.map((value) => value * vectorScale),
    rarity: bucketRarity(features),
  };
}

export function weigh(features: SegmentFeatures, weighing: FeatureWeighing): LinearRow {
  return {
    dense: features.vector.map(
      (value, index) => (value - (weighing.centre[index] ?? 0)) * (weighing.spread[index] ?? 0),
    ),
    buckets: features.buckets,
    values: features.values.map(
      (value, slot) => value * (weighing.rarity[features.buckets[slot] ?? 0] ?? 0),
    ),
  };
}

/** @returns the model that gives plain features the scores that `model` gives weighed ones */
export function foldWeighing(model: LinearModel, weighing: FeatureWeighing): LinearModel {
  const labelCount = model.bias.length;
  const bias = Float64Array.from(model.bias);
  const dense = model.dense.map((weight, at) => {
    const feature = Math.floor(at / labelCount);
    const folded = weight * (weighing.spread[feature] ?? 0);
    const label = at % labelCount;
    bias[label] = (bias[label] ?? 0) - folded * (weighing.centre[feature] ?? 0);
    return folded;
  });
  const sparse = model.sparse.map(
    (weight, at) => weight * (weighing.rarity[Math.floor(at / labelCount)] ?? 0),
  );
  return { dense, sparse, bias: Float32Array.from(bias) };
}

function vectorWeighing(features: readonly SegmentFeatures[]) {
  const size = features[0]?.vector.length ?? 0;
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  let lengths = 0;
  for (const { vector } of features) {
    for (let index = 0; index < size; index += 1) {
      const value = vector[index] ?? 0;
      sums[index] = (sums[index] ?? 0) + value;
      squares[index] = (squares[index] ?? 0) + value * value;
      lengths += value * value;
    }
  }
  const centre = sums.map((sum) => sum / features.length);
  const deviations = squares.map((sum, index) =>
    Math.sqrt(Math.max(0, sum / features.length - (centre[index] ?? 0) ** 2)),
  );
  // Spread so that an example is, on average, as long as its plain vector was.
  const length = Math.sqrt(lengths / features.length / Math.max(1, size));
  const spread = deviations.map((deviation) => (deviation < 1e-9 ? 0 : length / deviation));
  return { centre, spread };
}

function bucketRarity(features: readonly SegmentFeatures[]): Float32Array {
  const seenIn = new Int32Array(HASH_SIZE);
  for (const { buckets } of features) {
    for (const bucket of buckets) seenIn[bucket] = (seenIn[bucket] ?? 0) + 1;
  }
  const rarity = Float32Array.from(seenIn, (count) =>
    count === 0 ? 0 : 1 + Math.log((1 + features.length) / (1 + count)),
  );
  let plain = 0;
  let weighed = 0;
  for (const { buckets, values } of features) {
    for (const [slot, value] of values.entries()) {
      plain += value * value;
      weighed += (value * (rarity[buckets[slot] ?? 0] ?? 0)) ** 2;
    }
  }
  const factor = weighed === 0 ? 0 : Math.sqrt(plain / weighed);
  return rarity.map((value) => value * factor);
}
