import { type FeatureScales, type Segment, segmentFeatures } from "../features.ts";
import type { Head } from "../head.ts";
import { trainHead } from "../train-head.ts";
import type { HeadPlan, PlannedText } from "./head-plans.ts";

export type TrainPlanInput = {
  readonly plan: HeadPlan;
  readonly toSegment: (text: string) => Segment;
  /** The encoder's id. */
  readonly encoder: string;
  readonly scales: FeatureScales;
};

/** Sparse features alone want a weaker penalty; what was best for characters, so that they lose by no fault of ours. */
const CHARACTERS_TUNING = { cost: 24 };

const SEED = 20_251_122;

export function trainPlan({ plan, toSegment, encoder, scales }: TrainPlanInput): Head {
  const toExample = ({ text, ...labels }: PlannedText) => ({
    features: segmentFeatures(toSegment(text), scales),
    ...labels,
  });
  return trainHead(plan.texts.map(toExample), {
    name: plan.name,
    mode: plan.mode,
    labels: plan.labels,
    seed: SEED,
    tuning: scales.vector > 0 ? plan.tuning : CHARACTERS_TUNING,
    origin: { encoder, licence: "Apache-2.0", data: plan.data },
  }).head;
}
