import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { InputError } from "../../pipeline/errors.ts";

/** A figure in [0, 1] and its 95% bootstrap interval. */
export const Figure = z.strictObject({ value: z.number(), low: z.number(), high: z.number() });
export type Figure = z.infer<typeof Figure>;

const LabelMeasure = z.strictObject({
  support: z.number().int(),
  precision: Figure,
  recall: Figure,
  f1: Figure,
});

export const Measure = z.strictObject({
  n: z.number().int(),
  accuracy: Figure,
  macroF1: Figure,
  ece: z.number(),
  /** What the ECE of the same confidences is expected to be where each is right as often as it says. */
  eceByChance: z.number(),
  coverage: z.number(),
  shownAccuracy: z.number(),
  bins: z.array(
    z.strictObject({ count: z.number().int(), confidence: z.number(), right: z.number() }),
  ),
  perLabel: z.record(z.string(), LabelMeasure),
});
export type Measure = z.infer<typeof Measure>;

/** The same head once a desk has judged so many of its tags, see `measureAfterJudging`. */
export const AfterJudging = z.strictObject({
  judged: z.number().int(),
  ece: z.number(),
  eceByChance: z.number(),
  /** Root of the mean square of right less said. */
  gap: z.number(),
});
export type AfterJudging = z.infer<typeof AfterJudging>;

const Summary = Measure.pick({ accuracy: true, macroF1: true });

/** One head on one test set, and every other way on the same cases. */
export const SetMeasure = z.strictObject({
  head: z.string(),
  set: z.string(),
  shipped: Measure,
  others: z.record(z.string(), Summary),
  /** Left out where there are too few tags. */
  afterJudging: AfterJudging.optional(),
});
export type SetMeasure = z.infer<typeof SetMeasure>;

/** One task with a yes or no a case: the share of right ones by each way. */
export const TaskMeasure = z.strictObject({
  task: z.string(),
  part: z.string(),
  n: z.number().int(),
  ways: z.record(z.string(), Figure),
});
export type TaskMeasure = z.infer<typeof TaskMeasure>;

/** How far two readings of the real voices agree. */
export const AgreementMeasure = z.strictObject({
  label: z.string(),
  /** Krippendorff's; null where all readings are the same value. */
  alpha: z.number().nullable(),
  same: z.number(),
});
export type AgreementMeasure = z.infer<typeof AgreementMeasure>;

/** `heads/<encoder>/evaluation.json`: every figure of the model card, written by `npm run models:evaluate`. */
export const EvaluationFile = z.strictObject({
  encoder: z.strictObject({ name: z.string(), id: z.string(), dimensions: z.number().int() }),
  /** What was measured, as `headChecksum` gives it. */
  heads: z.record(z.string(), z.string()),
  training: z.record(
    z.string(),
    z.strictObject({
      examples: z.number().int(),
      data: z.array(z.string()),
    }),
  ),
  /** What was not measured, and why. */
  missing: z.array(z.string()),
  sets: z.array(SetMeasure),
  tasks: z.array(TaskMeasure),
  agreement: z.array(AgreementMeasure),
});
export type EvaluationFile = z.infer<typeof EvaluationFile>;

/** @throws InputError where the file is missing or not of this shape */
export function readEvaluation(path: string): EvaluationFile {
  try {
    return EvaluationFile.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    throw new InputError(`${path} が読めません。npm run models:evaluate で作ってください。`, {
      cause,
    });
  }
}

/** @returns SHA-256 of `head.json`, which holds that of the weights */
export function headChecksum(folder: string): string {
  return createHash("sha256")
    .update(readFileSync(join(folder, "head.json")))
    .digest("hex");
}
