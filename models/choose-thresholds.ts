import type { UnseenScores } from "./calibrate-scores.ts";
import { type Calibration, calibrate } from "./head.ts";

/**
 * No threshold is lower. Of several labels 0.35 is best on files left out (EXPERIMENTS.md); of one label out of several, what is
 * likelier wrong than right by half again is a guess.
 */
const LOWEST_THRESHOLDS = { single: 0.4, multi: 0.35 };
/** With fewer examples of a label its own threshold is noise: the pooled one is used. */
const ENOUGH_POSITIVES = 20;
const FEWEST_SHOWN = 10;

/**
 * Below its threshold a label is not shown. "single": the lowest at which enough of the tags shown, among examples
 * whose surest label it is, are right. "multi": of those, the one that is best for the label's F1.
 *
 * @param rightEnough the share of the shown tags of a label that shall be right; also the highest threshold: a tag of
 *   that confidence is right so often by itself, that is what calibrated means
 * @returns one confidence in [lowest, rightEnough] per label
 */
export function chooseThresholds(
  unseen: UnseenScores,
  calibration: readonly Calibration[],
  rightEnough: number,
): number[] {
  const confidences = unseen.scores.map((scores) => calibrate(unseen.mode, scores, calibration));
  const columns = Array.from({ length: unseen.labelCount }, (_, label) =>
    confidences.flatMap((row, example): Pair[] => {
      const confidence = row[label] ?? 0;
      if (unseen.mode === "single" && confidence < Math.max(...row)) return [];
      return [{ confidence, target: unseen.targets[example]?.[label] ?? 0 }];
    }),
  );
  const choose = unseen.mode === "single" ? lowestAllowed : bestForF1;
  const place = (pairs: readonly Pair[], otherwise: number) =>
    choose(pairs, allowedCuts(pairs, LOWEST_THRESHOLDS[unseen.mode], rightEnough), otherwise);
  const pooled = place(columns.flat(), rightEnough);
  return columns.map((pairs) => {
    const positives = pairs.filter(({ target }) => target === 1).length;
    if (positives < ENOUGH_POSITIVES) return pooled;
    // Halfway to the pooled one: fifty examples place an optimum only roughly.
    return unseen.mode === "single" ? place(pairs, pooled) : (place(pairs, pooled) + pooled) / 2;
  });
}

type Pair = { readonly target: number; readonly confidence: number };

type Cut = { readonly threshold: number; readonly hits: number; readonly shown: number };

function lowestAllowed(
  _pairs: readonly Pair[],
  allowed: readonly Cut[],
  otherwise: number,
): number {
  return allowed.reduce((least, { threshold }) => Math.min(least, threshold), otherwise);
}

function bestForF1(pairs: readonly Pair[], allowed: readonly Cut[], otherwise: number): number {
  const positives = pairs.filter(({ target }) => target === 1).length;
  let best = { f1: 0, threshold: otherwise };
  for (const cut of allowed) {
    const f1 = (2 * cut.hits) / (cut.shown + positives);
    if (f1 > best.f1) best = { f1, threshold: cut.threshold };
  }
  return best.threshold;
}

function allowedCuts(pairs: readonly Pair[], lowest: number, rightEnough: number): Cut[] {
  return cutsOf(pairs, lowest, rightEnough).filter(
    ({ hits, shown }) => shown >= FEWEST_SHOWN && hits >= rightEnough * shown,
  );
}

/** Every allowed threshold that tells two confidences apart, and the lowest of all: highest first. */
function cutsOf(pairs: readonly Pair[], lowest: number, highest: number): Cut[] {
  const ranked = pairs
    .filter(({ confidence }) => confidence >= lowest)
    .sort((one, other) => other.confidence - one.confidence);
  const cuts: Cut[] = [];
  let hits = 0;
  for (const [index, { target, confidence }] of ranked.entries()) {
    hits += target;
    const next = ranked[index + 1]?.confidence ?? lowest;
    const isLast = index === ranked.length - 1;
    const threshold = isLast ? lowest : (confidence + next) / 2;
    if (threshold > highest || (!isLast && next === confidence)) continue;
    cuts.push({ threshold, hits, shown: index + 1 });
  }
  return cuts;
}
