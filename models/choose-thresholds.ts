import type { UnseenScores } from "./calibrate-scores.ts";
import { type Calibration, calibrate } from "./head.ts";

/** Of the tags of a label that are shown, at least this share shall be right: two in three. */
const RIGHT_ENOUGH = 2 / 3;
/** No threshold is lower: what is likelier wrong than right by half again is a guess. */
const LOWEST_THRESHOLD = 0.4;
/** Nor higher: a tag of this confidence is right two times in three by itself, that is what calibrated means. */
const HIGHEST_THRESHOLD = RIGHT_ENOUGH;
/** With fewer examples of a label its own threshold is noise: the pooled one is used. */
const ENOUGH_POSITIVES = 20;
const FEWEST_SHOWN = 10;

/**
 * Below its threshold a label is not shown. "single": the lowest at which two in three of the tags shown, among
 * examples whose surest label it is, are right. "multi": of those, the one that is best for the label's F1.
 *
 * @returns one confidence in [0.4, 2/3] per label
 */
export function chooseThresholds(
  unseen: UnseenScores,
  calibration: readonly Calibration[],
): number[] {
  const confidences = unseen.scores.map((scores) => calibrate(unseen.mode, scores, calibration));
  const columns = Array.from({ length: unseen.labelCount }, (_, label) =>
    confidences.flatMap((row, example): Pair[] => {
      const confidence = row[label] ?? 0;
      if (unseen.mode === "single" && confidence < Math.max(...row)) return [];
      return [{ confidence, target: unseen.targets[example]?.[label] ?? 0 }];
    }),
  );
  const place = unseen.mode === "single" ? lowestRightEnough : bestForF1;
  const pooled = place(columns.flat(), HIGHEST_THRESHOLD);
  return columns.map((pairs) => {
    const positives = pairs.filter(({ target }) => target === 1).length;
    if (positives < ENOUGH_POSITIVES) return pooled;
    // Halfway to the pooled one: fifty examples place an optimum only roughly.
    return unseen.mode === "single" ? place(pairs, pooled) : (place(pairs, pooled) + pooled) / 2;
  });
}

type Pair = { readonly target: number; readonly confidence: number };

type Cut = { readonly threshold: number; readonly hits: number; readonly shown: number };

function lowestRightEnough(pairs: readonly Pair[], otherwise: number): number {
  const allowed = cutsOf(pairs).filter(isRightEnough);
  return allowed.reduce((lowest, { threshold }) => Math.min(lowest, threshold), otherwise);
}

function bestForF1(pairs: readonly Pair[], otherwise: number): number {
  const positives = pairs.filter(({ target }) => target === 1).length;
  let best = { f1: 0, threshold: otherwise };
  for (const cut of cutsOf(pairs).filter(isRightEnough)) {
    const f1 = (2 * cut.hits) / (cut.shown + positives);
    if (f1 > best.f1) best = { f1, threshold: cut.threshold };
  }
  return best.threshold;
}

function isRightEnough({ hits, shown }: Cut): boolean {
  return shown >= FEWEST_SHOWN && hits >= RIGHT_ENOUGH * shown;
}

/** Every allowed threshold that tells two confidences apart, and the lowest of all: highest first. */
function cutsOf(pairs: readonly Pair[]): Cut[] {
  const ranked = pairs
    .filter(({ confidence }) => confidence >= LOWEST_THRESHOLD)
    .sort((one, other) => other.confidence - one.confidence);
  const cuts: Cut[] = [];
  let hits = 0;
  for (const [index, { target, confidence }] of ranked.entries()) {
    hits += target;
    const next = ranked[index + 1]?.confidence ?? LOWEST_THRESHOLD;
    const isLast = index === ranked.length - 1;
    const threshold = isLast ? LOWEST_THRESHOLD : (confidence + next) / 2;
    if (threshold > HIGHEST_THRESHOLD || (!isLast && next === confidence)) continue;
    cuts.push({ threshold, hits, shown: index + 1 });
  }
  return cuts;
}
