import { HASH_SIZE, type SegmentFeatures } from "./features.ts";
import { fitLinear, type LinearModel } from "./fit-linear.ts";
import type { Head } from "./head.ts";
import { type FeatureWeighing, foldWeighing, weigh } from "./weigh-features.ts";

export type TrainingExample = {
  readonly features: SegmentFeatures;
  /** Exactly one for a "single" head; any number, none included, for a "multi" one. */
  readonly labels: readonly string[];
  /** The encoder was trained on its labels: fitted on, but never used to calibrate or to place thresholds. */
  readonly familiar?: boolean;
  /** Examples of one group, such as sentences of one voice, are unseen together. Alone unless said. */
  readonly group?: string;
  /** How it came to be, such as "written lines": each source counts the same for the calibration of a "multi" head. */
  readonly source?: string;
};

export type Tuning = {
  /** What a mistake costs against one unit of L2 penalty (C of LIBLINEAR). */
  readonly cost: number;
  /** 0: every example counts the same; 1: every label does. */
  readonly balance: number;
  /** Length of the vector's block against 1 of the words': what is longer is penalised less. */
  readonly vectorScale: number;
  /** Of the tags of a label that are shown, at least this share shall be right. */
  readonly rightEnough: number;
};

export type FitInput = {
  readonly mode: Head["mode"];
  readonly labels: readonly string[];
  readonly seed: number;
  readonly tuning: Tuning;
  readonly weighing: FeatureWeighing;
};

/**
 * A "multi" head learns one label more, "none", and is told apart from it: what is left are scores against none.
 *
 * @returns weights of plain features: the weighing is folded in
 */
export function fitHead(examples: readonly TrainingExample[], input: FitInput): LinearModel {
  const { mode, labels, seed, tuning, weighing } = input;
  const hasNone = mode === "multi";
  const columns = labels.length + (hasNone ? 1 : 0);
  const targets = shareTargets(examples, labels, columns);
  const rows = examples.map(({ features }) => weigh(features, weighing));
  const model = fitLinear({
    rows,
    labelCount: columns,
    denseSize: rows[0]?.dense.length ?? 0,
    sparseSize: HASH_SIZE,
    targets,
    costs: mistakeCosts({ targets, columns, tuning }),
    seed,
  });
  return foldWeighing(hasNone ? againstLastLabel(model) : model, weighing);
}

/** @returns 0 or 1 per label */
export function targetsOf(example: TrainingExample, labels: readonly string[]): Uint8Array {
  return Uint8Array.from(labels, (label) => (example.labels.includes(label) ? 1 : 0));
}

/** Several topics share an example evenly; without any it is one of "none", the last column. */
function shareTargets(
  examples: readonly TrainingExample[],
  labels: readonly string[],
  columns: number,
): Float32Array {
  const targets = new Float32Array(examples.length * columns);
  for (const [row, example] of examples.entries()) {
    const own = labels.flatMap((label, column) => (example.labels.includes(label) ? [column] : []));
    for (const column of own) targets[row * columns + column] = 1 / own.length;
    if (own.length === 0) targets[row * columns + columns - 1] = 1;
  }
  return targets;
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
  readonly columns: number;
  readonly tuning: Tuning;
};

/** An example of a rare label costs more, by how rare it is against the mean label, raised to `balance`. */
function mistakeCosts({ targets, columns, tuning }: CostInput): Float32Array {
  const shares = new Float64Array(columns);
  for (const [at, target] of targets.entries()) {
    const label = at % columns;
    shares[label] = (shares[label] ?? 0) + target;
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / columns;
  const boosts = shares.map((share) => (share === 0 ? 1 : (mean / share) ** tuning.balance));
  return Float32Array.from({ length: targets.length / columns }, (_, row) => {
    const own = targets.subarray(row * columns, (row + 1) * columns);
    const boost = own.reduce((sum, target, label) => sum + target * (boosts[label] ?? 1), 0);
    return tuning.cost * boost;
  });
}
