import type { LinearModel } from "./fit-linear.ts";
import type { Head } from "./head.ts";

const LARGEST_INT8 = 127;
const LARGEST_INT16 = 32_767;

/** Integers and, per label, what one unit is worth: a head of 40 labels is 1.3 MB instead of 5. */
export function quantizeWeights(
  model: LinearModel,
): Pick<Head, "vectorWeights" | "hashWeights" | "vectorSteps" | "hashSteps" | "biases"> {
  const labelCount = model.bias.length;
  const vectorSteps = stepsPerLabel(model.dense, labelCount, LARGEST_INT16);
  const hashSteps = stepsPerLabel(model.sparse, labelCount, LARGEST_INT8);
  return {
    vectorWeights: Int16Array.from(model.dense, (weight, at) =>
      Math.round(weight / (vectorSteps[at % labelCount] ?? 1)),
    ),
    hashWeights: Int8Array.from(model.sparse, (weight, at) =>
      Math.round(weight / (hashSteps[at % labelCount] ?? 1)),
    ),
    vectorSteps,
    hashSteps,
    biases: Array.from(model.bias),
  };
}

/** A label without weights has step 1, so that nothing is divided by 0. */
function stepsPerLabel(weights: Float32Array, labelCount: number, largest: number): number[] {
  const peaks = Array.from({ length: labelCount }, () => 0);
  for (const [at, weight] of weights.entries()) {
    const label = at % labelCount;
    peaks[label] = Math.max(peaks[label] ?? 0, Math.abs(weight));
  }
  return peaks.map((peak) => (peak === 0 ? 1 : peak / largest));
}
