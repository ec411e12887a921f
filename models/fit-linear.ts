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
/** A change of one residual that is not worth touching a label's weights for; the residual then stays as it was. */
const NEGLIGIBLE = 1e-3;
/** An example whose residuals moved by less than this in all is passed over, for one epoch longer each time. */
const CALM = 0.01;
const LONGEST_REST = 4;
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
  const progress: Progress = {
    residuals: new Float32Array(rows.length * labelCount),
    lengths: Float32Array.from(rows, squaredLength),
    rests: { taken: new Uint8Array(rows.length), left: new Uint8Array(rows.length) },
    visit: new Visit(labelCount),
  };
  for (let epoch = 0; epoch < MOST_EPOCHS; epoch += 1) {
    let moved = 0;
    let visited = 0;
    for (const index of shuffledIndexes(rows.length, random)) {
      if (isResting(progress.rests, index)) continue;
      moved += visitExample(problem, model, progress, index);
      visited += 1;
    }
    const size = progress.residuals.reduce((sum, residual) => sum + Math.abs(residual), 0);
    if (moved < SETTLED * size * (visited / rows.length)) break;
  }
  return model;
}

type Progress = {
  readonly residuals: Float32Array;
  readonly lengths: Float32Array;
  readonly rests: Rests;
  readonly visit: Visit;
};

/** @returns how far the example's residuals moved */
function visitExample(
  problem: LinearProblem,
  model: LinearModel,
  { residuals, lengths, rests, visit }: Progress,
  index: number,
): number {
  const row = problem.rows[index];
  if (row === undefined) return 0;
  const at = index * problem.labelCount;
  const cost = problem.costs[index] ?? 0;
  scoreInto(visit.scores, model, row);
  visit.settle(problem.targets, residuals, at, cost * (lengths[index] ?? 0));
  const change = visit.takeMoves(residuals, at, cost);
  if (change > 0) addMoves(model, row, visit.moves);
  if (change < CALM) rest(rests, index);
  else rests.taken[index] = 0;
  return change;
}

/** @returns one raw score per label */
export function scoreRow(model: LinearModel, row: LinearRow): Float64Array {
  const scores = new Float64Array(model.bias.length);
  scoreInto(scores, model, row);
  return scores;
}

/** Labels in blocks of four, whose sums stay in registers: four times as fast as adding to an array. */
function scoreInto(scores: Float64Array, { dense, sparse, bias }: LinearModel, row: LinearRow) {
  scores.set(bias);
  const inBlocks = scores.length - (scores.length % BLOCK);
  for (let label = 0; label < inBlocks; label += BLOCK) {
    addDenseBlock(scores, dense, row.dense, label);
    addSparseBlock(scores, sparse, row, label);
  }
  for (let label = inBlocks; label < scores.length; label += 1) {
    scores[label] = (scores[label] ?? 0) + scoreOne(dense, sparse, row, label, scores.length);
  }
}

const BLOCK = 4;

function addDenseBlock(
  scores: Float64Array,
  weights: Float32Array,
  dense: Float32Array,
  label: number,
): void {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let feature = 0; feature < dense.length; feature += 1) {
    const at = feature * scores.length + label;
    const value = dense[feature] ?? 0;
    first += value * (weights[at] ?? 0);
    second += value * (weights[at + 1] ?? 0);
    third += value * (weights[at + 2] ?? 0);
    fourth += value * (weights[at + 3] ?? 0);
  }
  addFour(scores, label, [first, second, third, fourth]);
}

function addSparseBlock(
  scores: Float64Array,
  weights: Float32Array,
  { buckets, values }: LinearRow,
  label: number,
): void {
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let slot = 0; slot < buckets.length; slot += 1) {
    const at = (buckets[slot] ?? 0) * scores.length + label;
    const value = values[slot] ?? 0;
    first += value * (weights[at] ?? 0);
    second += value * (weights[at + 1] ?? 0);
    third += value * (weights[at + 2] ?? 0);
    fourth += value * (weights[at + 3] ?? 0);
  }
  addFour(scores, label, [first, second, third, fourth]);
}

function addFour(scores: Float64Array, label: number, sums: readonly number[]): void {
  for (let at = 0; at < BLOCK; at += 1) {
    scores[label + at] = (scores[label + at] ?? 0) + (sums[at] ?? 0);
  }
}

function scoreOne(
  dense: Float32Array,
  sparse: Float32Array,
  row: LinearRow,
  label: number,
  labelCount: number,
): number {
  let sum = 0;
  for (let feature = 0; feature < row.dense.length; feature += 1) {
    sum += (row.dense[feature] ?? 0) * (dense[feature * labelCount + label] ?? 0);
  }
  for (let slot = 0; slot < row.buckets.length; slot += 1) {
    sum += (row.values[slot] ?? 0) * (sparse[(row.buckets[slot] ?? 0) * labelCount + label] ?? 0);
  }
  return sum;
}

/** The bias is a feature of value 1 and counts. */
function squaredLength(row: LinearRow): number {
  let sum = 1;
  for (const value of row.dense) sum += value * value;
  for (const value of row.values) sum += value * value;
  return sum;
}

/** What one example's turn needs, kept between turns: allocating it anew took half of the time. */
class Visit {
  readonly scores: Float64Array;
  /** How much each label's weights move along the example's features. */
  readonly moves: Float64Array;
  readonly #next: Float64Array;
  readonly #shares: Float64Array;

  constructor(labelCount: number) {
    this.scores = new Float64Array(labelCount);
    this.moves = new Float64Array(labelCount);
    this.#next = new Float64Array(labelCount);
    this.#shares = new Float64Array(labelCount);
  }

  /**
   * Steps towards target − probability at the scores that the residuals bring about; softmax curves by at most 1/2.
   *
   * @param reach how far one unit of residual moves the score
   */
  settle(targets: Float32Array, residuals: Float32Array, at: number, reach: number): void {
    const next = this.#next;
    const pace = 1 / (1 + reach / 2);
    for (let label = 0; label < next.length; label += 1) next[label] = residuals[at + label] ?? 0;
    for (let step = 0; step < INNER_STEPS; step += 1) {
      const total = this.#expAt(residuals, at, reach);
      for (let label = 0; label < next.length; label += 1) {
        const wanted = (targets[at + label] ?? 0) - (this.#shares[label] ?? 0) / total;
        next[label] = (next[label] ?? 0) + pace * (wanted - (next[label] ?? 0));
      }
    }
  }

  /** @returns the sum of the shares, which stand for probabilities */
  #expAt(residuals: Float32Array, at: number, reach: number): number {
    const shares = this.#shares;
    let largest = -Infinity;
    for (let label = 0; label < shares.length; label += 1) {
      const change = (this.#next[label] ?? 0) - (residuals[at + label] ?? 0);
      const moved = (this.scores[label] ?? 0) + reach * change;
      shares[label] = moved;
      if (moved > largest) largest = moved;
    }
    let total = 0;
    for (let label = 0; label < shares.length; label += 1) {
      const share = Math.exp((shares[label] ?? 0) - largest);
      shares[label] = share;
      total += share;
    }
    return total;
  }

  /** Writes the residuals that moved. @returns how far they moved in all */
  takeMoves(residuals: Float32Array, at: number, cost: number): number {
    let moved = 0;
    for (let label = 0; label < this.moves.length; label += 1) {
      const before = residuals[at + label] ?? 0;
      const after = Math.fround(this.#next[label] ?? 0);
      const change = Math.abs(after - before) < NEGLIGIBLE ? 0 : after - before;
      this.moves[label] = change * cost;
      if (change === 0) continue;
      residuals[at + label] = after;
      moved += Math.abs(change);
    }
    return moved;
  }
}

function addMoves(model: LinearModel, row: LinearRow, moves: Float64Array): void {
  for (let label = 0; label < moves.length; label += 1) {
    const move = moves[label] ?? 0;
    if (move !== 0) addMove(model, row, label, move);
  }
}

function addMove(model: LinearModel, row: LinearRow, label: number, move: number): void {
  const { dense, buckets, values } = row;
  const labelCount = model.bias.length;
  model.bias[label] = (model.bias[label] ?? 0) + move;
  for (let feature = 0; feature < dense.length; feature += 1) {
    const at = feature * labelCount + label;
    model.dense[at] = (model.dense[at] ?? 0) + move * (dense[feature] ?? 0);
  }
  for (let slot = 0; slot < buckets.length; slot += 1) {
    const at = (buckets[slot] ?? 0) * labelCount + label;
    model.sparse[at] = (model.sparse[at] ?? 0) + move * (values[slot] ?? 0);
  }
}

/** Epochs that an example rests, and how many of them are left. */
type Rests = { readonly taken: Uint8Array; readonly left: Uint8Array };

function isResting({ left }: Rests, index: number): boolean {
  const epochs = left[index] ?? 0;
  if (epochs > 0) left[index] = epochs - 1;
  return epochs > 0;
}

function rest({ taken, left }: Rests, index: number): void {
  const epochs = Math.min(LONGEST_REST, (taken[index] ?? 0) + 1);
  taken[index] = epochs;
  left[index] = epochs;
}
