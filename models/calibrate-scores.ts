import type { Calibration, Head } from "./head.ts";

/** Evidence (see `evidenceOf`) about examples that the scoring model had not seen. */
export type UnseenScores = {
  readonly mode: Head["mode"];
  readonly labelCount: number;
  /** One array per example, one score per label. */
  readonly scores: readonly Float64Array[];
  /** The same shape, 0 or 1. */
  readonly targets: readonly Uint8Array[];
};

/** With fewer positive examples a label's own curve is noise: the pooled one is used. */
const ENOUGH_POSITIVES = 20;

const STEPS = 300;
const PACE = 0.05;
/** A slope of at least this keeps calibration monotone: a higher score is never less sure. */
const SMALLEST_SLOPE = 0.05;

/** "single": one temperature and an offset per label. "multi": Platt's sigmoid per label, or pooled. */
export function fitCalibration(unseen: UnseenScores): Calibration[] {
  return unseen.mode === "single" ? fitTemperature(unseen) : fitSigmoids(unseen);
}

function fitSigmoids(unseen: UnseenScores): Calibration[] {
  const columns = Array.from({ length: unseen.labelCount }, (_, label) => ({
    scores: Float64Array.from(unseen.scores, (scores) => scores[label] ?? 0),
    targets: Uint8Array.from(unseen.targets, (targets) => targets[label] ?? 0),
  }));
  const pooled = fitSigmoid(
    Float64Array.from(columns.flatMap(({ scores }) => [...scores])),
    Uint8Array.from(columns.flatMap(({ targets }) => [...targets])),
  );
  return columns.map(({ scores, targets }) =>
    sumOf(targets) < ENOUGH_POSITIVES ? pooled : fitSigmoid(scores, targets),
  );
}

/** Platt (1999), with his softened targets. */
function fitSigmoid(scores: Float64Array, targets: Uint8Array): Calibration {
  const positives = sumOf(targets);
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (targets.length - positives + 2);
  const [slope = 1, offset = 0] = minimise([1, 0], ([slope = 1, offset = 0]) => {
    let forSlope = 0;
    let forOffset = 0;
    for (let row = 0; row < scores.length; row += 1) {
      const score = scores[row] ?? 0;
      const wanted = targets[row] === 1 ? high : low;
      const error = 1 / (1 + Math.exp(-(slope * score + offset))) - wanted;
      forSlope += error * score;
      forOffset += error;
    }
    return [forSlope / scores.length, forOffset / scores.length];
  });
  return { slope, offset };
}

function sumOf(targets: Uint8Array): number {
  return targets.reduce((sum, target) => sum + target, 0);
}

function fitTemperature({ labelCount, scores, targets }: UnseenScores): Calibration[] {
  const start = [1, ...Array.from({ length: labelCount }, () => 0)];
  const errors = new Float64Array(labelCount);
  const [slope = 1, ...offsets] = minimise(start, ([slope = 1, ...offsets]) => {
    const gradient = new Float64Array(labelCount + 1);
    for (let row = 0; row < scores.length; row += 1) {
      const raw = scores[row] ?? errors;
      probabilitiesInto(errors, raw, slope, offsets);
      for (let label = 0; label < labelCount; label += 1) {
        const error = (errors[label] ?? 0) - (targets[row]?.[label] ?? 0);
        gradient[0] = (gradient[0] ?? 0) + error * (raw[label] ?? 0);
        gradient[label + 1] = (gradient[label + 1] ?? 0) + error;
      }
    }
    return Array.from(gradient, (sum) => sum / scores.length);
  });
  return offsets.map((offset) => ({ slope, offset }));
}

/** The softmax of `calibrate`, without new arrays: it runs a million times. */
function probabilitiesInto(
  into: Float64Array,
  raw: Float64Array,
  slope: number,
  offsets: readonly number[],
): void {
  let largest = -Infinity;
  for (let label = 0; label < into.length; label += 1) {
    const logit = slope * (raw[label] ?? 0) + (offsets[label] ?? 0);
    into[label] = logit;
    if (logit > largest) largest = logit;
  }
  let total = 0;
  for (let label = 0; label < into.length; label += 1) {
    const share = Math.exp((into[label] ?? 0) - largest);
    into[label] = share;
    total += share;
  }
  for (let label = 0; label < into.length; label += 1) into[label] = (into[label] ?? 0) / total;
}

/** Adam (Kingma and Ba 2015) with a falling pace. The first parameter is a slope and stays positive. */
function minimise(
  start: readonly number[],
  gradientAt: (parameters: readonly number[]) => readonly number[],
): number[] {
  let parameters = [...start];
  const mean = start.map(() => 0);
  const square = start.map(() => 0);
  for (let step = 1; step <= STEPS; step += 1) {
    const gradient = gradientAt(parameters);
    const pace = PACE * (1 - step / (STEPS + 1));
    parameters = parameters.map((parameter, index) => {
      const slope = gradient[index] ?? 0;
      const first = 0.9 * (mean[index] ?? 0) + 0.1 * slope;
      const second = 0.99 * (square[index] ?? 0) + 0.01 * slope * slope;
      mean[index] = first;
      square[index] = second;
      const move = first / (1 - 0.9 ** step) / (Math.sqrt(second / (1 - 0.99 ** step)) + 1e-9);
      const moved = parameter - pace * move;
      return index === 0 ? Math.max(SMALLEST_SLOPE, moved) : moved;
    });
  }
  return parameters;
}
