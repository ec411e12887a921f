import { shuffledIndexes } from "../random.ts";
import {
  decodeTags,
  newWeights,
  scoresOf,
  TAG_COUNT,
  type TagWeights,
  WEIGHED,
} from "./decode-tags.ts";
import { FEATURES, type UnitFeatures } from "./tag-features.ts";

export type TaggedText = { readonly features: UnitFeatures; readonly tags: Uint8Array };

/**
 * The averaged perceptron (Collins 2002): where the decoded row is wrong, the right row's features gain what the wrong
 * one's lose; the mean over all steps is kept, because the last one hangs on the last mistakes.
 *
 * @param margin given to nothing while training: finds must win by as much, so that both sides are learned firmly
 */
export function trainTags(
  texts: readonly TaggedText[],
  {
    epochs,
    random,
    margin,
  }: { readonly epochs: number; readonly random: () => number; readonly margin: number },
): TagWeights {
  const weights = newWeights();
  const sums = newWeights();
  const scores = scoresOf(weights);
  let step = 1;
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    for (const index of shuffledIndexes(texts.length, random)) {
      const text = texts[index];
      if (text === undefined) continue;
      const isEmpty = text.tags.every((tag) => tag === 0);
      const decoded = decodeTags(text.features, scores, isEmpty ? -margin : margin);
      learn(text, decoded, { weights, sums, step });
      step += 1;
    }
  }
  return {
    buckets: weights.buckets.map((weight, at) => weight - (sums.buckets[at] ?? 0) / step),
    steps: weights.steps.map((weight, at) => weight - (sums.steps[at] ?? 0) / step),
  };
}

type State = {
  readonly weights: ReturnType<typeof newWeights>;
  readonly sums: ReturnType<typeof newWeights>;
  readonly step: number;
};

function learn({ features, tags }: TaggedText, decoded: Uint8Array, state: State): void {
  for (let at = 0; at < tags.length; at += 1) {
    const [right, wrong] = [tags[at] ?? 0, decoded[at] ?? 0];
    const [before, beforeWrong] = [tags[at - 1] ?? 0, decoded[at - 1] ?? 0];
    if (right !== wrong) {
      moveBuckets(features.buckets, { at, tag: right, by: 1 }, state);
      moveBuckets(features.buckets, { at, tag: wrong, by: -1 }, state);
    }
    if (right !== wrong || before !== beforeWrong) {
      move(state, "steps", before * TAG_COUNT + right, 1);
      move(state, "steps", beforeWrong * TAG_COUNT + wrong, -1);
    }
  }
}

function moveBuckets(
  buckets: Int32Array,
  { at, tag, by }: { readonly at: number; readonly tag: number; readonly by: number },
  state: State,
): void {
  if (tag === 0) return;
  for (let slot = at * FEATURES; slot < (at + 1) * FEATURES; slot += 1)
    move(state, "buckets", (buckets[slot] ?? 0) * WEIGHED + tag - 1, by);
}

function move({ weights, sums, step }: State, part: "buckets" | "steps", at: number, by: number) {
  weights[part][at] = (weights[part][at] ?? 0) + by;
  sums[part][at] = (sums[part][at] ?? 0) + by * step;
}
