import { offsetConfidence } from "./desk-offset.ts";
import { decideLabels, type Head, type LabelScore } from "./head.ts";

export type LabelQuality = {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly support: number;
};

export type Evaluation = {
  readonly n: number;
  /** Exact match of the whole set of labels for a "multi" head. */
  readonly accuracy: number;
  /** Mean over the labels that occur in the cases. */
  readonly macroF1: number;
  readonly microF1: number;
  /** Expected calibration error of the labels given: the mean gap between confidence and being right. */
  readonly ece: number;
  /** Share of the cases that are shown, and accuracy among them; the figures above count all cases. */
  readonly coverage: number;
  readonly shownAccuracy: number;
  readonly perLabel: Readonly<Record<string, LabelQuality>>;
};

/** One case: what is true and what was given, each given label with its confidence. */
export type Judged = {
  readonly gold: readonly string[];
  /** The surest label of a "single" head even where it abstains; what a "multi" head gives. */
  readonly given: readonly LabelScore[];
  /** Whether the product would show it: a "single" head abstains below its threshold. */
  readonly shown: boolean;
};

export function judge(
  head: Pick<Head, "mode" | "thresholds" | "offset">,
  gold: readonly string[],
  scores: readonly LabelScore[],
): Judged {
  const decided = decideLabels(head, scores);
  if (head.mode === "multi") return { gold, given: decided, shown: true };
  const surest = [...scores]
    .sort((one, other) => other.confidence - one.confidence)
    .slice(0, 1)
    .map(({ label, confidence }) => ({
      label,
      confidence: offsetConfidence(confidence, head.offset ?? 0),
    }));
  return { gold, given: surest, shown: decided.length > 0 };
}

export function evaluateJudged(labels: readonly string[], cases: readonly Judged[]): Evaluation {
  const counts = labels.map((label) => ({ label, ...countOutcomes(label, cases) }));
  const perLabel = counts.map(({ label, ...count }) => [label, qualityOf(count)] as const);
  const shown = cases.filter((judged) => judged.shown);
  const present = perLabel.filter(([, quality]) => quality.support > 0);
  const total = counts.reduce(
    (sum, { hits, given, support }) => ({
      hits: sum.hits + hits,
      given: sum.given + given,
      support: sum.support + support,
    }),
    { hits: 0, given: 0, support: 0 },
  );
  return {
    n: cases.length,
    accuracy: ratio(cases.filter(isExact).length, cases.length),
    coverage: ratio(shown.length, cases.length),
    shownAccuracy: ratio(shown.filter(isExact).length, shown.length),
    macroF1: ratio(
      present.reduce((sum, [, quality]) => sum + quality.f1, 0),
      present.length,
    ),
    microF1: qualityOf(total).f1,
    ece: calibrationError(cases),
    perLabel: Object.fromEntries(perLabel),
  };
}

type Outcomes = { readonly hits: number; readonly given: number; readonly support: number };

function countOutcomes(label: string, cases: readonly Judged[]): Outcomes {
  const isGiven = (judged: Judged) => judged.given.some((each) => each.label === label);
  return {
    hits: cases.filter((judged) => judged.gold.includes(label) && isGiven(judged)).length,
    given: cases.filter(isGiven).length,
    support: cases.filter((judged) => judged.gold.includes(label)).length,
  };
}

function qualityOf({ hits, given, support }: Outcomes): LabelQuality {
  return {
    precision: ratio(hits, given),
    recall: ratio(hits, support),
    f1: ratio(2 * hits, given + support),
    support,
  };
}

export function isExact({ gold, given }: Judged): boolean {
  return gold.length === given.length && given.every(({ label }) => gold.includes(label));
}

const BINS = 10;

/** Labels given with a confidence in one tenth of [0, 1]: how sure they were on average, how many were right. */
export type ReliabilityBin = {
  readonly count: number;
  readonly confidence: number;
  readonly right: number;
};

/** @returns ten bins, [0, 0.1) first; the last holds 1 too */
export function reliabilityBins(cases: readonly Judged[]): ReliabilityBin[] {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { gold, given } of cases) {
    for (const { label, confidence } of given) {
      const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))];
      if (bin === undefined) continue;
      bin.count += 1;
      bin.confidence += confidence;
      bin.right += gold.includes(label) ? 1 : 0;
    }
  }
  return bins.map(({ count, confidence, right }) => ({
    count,
    confidence: ratio(confidence, count),
    right: ratio(right, count),
  }));
}

/** How far a head of these confidences would seem to be off if it were right exactly as often as it says. */
export function chanceError(cases: readonly Judged[], random: () => number): number {
  const drawn = Array.from({ length: CHANCE_DRAWS }, () =>
    calibrationError(
      cases.map((judged) => {
        const right = judged.given.filter(({ confidence }) => random() < confidence);
        return { ...judged, gold: right.map(({ label }) => label) };
      }),
    ),
  );
  return drawn.reduce((sum, error) => sum + error, 0) / CHANCE_DRAWS;
}

/** Of 30 tags, 200 draws place the mean to 0.005. */
const CHANCE_DRAWS = 200;

function calibrationError(cases: readonly Judged[]): number {
  const bins = reliabilityBins(cases);
  return ratio(
    bins.reduce(
      (sum, { count, confidence, right }) => sum + count * Math.abs(right - confidence),
      0,
    ),
    bins.reduce((sum, { count }) => sum + count, 0),
  );
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/** Counts of one label: right answers, answers, truths. */
export const COUNTS = 3;

/** Which counts, label by label, one case adds one to, and whether it is right as a whole. */
export type Tally = { readonly isExact: boolean; readonly slots: readonly number[] };

/** A case told so briefly that a thousand resamples can be counted. */
export function tallyJudged(labels: readonly string[], judged: Judged): Tally {
  const given = new Set(judged.given.map(({ label }) => label));
  const slots = labels.flatMap((label, index) => {
    const isGold = judged.gold.includes(label);
    const counted = [given.has(label) && isGold, given.has(label), isGold];
    return counted.flatMap((counts, which) => (counts ? [index * COUNTS + which] : []));
  });
  return { isExact: isExact(judged), slots };
}
