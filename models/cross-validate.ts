import type { UnseenScores } from "./calibrate-scores.ts";
import { type FitInput, fitHead, type TrainingExample, targetsOf } from "./fit-head.ts";
import { scoreRow } from "./fit-linear.ts";
import { evidenceOf } from "./head.ts";
import { seededRandom, shuffledIndexes } from "./random.ts";

const FOLDS = 5;
/** Calibration learns nothing from more than these; at 40,000 examples one fold has them, and one fit does. */
const ENOUGH_UNSEEN = 5000;

export type Unseen = UnseenScores & {
  /** The examples that were scored, in order. */
  readonly examples: readonly TrainingExample[];
};

/**
 * Scores hand-labelled examples by models fitted without their fold: all examples, or as many folds as are enough.
 *
 * @param most how many unseen examples are enough
 */
export function crossValidate(
  examples: readonly TrainingExample[],
  input: FitInput,
  most = ENOUGH_UNSEEN,
): Unseen {
  const folds = assignFolds(examples, input.seed);
  const scores = new Map<number, Float64Array>();
  for (let fold = 0; fold < FOLDS && scores.size < most; fold += 1) {
    const others = examples.filter((_, index) => folds[index] !== fold);
    const model = fitHead(others, input);
    for (const [index, { features }] of examples.entries()) {
      if (folds[index] !== fold) continue;
      const { vector, buckets, values } = features;
      scores.set(
        index,
        evidenceOf(input.mode, scoreRow(model, { dense: vector, buckets, values })),
      );
    }
  }
  const order = [...scores].sort(([one], [other]) => one - other);
  const scored = order.flatMap(([index]) => examples[index] ?? []);
  return {
    mode: input.mode,
    labelCount: input.labels.length,
    scores: order.map(([, score]) => score),
    targets: scored.map((example) => targetsOf(example, input.labels)),
    weights: evenWeights(scored),
    examples: scored,
  };
}

/** @returns one per example, 1 on average, of the same sum for every source */
function evenWeights(examples: readonly TrainingExample[]): number[] {
  const counts = new Map<string | undefined, number>();
  for (const { source } of examples) counts.set(source, (counts.get(source) ?? 0) + 1);
  return examples.map(({ source }) => examples.length / counts.size / (counts.get(source) ?? 1));
}

/** Dealt round within each set of labels, so that every fold has some of each; a familiar example is in no fold. */
function assignFolds(examples: readonly TrainingExample[], seed: number): Int32Array {
  const folds = new Int32Array(examples.length).fill(-1);
  const dealt = new Map<string, number>();
  const ofGroup = new Map<string, number>();
  for (const index of shuffledIndexes(examples.length, seededRandom(seed))) {
    const example = examples[index];
    if (example === undefined || example.familiar === true) continue;
    const key = example.labels[0] ?? "";
    const count = dealt.get(key) ?? Math.floor((dealt.size * FOLDS) / 2);
    const fold = ofGroup.get(example.group ?? "") ?? count % FOLDS;
    folds[index] = fold;
    dealt.set(key, count + 1);
    if (example.group !== undefined) ofGroup.set(example.group, fold);
  }
  return folds;
}
