/** A tag that a person called right or wrong, with the confidence that its head gave it before any offset. */
export type JudgedTag = { readonly confidence: number; readonly isRight: boolean };

export type DeskOffset = {
  /** Added to the log-odds of a head's confidence. */
  readonly offset: number;
  /** How far mean confidence and the share of right ones still lie apart on other tags of the same desk: root mean square. */
  readonly usualGap: number;
};

/** Twenty bring a gap of .10 to .07, a hundred to .04 (decision 033); with fewer there is little to tell. */
export const FEWEST_JUDGED = 20;

/** As of a label's own curve, see `fitCalibration`: the offset is held to 0 as if by so many examples. */
const PRIOR_STRENGTH = 5;
/** Newton's steps on a convex function of one number: five are enough, wherever it begins. */
const STEPS = 30;
/** No confidence of 0 or 1 is known better than this. */
const SUREST = 1e-6;

/**
 * What moves a head's confidences to where a desk found its tags right: one number, for a hundred judgements know no
 * more. Fitted on what the head says before any offset, so the same judgements give the same offset however often they
 * are read, and those made under another offset count alike.
 */
export function fitDeskOffset(judged: readonly JudgedTag[]): DeskOffset {
  const logits = judged.map(({ confidence }) => logitOf(confidence));
  const hits = judged.filter(({ isRight }) => isRight).length;
  let offset = 0;
  for (let step = 0; step < STEPS; step += 1) {
    const { sum, spread } = momentsAt(logits, offset);
    const move = (hits - sum - PRIOR_STRENGTH * offset) / (spread + PRIOR_STRENGTH);
    // A whole step from far away overshoots.
    offset += Math.max(-1, Math.min(1, move));
  }
  const { spread } = momentsAt(logits, offset);
  const error = Math.hypot(Math.sqrt(spread), PRIOR_STRENGTH * offset) / (spread + PRIOR_STRENGTH);
  return { offset, usualGap: judged.length === 0 ? 1 : (error * spread) / judged.length };
}

/** Sum of the confidences, and of their variances. */
function momentsAt(logits: readonly number[], offset: number) {
  let [sum, spread] = [0, 0];
  for (const logit of logits) {
    const probability = probabilityOf(logit + offset);
    sum += probability;
    spread += probability * (1 - probability);
  }
  return { sum, spread };
}

/** @returns to the bit what it was given where there is no offset */
export function offsetConfidence(confidence: number, offset: number): number {
  return offset === 0 ? confidence : probabilityOf(logitOf(confidence) + offset);
}

function logitOf(confidence: number): number {
  const kept = Math.min(1 - SUREST, Math.max(SUREST, confidence));
  return Math.log(kept / (1 - kept));
}

function probabilityOf(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
