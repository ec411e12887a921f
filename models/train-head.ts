import { chooseThresholds, fitCalibration, type UnseenScores } from "./calibrate-scores.ts";
import { FEATURE_VERSION, HASH_SIZE, type SegmentFeatures, VECTOR_SIZE } from "./features.ts";
import { fitLinear, type LinearModel, type LinearRow, scoreRow } from "./fit-linear.ts";
import { calibrate, evidenceOf, type Head, type HeadOrigin } from "./head.ts";
import { quantizeWeights } from "./quantize-weights.ts";
import { seededRandom, shuffledIndexes } from "./random.ts";
import { foldWeighing, weigh, weighingOf } from "./weigh-features.ts";

export type TrainingExample = {
  readonly features: SegmentFeatures;
  /** Exactly one for a "single" head; any number, none included, for a "multi" one. */
  readonly labels: readonly string[];
  /** 1 unless said; a weak label counts for less. */
  readonly weight?: number;
  /** Labelled by rule, not by hand: always trained on, never used to calibrate or to place thresholds. */
  readonly weak?: boolean;
};

export type TrainingOptions = {
  readonly name: string;
  readonly mode: Head["mode"];
  readonly labels: readonly string[];
  readonly seed: number;
  readonly origin: Pick<HeadOrigin, "encoder" | "licence" | "data">;
  readonly tuning?: Partial<Tuning>;
};

export type Tuning = {
  /** What a mistake costs against one unit of L2 penalty (C of LIBLINEAR). */
  readonly cost: number;
  /** 0: every example counts the same; 1: every label does. */
  readonly balance: number;
  readonly folds: number;
};

/** Cross-validated on `models/examples`; costs from 8 to 60 and balances from 0 to 0.5 are within 0.01 macro-F1. */
export const DEFAULT_TUNING: Tuning = { cost: 24, balance: 0.25, folds: 5 };

export type TrainedHead = {
  readonly head: Head;
  /** Calibrated confidences of each hand-labelled example by a model that had not seen it, in order. */
  readonly unseen: readonly {
    readonly labels: readonly string[];
    readonly confidences: Float64Array;
  }[];
};

/** Pure: the same examples, options and seed give the same bytes. */
export function trainHead(
  examples: readonly TrainingExample[],
  options: TrainingOptions,
): TrainedHead {
  const tuning = { ...DEFAULT_TUNING, ...options.tuning };
  const task = { examples, options, tuning };
  const features = examples.map((example) => example.features);
  const weighing = weighingOf(features);
  const rows = features.map((each) => weigh(each, weighing));
  const unseen = crossValidate(task, rows);
  const calibration = fitCalibration(unseen);
  const everyone = examples.map((_, index) => index);
  const model = foldWeighing(fitOn(task, rows, everyone), weighing);
  const strong = examples.filter((example) => example.weak !== true);
  return {
    head: {
      name: options.name,
      mode: options.mode,
      labels: options.labels,
      featureVersion: FEATURE_VERSION,
      scales: features[0]?.scales ?? { vector: 0, characters: 0, words: 0 },
      ...quantizeWeights(model),
      calibration,
      thresholds: chooseThresholds(unseen, calibration),
      origin: {
        ...options.origin,
        counts: countLabels(strong, options.labels),
        examples: strong.length,
        weakExamples: examples.length - strong.length,
      },
    },
    unseen: strong.map(({ labels }, index) => ({
      labels,
      confidences: calibrate(
        options.mode,
        unseen.scores[index] ?? new Float64Array(options.labels.length),
        calibration,
      ),
    })),
  };
}

type Task = {
  readonly examples: readonly TrainingExample[];
  readonly options: TrainingOptions;
  readonly tuning: Tuning;
};

/** Scores each hand-labelled example by a model fitted without its fold. */
function crossValidate(task: Task, rows: readonly LinearRow[]): UnseenScores {
  const { examples, options, tuning } = task;
  const folds = assignFolds(task);
  const strong = examples.flatMap((example, index) => (example.weak === true ? [] : [index]));
  const scores = new Map<number, Float64Array>();
  for (let fold = 0; fold < tuning.folds; fold += 1) {
    const others = examples.flatMap((_, index) => (folds[index] === fold ? [] : [index]));
    const model = fitOn(task, rows, others);
    for (const index of strong.filter((each) => folds[each] === fold)) {
      const row = rows[index];
      if (row === undefined) continue;
      scores.set(index, evidenceOf(options.mode, scoreRow(model, row, options.labels.length)));
    }
  }
  const none = new Float64Array(options.labels.length);
  return {
    mode: options.mode,
    labelCount: options.labels.length,
    scores: strong.map((index) => scores.get(index) ?? none),
    targets: strong.map((index) => targetsOf(examples[index], options.labels)),
  };
}

/** Dealt round within each set of labels, so that every fold has some of each; a weak example is in no fold. */
function assignFolds({ examples, options, tuning }: Task): Int32Array {
  const folds = new Int32Array(examples.length).fill(-1);
  const dealt = new Map<string, number>();
  const order = shuffledIndexes(examples.length, seededRandom(options.seed));
  for (const index of order) {
    const example = examples[index];
    if (example === undefined || example.weak === true) continue;
    const key = example.labels[0] ?? "";
    const count = dealt.get(key) ?? Math.floor((dealt.size * tuning.folds) / 2);
    folds[index] = count % tuning.folds;
    dealt.set(key, count + 1);
  }
  return folds;
}

/** A "multi" head learns one label more, "none", and is told apart from it: what is left are scores against none. */
function fitOn(task: Task, rows: readonly LinearRow[], members: readonly number[]): LinearModel {
  const { options, tuning } = task;
  const hasNone = options.mode === "multi";
  const columns = options.labels.length + (hasNone ? 1 : 0);
  const chosen = members.flatMap((index) => {
    const example = task.examples[index];
    const row = rows[index];
    return example === undefined || row === undefined ? [] : [{ example, row }];
  });
  const targets = Float32Array.from(
    chosen.flatMap(({ example }) => shareTargets(targetsOf(example, options.labels), hasNone)),
  );
  const weights = Float32Array.from(chosen, ({ example }) => example.weight ?? 1);
  const model = fitLinear({
    rows: chosen.map(({ row }) => row),
    labelCount: columns,
    denseSize: (rows[0]?.dense.length ?? 0) > 0 ? VECTOR_SIZE : 0,
    sparseSize: HASH_SIZE,
    targets,
    costs: mistakeCosts({ targets, weights, columns, tuning }),
    seed: options.seed,
  });
  return hasNone ? againstLastLabel(model) : model;
}

/** Several topics share an example evenly; without any it is one of "none". */
function shareTargets(own: Uint8Array, hasNone: boolean): number[] {
  const count = own.reduce((sum, target) => sum + target, 0);
  const shares = Array.from(own, (target) => (count === 0 ? 0 : target / count));
  return hasNone ? [...shares, count === 0 ? 1 : 0] : shares;
}

function againstLastLabel({ dense, sparse, bias }: LinearModel): LinearModel {
  const columns = bias.length;
  const contrast = (weights: Float32Array) =>
    Float32Array.from({ length: (weights.length / columns) * (columns - 1) }, (_, at) => {
      const row = Math.floor(at / (columns - 1)) * columns;
      return (weights[row + (at % (columns - 1))] ?? 0) - (weights[row + columns - 1] ?? 0);
    });
  return { dense: contrast(dense), sparse: contrast(sparse), bias: contrast(bias) };
}

type CostInput = {
  readonly targets: Float32Array;
  readonly weights: Float32Array;
  readonly columns: number;
  readonly tuning: Tuning;
};

/** An example of a rare label costs more, by how rare it is against the mean label, raised to `balance`. */
function mistakeCosts({ targets, weights, columns, tuning }: CostInput): Float32Array {
  const shares = new Float64Array(columns);
  for (const [at, target] of targets.entries()) {
    const label = at % columns;
    shares[label] = (shares[label] ?? 0) + target * (weights[Math.floor(at / columns)] ?? 0);
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / columns;
  const boosts = shares.map((share) => (share === 0 ? 1 : (mean / share) ** tuning.balance));
  return weights.map((weight, row) => {
    const own = targets.subarray(row * columns, (row + 1) * columns);
    const boost = own.reduce((sum, target, label) => sum + target * (boosts[label] ?? 1), 0);
    return tuning.cost * weight * boost;
  });
}

function targetsOf(example: TrainingExample | undefined, labels: readonly string[]): Uint8Array {
  return Uint8Array.from(labels, (label) => (example?.labels.includes(label) === true ? 1 : 0));
}

function countLabels(examples: readonly TrainingExample[], labels: readonly string[]) {
  return Object.fromEntries(
    labels.map((label) => [
      label,
      examples.filter((example) => example.labels.includes(label)).length,
    ]),
  );
}
