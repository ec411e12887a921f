import { toDirection } from "../../models/encoder.ts";
import { ALL_FEATURES, segmentFeatures } from "../../models/features.ts";
import { type Analyzer, loadAnalyzer } from "../../models/morphemes.ts";
import { type HeadPlan, type PlannedText, planHeads } from "../../models/shipped/head-plans.ts";
import { readShippedData } from "../../models/shipped/shipped-data.ts";
import { trainHead } from "../../models/train-head.ts";
import type { Graph } from "./open-graphs.ts";

export type SentimentTask = {
  readonly plan: HeadPlan;
  readonly chosen: readonly PlannedText[];
  readonly analyzer: Analyzer;
};

/** How many lines at most a sentiment head learns from, of those that the shipped encoders know and of the others. */
export type LineCounts = { readonly familiar: number; readonly keptBack: number };

export async function prepareSentiment(
  models: string,
  data: string,
  { familiar, keptBack }: LineCounts,
): Promise<SentimentTask> {
  const plan = planHeads(readShippedData(models, data)).find(({ name }) => name === "sentiment");
  if (plan === undefined) throw new RangeError("expected a sentiment head");
  const chosen = [
    ...spread(plan.texts, { most: keptBack, known: false }),
    ...spread(plan.texts, { most: familiar, known: true }),
  ];
  return { plan, chosen, analyzer: await loadAnalyzer() };
}

/** Cross-validated on the lines that the shipped encoders were not shown. */
export async function sentimentAccuracy(graph: Graph, task: SentimentTask) {
  const { plan, chosen, analyzer } = task;
  const examples = [];
  for (const { text, ...labels } of chosen) {
    const vector = toDirection(await graph.run([graph.idsOf(text)]));
    const segment = { text, vector, morphemes: analyzer.analyze(text) };
    examples.push({ ...labels, features: segmentFeatures(segment, ALL_FEATURES) });
  }
  const { mode, labels, tuning } = plan;
  const origin = { encoder: graph.name, licence: "", data: [] };
  return trainHead(examples, { name: "", mode, labels, seed: 1, origin, tuning }).unseen;
}

/** From all over the files. */
function spread(
  texts: readonly PlannedText[],
  { most, known }: { readonly most: number; readonly known: boolean },
): PlannedText[] {
  const own = texts.filter(({ familiar }) => familiar === known);
  const stride = Math.max(1, Math.ceil(own.length / most));
  return own.filter((_, index) => index % stride === 0);
}
