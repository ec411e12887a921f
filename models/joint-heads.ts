import { HASH_SIZE, type SegmentFeatures } from "./features.ts";
import {
  type Head,
  type HeadWeights,
  type LabelScore,
  rawScores,
  refuseOtherFeatures,
  toScores,
} from "./head.ts";

/**
 * Heads whose weights lie side by side. Most of a head's time goes into fetching the weights of a hundred buckets from all
 * over its table; here what all heads have for a bucket is fetched at once. A score is the same sum, in the same order.
 */
export type JointHeads = {
  readonly weights: HeadWeights;
  /** Where each head's labels begin among all. */
  readonly columns: ReadonlyMap<Head, number>;
};

/** @param heads of one encoder, so that their tables have the same rows */
export function joinHeads(heads: readonly Head[]): JointHeads {
  const labels = heads.flatMap((head) => head.labels);
  const vectorWeights = new Int16Array((heads[0]?.vectorSize ?? 0) * labels.length + BEHIND);
  const hashWeights = new Int8Array(HASH_SIZE * labels.length + BEHIND);
  const columns = new Map<Head, number>();
  let column = 0;
  for (const head of heads) {
    columns.set(head, column);
    const place = { column, width: labels.length, columns: head.labels.length };
    copyColumns(head.vectorWeights, vectorWeights, place);
    copyColumns(head.hashWeights, hashWeights, place);
    column += head.labels.length;
  }
  const weights = {
    labels,
    vectorWeights,
    hashWeights,
    vectorSteps: heads.flatMap((head) => head.vectorSteps),
    hashSteps: heads.flatMap((head) => head.hashSteps),
    biases: heads.flatMap((head) => head.biases),
  };
  return { weights, columns };
}

/** Labels are summed four at a time. A loop that may read behind its table is a quarter slower, so there is something. */
const BEHIND = 3;

/** Where a narrower table's columns go in a wider one. */
type Columns = { readonly column: number; readonly width: number; readonly columns: number };

function copyColumns<Table extends Int16Array | Int8Array>(
  from: Table,
  to: Table,
  { column, width, columns }: Columns,
): void {
  for (let start = 0, row = 0; start < from.length; start += columns, row += 1) {
    to.set(from.subarray(start, start + columns), row * width + column);
  }
}

/** @returns of each head what `scoreHead` gives */
export function scoreJointHeads(
  { weights, columns }: JointHeads,
  features: SegmentFeatures,
): ReadonlyMap<Head, LabelScore[]> {
  for (const head of columns.keys()) refuseOtherFeatures(head, features);
  const raw = rawScores(weights, features);
  const scores = new Map<Head, LabelScore[]>();
  for (const [head, column] of columns) {
    scores.set(head, toScores(head, raw.subarray(column, column + head.labels.length)));
  }
  return scores;
}
