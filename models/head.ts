import { ModelError } from "../pipeline/errors.ts";
import { offsetConfidence } from "./desk-offset.ts";
import { FEATURE_VERSION, type FeatureScales, type SegmentFeatures } from "./features.ts";

/** A linear classifier: one label of several ("single"), or any number of labels ("multi"). */
export type Head = {
  readonly name: string;
  readonly mode: "single" | "multi";
  readonly labels: readonly string[];
  readonly featureVersion: number;
  readonly scales: FeatureScales;
  /** How many numbers its vectors have: the encoder's width, or 0 where the block is left out. */
  readonly vectorSize: number;
  /** [vectorSize × labels], label by label within a feature. */
  readonly vectorWeights: Int16Array;
  /** [HASH_SIZE × labels], label by label within a bucket. */
  readonly hashWeights: Int8Array;
  /** One per label, as are the lists below: what one unit of a vector weight is worth. */
  readonly vectorSteps: readonly number[];
  readonly hashSteps: readonly number[];
  readonly biases: readonly number[];
  /** From evidence to a logit that a probability can be read from. */
  readonly calibration: readonly Calibration[];
  /** A label is given from this confidence on; a "single" head gives its best label or none. */
  readonly thresholds: readonly number[];
  /** What a desk's judgements move its confidences by, see `fitDeskOffset`; no part of its folder. */
  readonly offset?: number;
  /** Labels that no offset hides, see `decideLabels`. */
  readonly kept?: readonly string[];
  /** How it did on its hand-labelled training examples, each scored by a model that had not seen it. */
  readonly unseen: UnseenQuality;
  readonly origin: HeadOrigin;
};

export type UnseenQuality = {
  readonly n: number;
  /** Of all, right in their surest label ("single") or whole set of labels ("multi"). */
  readonly accuracy: number;
  /** Share of the segments on which a "single" head does not abstain; 1 for a "multi" one. */
  readonly coverage: number;
  /** Accuracy among those. */
  readonly shownAccuracy: number;
  readonly ece: number;
};

export type Calibration = {
  readonly slope: number;
  /** Where evidence for a label and evidence against it are stretched differently: `slope` is then of the latter. */
  readonly slopeAbove?: number | undefined;
  readonly offset: number;
};

/** Where a head's knowledge comes from. */
export type HeadOrigin = {
  /** SHA-256 of the weights of the encoder whose vectors it was trained on. */
  readonly encoder: string;
  /** Examples per label. */
  readonly counts: Readonly<Record<string, number>>;
  readonly examples: number;
  readonly licence: string;
  readonly data: readonly string[];
};

export type LabelScore = { readonly label: string; readonly confidence: number };

/** @returns one calibrated probability per label, in the head's order; those of a "single" head sum to 1 */
export function scoreHead(head: Head, features: SegmentFeatures): LabelScore[] {
  refuseOtherFeatures(head, features);
  return toScores(head, rawScores(head, features));
}

/** What a head multiplies features with. */
export type HeadWeights = Pick<
  Head,
  "labels" | "vectorWeights" | "hashWeights" | "vectorSteps" | "hashSteps" | "biases"
>;

/** @param raw one per label */
export function toScores(head: Head, raw: Float64Array): LabelScore[] {
  const confidences = calibrate(head.mode, evidenceOf(head.mode, raw), head.calibration);
  return head.labels.map((label, index) => ({ label, confidence: confidences[index] ?? 0 }));
}

/**
 * Below its threshold a label is not shown. No offset hides bodily harm or a grave topic: of a hundred drawn tags few are
 * of these, if any, so they cannot say that there is none. A "single" head looks at its surest label only: where that one is below
 * its threshold the head abstains, and no other label takes its place.
 *
 * @param scores one per label, in the head's order, before the desk's offset
 * @returns the labels that hold, surest first: one or none from a "single" head, any number from a "multi" one
 */
export function decideLabels(
  { mode, thresholds, offset = 0, kept = [] }: Pick<Head, DecidedBy>,
  scores: readonly LabelScore[],
): LabelScore[] {
  const asked = mode === "single" ? surestOf(scores) : undefined;
  const decided: LabelScore[] = [];
  for (let index = 0; index < scores.length; index += 1) {
    const score = scores[index];
    if (score === undefined || (asked !== undefined && asked !== index)) continue;
    const { label, confidence: before } = score;
    const confidence = offsetConfidence(before, offset);
    const most = offset < 0 && kept.includes(label) ? before : confidence;
    if (most >= (thresholds[index] ?? 1)) decided.push({ label, confidence });
  }
  return decided.sort((one, other) => other.confidence - one.confidence);
}

type DecidedBy = "mode" | "thresholds" | "offset" | "kept";

/** @returns the index of the surest, the first where several are; -1 where there is none */
export function surestOf(scores: readonly LabelScore[]): number {
  let surest = -1;
  let most = -Infinity;
  for (let index = 0; index < scores.length; index += 1) {
    const { confidence } = scores[index] ?? { confidence: most };
    if (confidence <= most) continue;
    surest = index;
    most = confidence;
  }
  return surest;
}

/**
 * What calibration reads. The labels of a "multi" head were trained against each other and against "none", whose
 * score is 0: a label's evidence is its log-odds against all of those.
 */
export function evidenceOf(mode: Head["mode"], scores: Float64Array): Float64Array {
  if (mode === "single") return scores;
  let largest = 0;
  for (const score of scores) largest = Math.max(largest, score);
  const exponentials = new Float64Array(scores.length);
  for (let label = 0; label < scores.length; label += 1) {
    exponentials[label] = Math.exp((scores[label] ?? 0) - largest);
  }
  const none = Math.exp(-largest);
  const evidence = new Float64Array(scores.length);
  for (let own = 0; own < scores.length; own += 1) {
    let others = none;
    for (let label = 0; label < exponentials.length; label += 1) {
      if (label !== own) others += exponentials[label] ?? 0;
    }
    evidence[own] = (scores[own] ?? 0) - largest - Math.log(others);
  }
  return evidence;
}

export function calibrate(
  mode: Head["mode"],
  evidence: Float64Array,
  calibration: readonly Calibration[],
): Float64Array {
  const logits = new Float64Array(evidence.length);
  for (let label = 0; label < logits.length; label += 1) {
    logits[label] = logitOf(evidence[label] ?? 0, calibration[label] ?? UNCALIBRATED);
  }
  if (mode === "single") return softmax(logits);
  for (let label = 0; label < logits.length; label += 1) {
    logits[label] = 1 / (1 + Math.exp(-(logits[label] ?? 0)));
  }
  return logits;
}

const UNCALIBRATED: Calibration = { slope: 1, offset: 0 };

function logitOf(value: number, { slope, slopeAbove, offset }: Calibration): number {
  if (slopeAbove === undefined) return slope * value + offset;
  return slopeAbove * softplus(value) - slope * softplus(-value) + offset;
}

/** log(1 + exp(value)), also where exp(value) is beyond numbers. */
export function softplus(value: number): number {
  return Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
}

export function softmax(logits: Float64Array): Float64Array {
  let largest = -Infinity;
  for (const logit of logits) largest = Math.max(largest, logit);
  const shares = new Float64Array(logits.length);
  let sum = 0;
  for (let label = 0; label < shares.length; label += 1) {
    const exponential = Math.exp((logits[label] ?? 0) - largest);
    shares[label] = exponential;
    sum += exponential;
  }
  for (let label = 0; label < shares.length; label += 1) shares[label] = (shares[label] ?? 0) / sum;
  return shares;
}

/** @returns one per label */
export function rawScores(head: HeadWeights, features: SegmentFeatures): Float64Array {
  const scores = sumVector(head, features);
  const fromHash = sumHash(head, features);
  for (let label = 0; label < scores.length; label += 1) {
    scores[label] =
      (scores[label] ?? 0) * (head.vectorSteps[label] ?? 0) +
      (fromHash[label] ?? 0) * (head.hashSteps[label] ?? 0) +
      (head.biases[label] ?? 0);
  }
  return scores;
}

/**
 * Four labels at a time, whose sums stay in registers; each is still the same sum in the same order. Not one function with
 * the next: a loop that reads one kind of array only is five times as fast.
 */
function sumVector({ labels, vectorWeights: weights }: HeadWeights, { vector }: SegmentFeatures) {
  const width = labels.length;
  const sums = new Float64Array(width + 3);
  for (let label = 0; label < width; label += 4) {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let feature = 0, at = label; feature < vector.length; feature += 1, at += width) {
      const value = vector[feature] ?? 0;
      first += value * (weights[at] ?? 0);
      second += value * (weights[at + 1] ?? 0);
      third += value * (weights[at + 2] ?? 0);
      fourth += value * (weights[at + 3] ?? 0);
    }
    sums[label] = first;
    sums[label + 1] = second;
    sums[label + 2] = third;
    sums[label + 3] = fourth;
  }
  return sums.subarray(0, width);
}

function sumHash(
  { labels, hashWeights: weights }: HeadWeights,
  { buckets, values }: SegmentFeatures,
) {
  const width = labels.length;
  const sums = new Float64Array(width + 3);
  for (let label = 0; label < width; label += 4) {
    let [first, second, third, fourth] = [0, 0, 0, 0];
    for (let slot = 0; slot < buckets.length; slot += 1) {
      const value = values[slot] ?? 0;
      const at = (buckets[slot] ?? 0) * width + label;
      first += value * (weights[at] ?? 0);
      second += value * (weights[at + 1] ?? 0);
      third += value * (weights[at + 2] ?? 0);
      fourth += value * (weights[at + 3] ?? 0);
    }
    sums[label] = first;
    sums[label + 1] = second;
    sums[label + 2] = third;
    sums[label + 3] = fourth;
  }
  return sums.subarray(0, width);
}

export function refuseOtherFeatures(head: Head, { scales, vector }: SegmentFeatures) {
  const same =
    head.featureVersion === FEATURE_VERSION &&
    head.scales.vector === scales.vector &&
    head.scales.characters === scales.characters &&
    head.scales.words === scales.words;
  if (!same) {
    throw new ModelError(
      `分類器「${head.name}」は別の特徴量（版 ${head.featureVersion}、${JSON.stringify(head.scales)}）で学習されています。` +
        `期待: 版 ${FEATURE_VERSION}、${JSON.stringify(scales)}。学習し直してください。`,
    );
  }
  if (vector.length === head.vectorSize) return;
  throw new ModelError(
    `分類器「${head.name}」は別の幅のベクトルで学習されています。読んだもの: ${vector.length} 個の数、` +
      `期待: ${head.vectorSize} 個。同じエンコーダを使うか、学習し直してください。`,
  );
}
