import { join } from "node:path";
import { ModelError } from "../pipeline/errors.ts";
import type { SegmentFeatures } from "./features.ts";
import { type Head, type LabelScore, scoreHead, softmax } from "./head.ts";
import type { HeadChoice } from "./head-choice.ts";
import { type ModelFolder, readModelFolder } from "./model-folder.ts";
import { openTextSession } from "./text-session.ts";

/** A ready text-classification model in the place of a head: it reads the words, not the encoder's vector. */
export type TextModel = {
  readonly name: string;
  readonly mode: "single" | "multi";
  readonly labels: readonly string[];
  /** One per label; 0 in a "single" model, whose best label always wins. */
  readonly thresholds: readonly number[];
  /** As of a head of ours. */
  readonly offset?: number;
  readonly kept?: readonly string[];
  /** @returns one probability per label, in order, as the model gives it: nothing calibrates it */
  score(text: string): Promise<LabelScore[]>;
};

/** What gives a segment labels: a head of ours, or a model that somebody else trained. */
export type Labeller = Head | TextModel;

/** A "multi" model's labels are given from this probability on: what they are trained for. */
const MULTI_THRESHOLD = 0.5;

/** @returns one probability per label, in the labeller's order */
export async function scoreLabels(by: Labeller, features: SegmentFeatures): Promise<LabelScore[]> {
  return "score" in by ? await by.score(features.segment.text) : scoreHead(by, features);
}

/**
 * Loads a transformers.js folder of a text-classification model.
 *
 * @throws ModelError where it has no labels, a label of the map is not the model's, or the graph gives another number
 */
export async function loadTextModel({ folder, labels }: HeadChoice): Promise<TextModel> {
  const model = readModelFolder(folder);
  const { own, names } = namesOf(model, labels);
  const distinct = [...new Set(names)];
  const session = await openTextSession(model, ["logits"]);
  const isMulti = model.config.problem_type === "multi_label_classification";
  const score = async (text: string): Promise<LabelScore[]> => {
    const { data } = await session.run(session.idsOf(text));
    if (data.length !== own.length) {
      throw new ModelError(
        `${join(folder, model.onnxFile)} の出力 logits … 読んだもの: ${data.length} 個、期待: ${own.length} 個（config.json の id2label: ${own.join("、")}）。`,
      );
    }
    const logits = Float64Array.from(data);
    const probabilities = isMulti
      ? logits.map((logit) => 1 / (1 + Math.exp(-logit)))
      : softmax(logits);
    const combine = isMulti
      ? (values: number[]) => Math.max(...values)
      : (values: number[]) => values.reduce((sum, value) => sum + value, 0);
    return distinct.map((label) => ({
      label,
      confidence: combine([...probabilities].filter((_, index) => names[index] === label)),
    }));
  };
  await score("。");
  return {
    name: folder,
    mode: isMulti ? "multi" : "single",
    labels: distinct,
    thresholds: distinct.map(() => (isMulti ? MULTI_THRESHOLD : 0)),
    score,
  };
}

/** @returns our names of the labels that it can give; the graph is not loaded */
export function readTextModelLabels({ folder, labels }: HeadChoice): readonly string[] {
  return namesOf(readModelFolder(folder), labels).names;
}

/** @returns the model's own labels, and what we call each */
function namesOf({ folder, config }: ModelFolder, map: HeadChoice["labels"] = {}) {
  const own = labelsOf(folder, config.id2label);
  const strange = Object.keys(map).filter((label) => !own.includes(label));
  if (strange.length > 0) {
    throw new ModelError(
      `モデル ${folder} のラベルの対応 … 読んだもの: ${strange.join("、")}、期待: ${own.join("、")}（config.json の id2label）。`,
    );
  }
  return { own, names: own.map((label) => map[label] ?? label) };
}

/** In order of their ids, which are the places in the logits. */
function labelsOf(folder: string, id2label: Readonly<Record<string, string>> | undefined) {
  const entries = Object.entries(id2label ?? {})
    .map(([id, label]) => ({ id: Number(id), label }))
    .sort((one, other) => one.id - other.id);
  if (entries.length < 2 || entries.some(({ id }, index) => id !== index)) {
    throw new ModelError(
      `${join(folder, "config.json")} の id2label … 読んだもの: ${JSON.stringify(id2label) ?? "なし"}、期待: 0 から続く番号ごとのラベル（2 つ以上）。`,
    );
  }
  return entries.map(({ label }) => label);
}
