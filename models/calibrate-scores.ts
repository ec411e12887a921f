import { type Calibration, calibrate, type Head } from "./head.ts";

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

const STEPS = 400;
const PACE = 0.05;
/** A slope of at least this keeps calibration monotone: a higher score is never less sure. */
const SMALLEST_SLOPE = 0.05;

/** "single": one temperature and an offset per label. "multi": Platt's sigmoid per label, or pooled. */
export function fitCalibration(unseen: UnseenScores): Calibration[] {
  return unseen.mode === "single" ? fitTemperature(unseen) : fitSigmoids(unseen);
}

/** Thresholds stay in here: lower would tag on a guess, higher would hide what the head does know. */
const LOWEST_THRESHOLD = 0.4;
const HIGHEST_THRESHOLD = 0.65;

/** The confidence from which giving each label was best for its F1. */
export function chooseThresholds(
  unseen: UnseenScores,
  calibration: readonly Calibration[],
): number[] {
  if (unseen.mode === "single") return Array.from({ length: unseen.labelCount }, () => 0);
  const confidences = unseen.scores.map((scores) => calibrate("multi", scores, calibration));
  const everyPair = unseen.targets.flatMap((targets, row) =>
    Array.from(targets, (target, label) => ({
      target,
      confidence: confidences[row]?.[label] ?? 0,
    })),
  );
  const pooled = bestThreshold(everyPair, 0.5);
  return Array.from({ length: unseen.labelCount }, (_, label) => {
    const own = unseen.targets.map((targets, row) => ({
      target: targets[label] ?? 0,
      confidence: confidences[row]?.[label] ?? 0,
    }));
    const positives = own.filter(({ target }) => target === 1).length;
    if (positives < ENOUGH_POSITIVES) return pooled;
    // Halfway to the pooled one: fifty examples place a maximum of F1 only roughly.
    return (bestThreshold(own, pooled) + pooled) / 2;
  });
}

type Pair = { readonly target: number; readonly confidence: number };

function bestThreshold(pairs: readonly Pair[], otherwise: number): number {
  const ranked = [...pairs].sort((one, other) => other.confidence - one.confidence);
  const positives = ranked.filter(({ target }) => target === 1).length;
  let best = { f1: 0, threshold: otherwise };
  let hits = 0;
  for (const [index, { target, confidence }] of ranked.entries()) {
    hits += target;
    const next = ranked[index + 1]?.confidence ?? 0;
    const threshold = (confidence + next) / 2;
    const f1 = (2 * hits) / (index + 1 + positives);
    const allowed = threshold >= LOWEST_THRESHOLD && threshold <= HIGHEST_THRESHOLD;
    if (allowed && next < confidence && f1 > best.f1) best = { f1, threshold };
  }
  return best.threshold;
}

function fitSigmoids(unseen: UnseenScores): Calibration[] {
  const columns = Array.from({ length: unseen.labelCount }, (_, label) => ({
    scores: unseen.scores.map((scores) => scores[label] ?? 0),
    targets: unseen.targets.map((targets) => targets[label] ?? 0),
  }));
  const pooled = fitSigmoid(
    columns.flatMap(({ scores }) => scores),
    columns.flatMap(({ targets }) => targets),
  );
  return columns.map(({ scores, targets }) => {
    const positives = targets.filter((target) => target === 1).length;
    return positives < ENOUGH_POSITIVES ? pooled : fitSigmoid(scores, targets);
  });
}

/** Platt (1999), with his softened targets. */
function fitSigmoid(scores: readonly number[], targets: readonly number[]): Calibration {
  const positives = targets.filter((target) => target === 1).length;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (targets.length - positives + 2);
  const [slope, offset] = minimise([1, 0], ([slope = 1, offset = 0]) => {
    let forSlope = 0;
    let forOffset = 0;
    for (const [row, score] of scores.entries()) {
      const wanted = targets[row] === 1 ? high : low;
      const error = 1 / (1 + Math.exp(-(slope * score + offset))) - wanted;
      forSlope += error * score;
      forOffset += error;
    }
    return [forSlope / scores.length, forOffset / scores.length];
  });
  return { slope: slope ?? 1, offset: offset ?? 0 };
}

function fitTemperature(unseen: UnseenScores): Calibration[] {
  const { labelCount, scores, targets } = unseen;
  const start = [1, ...Array.from({ length: labelCount }, () => 0)];
  const toCalibration = ([slope = 1, ...offsets]: readonly number[]) =>
    offsets.map((offset) => ({ slope, offset }));
  const fitted = minimise(start, (parameters) => {
    const gradient = parameters.map(() => 0);
    const calibration = toCalibration(parameters);
    for (const [row, raw] of scores.entries()) {
      const confidences = calibrate("single", raw, calibration);
      for (let label = 0; label < labelCount; label += 1) {
        const error = (confidences[label] ?? 0) - (targets[row]?.[label] ?? 0);
        gradient[0] = (gradient[0] ?? 0) + (error * (raw[label] ?? 0)) / scores.length;
        gradient[label + 1] = (gradient[label + 1] ?? 0) + error / scores.length;
      }
    }
    return gradient;
  });
  return toCalibration(fitted);
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
