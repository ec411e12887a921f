import type { SegmentFeatures } from "./features.ts";
import { decideLabels, type Head, type LabelScore, scoreHead } from "./head.ts";

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
  readonly perLabel: Readonly<Record<string, LabelQuality>>;
};

/** One case: what is true and what was given, each given label with its confidence. */
export type Judged = {
  readonly gold: readonly string[];
  readonly given: readonly LabelScore[];
};

export function evaluateHead(
  head: Head,
  cases: readonly { readonly features: SegmentFeatures; readonly labels: readonly string[] }[],
): Evaluation {
  return evaluateJudged(
    head.labels,
    cases.map(({ features, labels }) => ({
      gold: labels,
      given: decideLabels(head, scoreHead(head, features)),
    })),
  );
}

export function evaluateJudged(labels: readonly string[], cases: readonly Judged[]): Evaluation {
  const counts = labels.map((label) => ({ label, ...countOutcomes(label, cases) }));
  const perLabel = counts.map(({ label, ...count }) => [label, qualityOf(count)] as const);
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

function isExact({ gold, given }: Judged): boolean {
  return gold.length === given.length && given.every(({ label }) => gold.includes(label));
}

const BINS = 10;

function calibrationError(cases: readonly Judged[]): number {
  const bins = Array.from({ length: BINS }, () => ({ right: 0, confidence: 0 }));
  let total = 0;
  for (const { gold, given } of cases) {
    for (const { label, confidence } of given) {
      const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))];
      if (bin === undefined) continue;
      bin.right += gold.includes(label) ? 1 : 0;
      bin.confidence += confidence;
      total += 1;
    }
  }
  return ratio(
    bins.reduce((sum, { right, confidence }) => sum + Math.abs(right - confidence), 0),
    total,
  );
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
