import { softmax } from "./head.ts";
import { seededRandom, shuffledIndexes } from "./random.ts";

/** One example as the solver reads it: a dense block and a sparse one. */
export type LinearRow = {
  readonly dense: Float32Array;
  readonly buckets: Int32Array;
  readonly values: Float32Array;
};

export type LinearProblem = {
  readonly rows: readonly LinearRow[];
  readonly labelCount: number;
  readonly denseSize: number;
  readonly sparseSize: number;
  /** [rows × labels]; each row sums to 1. */
  readonly targets: Float32Array;
  /** Per row: how much a mistake costs against one unit of L2 penalty. */
  readonly costs: Float32Array;
  readonly seed: number;
};

/** Weights are kept label by label within a feature: [features × labels]. */
export type LinearModel = {
  readonly dense: Float32Array;
  readonly sparse: Float32Array;
  readonly bias: Float32Array;
};

const MOST_EPOCHS = 60;
/** Stop when an epoch moves the residuals by less than this part of their sum. */
const SETTLED = 0.02;
/** A change of residuals that is not worth touching the weights for. */
const NEGLIGIBLE = 1e-4;
const INNER_STEPS = 5;

/**
 * L2-regularised softmax regression by dual coordinate ascent: each example keeps its residual (target −
 * probability), the weights are the cost-weighted sum of residual × features. No learning rate, and a sparse
 * update although the penalty is on all weights. Shalev-Shwartz and Zhang, JMLR 14 (2013).
 */
export function fitLinear(problem: LinearProblem): LinearModel {
  const { rows, labelCount } = problem;
  const model = {
    dense: new Float32Array(problem.denseSize * labelCount),
    sparse: new Float32Array(problem.sparseSize * labelCount),
    bias: new Float32Array(labelCount),
  };
  const random = seededRandom(problem.seed);
  const residuals = new Float32Array(rows.length * labelCount);
  const lengths = Float32Array.from(rows, squaredLength);
  for (let epoch = 0; epoch < MOST_EPOCHS; epoch += 1) {
    let moved = 0;
    for (const index of shuffledIndexes(rows.length, random)) {
      const row = rows[index];
      if (row === undefined) continue;
      const at = index * labelCount;
      const own = residuals.subarray(at, at + labelCount);
      const cost = problem.costs[index] ?? 0;
      const next = settleResiduals({
        scores: scoreRow(model, row, labelCount),
        residuals: own,
        targets: problem.targets.subarray(at, at + labelCount),
        reach: cost * (lengths[index] ?? 0),
      });
      moved += applyResiduals({ model, row, own, next, cost });
    }
    if (moved < SETTLED * residuals.reduce((sum, value) => sum + Math.abs(value), 0)) break;
  }
  return model;
}

/** @returns one raw score per label */
export function scoreRow(model: LinearModel, row: LinearRow, labelCount: number): Float64Array {
  const scores = Float64Array.from(model.bias);
  const { dense, buckets, values } = row;
  for (let feature = 0; feature < dense.length; feature += 1) {
    addWeights(scores, model.dense, feature * labelCount, dense[feature] ?? 0);
  }
  for (let slot = 0; slot < buckets.length; slot += 1) {
    addWeights(scores, model.sparse, (buckets[slot] ?? 0) * labelCount, values[slot] ?? 0);
  }
  return scores;
}

function addWeights(scores: Float64Array, weights: Float32Array, at: number, value: number) {
  for (let label = 0; label < scores.length; label += 1) {
    scores[label] = (scores[label] ?? 0) + value * (weights[at + label] ?? 0);
  }
}

/** The bias is a feature of value 1 and counts. */
function squaredLength(row: LinearRow): number {
  let sum = 1;
  for (const value of row.dense) sum += value * value;
  for (const value of row.values) sum += value * value;
  return sum;
}

type OneExample = {
  readonly scores: Float64Array;
  readonly residuals: Float32Array;
  readonly targets: Float32Array;
  /** How far one unit of residual moves the score. */
  readonly reach: number;
};

/** Steps towards target − probability at the scores that the residuals bring about; softmax curves by at most 1/2. */
function settleResiduals({ scores, residuals, targets, reach }: OneExample): Float64Array {
  const pace = 1 / (1 + reach / 2);
  const next = Float64Array.from(residuals);
  const moved = new Float64Array(next.length);
  for (let step = 0; step < INNER_STEPS; step += 1) {
    for (let label = 0; label < next.length; label += 1) {
      const change = (next[label] ?? 0) - (residuals[label] ?? 0);
      moved[label] = (scores[label] ?? 0) + reach * change;
    }
    const probabilities = softmax(moved);
    for (let label = 0; label < next.length; label += 1) {
      const wanted = (targets[label] ?? 0) - (probabilities[label] ?? 0);
      next[label] = (next[label] ?? 0) + pace * (wanted - (next[label] ?? 0));
    }
  }
  return next;
}

type Move = {
  readonly model: LinearModel;
  readonly row: LinearRow;
  readonly own: Float32Array;
  readonly next: Float64Array;
  readonly cost: number;
};

/** @returns how far the residuals moved */
function applyResiduals({ model, row, own, next, cost }: Move): number {
  const labelCount = next.length;
  let moved = 0;
  const deltas = next.map((residual, label) => {
    const change = residual - (own[label] ?? 0);
    moved += Math.abs(change);
    own[label] = residual;
    return change * cost;
  });
  if (moved < NEGLIGIBLE) return moved;
  const add = (weights: Float32Array, at: number, value: number) => {
    for (let label = 0; label < labelCount; label += 1) {
      weights[at + label] = (weights[at + label] ?? 0) + value * (deltas[label] ?? 0);
    }
  };
  add(model.bias, 0, 1);
  for (let feature = 0; feature < row.dense.length; feature += 1) {
    add(model.dense, feature * labelCount, row.dense[feature] ?? 0);
  }
  for (let slot = 0; slot < row.buckets.length; slot += 1) {
    add(model.sparse, (row.buckets[slot] ?? 0) * labelCount, row.values[slot] ?? 0);
  }
  return moved;
}
