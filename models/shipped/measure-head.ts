import { type Evaluation, evaluateHead, evaluateJudged } from "../evaluate-head.ts";
import {
  ALL_FEATURES,
  CHARACTERS_ONLY,
  type FeatureScales,
  type Segment,
  segmentFeatures,
} from "../features.ts";
import { decideLabels, type Head } from "../head.ts";
import { type TrainedHead, trainHead } from "../train-head.ts";
import type { HeadPlan, PlannedText } from "./head-plans.ts";

export type HeadMeasure = {
  readonly name: string;
  readonly mode: Head["mode"];
  readonly written: number;
  readonly weak: number;
  /** On the written training lines, each scored by a model that had not seen it. */
  readonly crossValidated: Evaluation;
  readonly tests: readonly TestMeasure[];
};

export type TestMeasure = {
  readonly set: string;
  readonly head: Evaluation;
  /** The same trainer on character n-grams alone. */
  readonly characters: Evaluation;
  /** The most frequent label of the training lines, always. */
  readonly majority: Evaluation;
};

export type MeasureInput = {
  readonly plan: HeadPlan;
  readonly toSegment: (text: string) => Segment;
  readonly encoder: string;
  readonly seed: number;
};

export function measureHead(input: MeasureInput): { head: Head; measure: HeadMeasure } {
  const { plan, toSegment } = input;
  const shipped = trainPlan(input, ALL_FEATURES);
  const characters = trainPlan(input, CHARACTERS_ONLY);
  const featuresOf = (cases: readonly PlannedText[], scales: FeatureScales) =>
    cases.map(({ text, labels }) => ({
      features: segmentFeatures(toSegment(text), scales),
      labels,
    }));
  const tests = plan.tests.map(({ set, cases }) => ({
    set,
    head: evaluateHead(shipped.head, featuresOf(cases, ALL_FEATURES)),
    characters: evaluateHead(characters.head, featuresOf(cases, CHARACTERS_ONLY)),
    majority: evaluateMajority(plan, shipped.head, cases),
  }));
  const { examples, weakExamples } = shipped.head.origin;
  return {
    head: shipped.head,
    measure: {
      name: plan.name,
      mode: plan.mode,
      written: examples,
      weak: weakExamples,
      crossValidated: evaluateUnseen(shipped),
      tests,
    },
  };
}

function trainPlan({ plan, toSegment, encoder, seed }: MeasureInput, scales: FeatureScales) {
  const written = plan.written.map(({ text, labels }) => ({
    features: segmentFeatures(toSegment(text), scales),
    labels,
  }));
  const weak = plan.weak.map(({ text, labels }) => ({
    features: segmentFeatures(toSegment(text), scales),
    labels,
    weight: plan.weakWeight,
    weak: true,
  }));
  return trainHead([...written, ...weak], {
    name: plan.name,
    mode: plan.mode,
    labels: plan.labels,
    seed,
    origin: { encoder, licence: "Apache-2.0", data: plan.data },
  });
}

function evaluateUnseen({ head, unseen }: TrainedHead): Evaluation {
  return evaluateJudged(
    head.labels,
    unseen.map(({ labels, confidences }) => ({
      gold: labels,
      given: decideLabels(
        head,
        head.labels.map((label, index) => ({ label, confidence: confidences[index] ?? 0 })),
      ),
    })),
  );
}

function evaluateMajority(plan: HeadPlan, head: Head, cases: readonly PlannedText[]): Evaluation {
  const ranked = Object.entries(head.origin.counts).sort(([, one], [, other]) => other - one);
  const given = ranked
    .slice(0, 1)
    .map(([label, count]) => ({ label, confidence: count / head.origin.examples }));
  return evaluateJudged(
    plan.labels,
    cases.map(({ labels }) => ({ gold: labels, given })),
  );
}
