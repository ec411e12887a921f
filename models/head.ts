import { ModelError } from "../pipeline/errors.ts";
import { FEATURE_VERSION, type FeatureScales, type SegmentFeatures } from "./features.ts";

/** A linear classifier: one label of several ("single"), or any number of labels ("multi"). */
export type Head = {
  readonly name: string;
  readonly mode: "single" | "multi";
  readonly labels: readonly string[];
  readonly featureVersion: number;
  readonly scales: FeatureScales;
  /** [384 × labels], label by label within a feature; empty where the block is left out. */
  readonly vectorWeights: Int16Array;
  /** [HASH_SIZE × labels], label by label within a bucket. */
  readonly hashWeights: Int8Array;
  /** One per label, as are the lists below: what one unit of a vector weight is worth. */
  readonly vectorSteps: readonly number[];
  readonly hashSteps: readonly number[];
  readonly biases: readonly number[];
  /** From evidence to a logit that a probability can be read from. */
  readonly calibration: readonly Calibration[];
  /** A label is given from this confidence on; 0 in a "single" head, whose best label always wins. */
  readonly thresholds: readonly number[];
  readonly origin: HeadOrigin;
};

export type Calibration = { readonly slope: number; readonly offset: number };

/** Where a head's knowledge comes from. */
export type HeadOrigin = {
  /** SHA-256 of the weights of the encoder whose vectors it was trained on. */
  readonly encoder: string;
  /** Examples per label, weak ones not counted. */
  readonly counts: Readonly<Record<string, number>>;
  readonly examples: number;
  readonly weakExamples: number;
  readonly licence: string;
  readonly data: readonly string[];
};

export type LabelScore = { readonly label: string; readonly confidence: number };

/** @returns one calibrated probability per label, in the head's order; those of a "single" head sum to 1 */
export function scoreHead(head: Head, features: SegmentFeatures): LabelScore[] {
  const evidence = evidenceOf(head.mode, rawScores(head, features));
  const confidences = calibrate(head.mode, evidence, head.calibration);
  return head.labels.map((label, index) => ({ label, confidence: confidences[index] ?? 0 }));
}

/** @returns the labels that hold, surest first: exactly one from a "single" head, perhaps none from a "multi" one */
export function decideLabels(head: Head, scores: readonly LabelScore[]): LabelScore[] {
  const ranked = scores
    .filter((score, index) => score.confidence >= (head.thresholds[index] ?? 1))
    .sort((one, other) => other.confidence - one.confidence);
  return head.mode === "single" ? ranked.slice(0, 1) : ranked;
}

/**
 * What calibration reads. The labels of a "multi" head were trained against each other and against "none", whose
 * score is 0: a label's evidence is its log-odds against all of those.
 */
export function evidenceOf(mode: Head["mode"], scores: Float64Array): Float64Array {
  if (mode === "single") return scores;
  const largest = scores.reduce((one, other) => Math.max(one, other), 0);
  const exponentials = scores.map((score) => Math.exp(score - largest));
  return scores.map((score, own) => {
    const others = exponentials.reduce(
      (sum, value, label) => (label === own ? sum : sum + value),
      Math.exp(-largest),
    );
    return score - largest - Math.log(others);
  });
}

export function calibrate(
  mode: Head["mode"],
  evidence: Float64Array,
  calibration: readonly Calibration[],
): Float64Array {
  const logits = evidence.map((value, index) => {
    const { slope, offset } = calibration[index] ?? { slope: 1, offset: 0 };
    return slope * value + offset;
  });
  return mode === "single" ? softmax(logits) : logits.map((logit) => 1 / (1 + Math.exp(-logit)));
}

export function softmax(logits: Float64Array): Float64Array {
  const largest = logits.reduce((one, other) => Math.max(one, other), -Infinity);
  const exponentials = logits.map((logit) => Math.exp(logit - largest));
  const sum = exponentials.reduce((one, other) => one + other, 0);
  return exponentials.map((value) => value / sum);
}

function rawScores(head: Head, features: SegmentFeatures): Float64Array {
  refuseOtherFeatures(head, features.scales);
  const { vector, buckets, values } = features;
  const { vectorWeights, hashWeights } = head;
  const labelCount = head.labels.length;
  const fromVector = new Float64Array(labelCount);
  const fromHash = new Float64Array(labelCount);
  for (let feature = 0; feature < vector.length; feature += 1) {
    addRow(fromVector, vectorWeights, feature * labelCount, vector[feature] ?? 0);
  }
  for (let slot = 0; slot < buckets.length; slot += 1) {
    addRow(fromHash, hashWeights, (buckets[slot] ?? 0) * labelCount, values[slot] ?? 0);
  }
  return fromVector.map(
    (score, label) =>
      score * (head.vectorSteps[label] ?? 0) +
      (fromHash[label] ?? 0) * (head.hashSteps[label] ?? 0) +
      (head.biases[label] ?? 0),
  );
}

function addRow(sums: Float64Array, weights: Int8Array | Int16Array, at: number, value: number) {
  for (let label = 0; label < sums.length; label += 1) {
    sums[label] = (sums[label] ?? 0) + value * (weights[at + label] ?? 0);
  }
}

function refuseOtherFeatures(head: Head, scales: FeatureScales) {
  const same =
    head.featureVersion === FEATURE_VERSION &&
    head.scales.vector === scales.vector &&
    head.scales.characters === scales.characters &&
    head.scales.words === scales.words;
  if (same) return;
  throw new ModelError(
    `分類器「${head.name}」は別の特徴量（版 ${head.featureVersion}、${JSON.stringify(head.scales)}）で学習されています。` +
      `期待: 版 ${FEATURE_VERSION}、${JSON.stringify(scales)}。学習し直してください。`,
  );
}
