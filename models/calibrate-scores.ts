import { type Calibration, type Head, softplus } from "./head.ts";

/** Evidence (see `evidenceOf`) about examples that the scoring model had not seen. */
export type UnseenScores = {
  readonly mode: Head["mode"];
  readonly labelCount: number;
  /** One array per example, one score per label. */
  readonly scores: readonly Float64Array[];
  /** The same shape, 0 or 1. */
  readonly targets: readonly Uint8Array[];
  /** One per example, 1 on average: how much it counts for a "multi" head. */
  readonly weights: readonly number[];
};

/** How many examples' worth of evidence the curve that all labels share, or an offset, needs to leave what it starts from. */
const SHARED_STRENGTH = 5;
/** The same for a label's own curve and the shared one: 100 is better than 5 on files that were left out (EXPERIMENTS.md). */
const OWN_STRENGTH = 100;
/** What no examples speak against: evidence is a log-odds already. */
const AS_IT_IS: Curve = [1, 1, 0];

const STEPS = 300;
const PACE = 0.05;
/** A slope of at least this keeps calibration monotone: a higher score is never less sure. */
const SMALLEST_SLOPE = 0.05;

/** "single": one temperature and an offset per label. "multi": a curve per label. */
export function fitCalibration(unseen: UnseenScores): Calibration[] {
  return unseen.mode === "single" ? fitTemperature(unseen) : fitCurves(unseen);
}

/** Slope above no evidence, slope below it, offset. */
type Curve = readonly [number, number, number];

type Column = {
  readonly scores: Float64Array;
  readonly targets: Uint8Array;
  readonly weights: readonly number[];
};

function fitCurves({ labelCount, scores, targets, weights }: UnseenScores): Calibration[] {
  const columns = Array.from({ length: labelCount }, (_, label) => ({
    scores: Float64Array.from(scores, (row) => row[label] ?? 0),
    targets: Uint8Array.from(targets, (row) => row[label] ?? 0),
    weights,
  }));
  const all = {
    scores: Float64Array.from(columns.flatMap((column) => [...column.scores])),
    targets: Uint8Array.from(columns.flatMap((column) => [...column.targets])),
    weights: columns.flatMap(() => weights),
  };
  const shared = fitCurve(all, AS_IT_IS, SHARED_STRENGTH);
  return columns.map((column) => {
    const [slopeAbove, slope, offset] = fitCurve(column, shared, OWN_STRENGTH);
    return { slope, slopeAbove, offset };
  });
}

/** Beta calibration (Kull et al. 2017): evidence for a label and evidence against it are not stretched alike. */
function fitCurve({ scores, targets, weights }: Column, prior: Curve, strength: number): Curve {
  const above = scores.map(softplus);
  const below = scores.map((score) => -softplus(-score));
  const gradientAt = ([forAbove = 0, forBelow = 0, offset = 0]: readonly number[]) => {
    const gradient: [number, number, number] = [0, 0, 0];
    for (let row = 0; row < scores.length; row += 1) {
      const [up, down] = [above[row] ?? 0, below[row] ?? 0];
      const probability = 1 / (1 + Math.exp(-(forAbove * up + forBelow * down + offset)));
      const error = (probability - (targets[row] ?? 0)) * (weights[row] ?? 0);
      gradient[0] += error * up;
      gradient[1] += error * down;
      gradient[2] += error;
    }
    const pulls = [forAbove - prior[0], forBelow - prior[1], offset - prior[2]];
    return gradient.map((sum, index) => (sum + strength * (pulls[index] ?? 0)) / scores.length);
  };
  const [forAbove, forBelow, offset] = minimise({ start: prior, slopes: 2, gradientAt });
  return [forAbove ?? 1, forBelow ?? 1, offset ?? 0];
}

function fitTemperature({ labelCount, scores, targets }: UnseenScores): Calibration[] {
  const start = [1, ...Array.from({ length: labelCount }, () => 0)];
  const errors = new Float64Array(labelCount);
  const gradientAt = ([slope = 1, ...offsets]: readonly number[]) => {
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
    return Array.from(gradient, (sum, index) => {
      const pull = index === 0 ? 0 : SHARED_STRENGTH * (offsets[index - 1] ?? 0);
      return (sum + pull) / scores.length;
    });
  };
  const [slope = 1, ...offsets] = minimise({ start, slopes: 1, gradientAt });
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

type Minimum = {
  readonly start: readonly number[];
  /** So many parameters, the first ones, are slopes and stay positive. */
  readonly slopes: number;
  readonly gradientAt: (parameters: readonly number[]) => readonly number[];
};

/** Adam (Kingma and Ba 2015) with a falling pace. */
function minimise({ start, slopes, gradientAt }: Minimum): number[] {
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
      return index < slopes ? Math.max(SMALLEST_SLOPE, moved) : moved;
    });
  }
  return parameters;
}
