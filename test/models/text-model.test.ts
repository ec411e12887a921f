import { join } from "node:path";
import { expect, test } from "vitest";
import { readEncoderFolder } from "../../models/encoder-folder.ts";
import { findHead, requireHead } from "../../models/find-head.ts";
import { loadTextModel } from "../../models/text-model.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { copyModel, editJson, TINY_CLASSIFIER, TINY_ENCODER } from "../support/tiny-models.ts";

const LABELS = { NEGATIVE: "negative", POSITIVE: "positive" };

test("a ready model gives its labels under our names", async () => {
  const model = await loadTextModel({ folder: TINY_CLASSIFIER, labels: LABELS });
  const [negative, positive] = await model.score("悪い味");
  expect(model).toMatchObject({ mode: "single", labels: ["negative", "positive"] });
  expect(negative?.confidence).toBeGreaterThan(0.99);
  expect((negative?.confidence ?? 0) + (positive?.confidence ?? 0)).toBeCloseTo(1, 10);
  const [other] = await model.score("良い味");
  expect(other?.confidence).toBeLessThan(0.01);
});

test("two of its labels may be one of ours: their probabilities are added", async () => {
  const model = await loadTextModel({
    folder: TINY_CLASSIFIER,
    labels: { NEGATIVE: "other", POSITIVE: "other" },
  });
  expect(await model.score("悪い味")).toEqual([{ label: "other", confidence: 1 }]);
});

test("each label of a multi-label model has a probability of its own", async () => {
  const folder = copyModel(TINY_CLASSIFIER, join(tempFolder(), "multi"));
  editJson(join(folder, "config.json"), { problem_type: "multi_label_classification" });
  const model = await loadTextModel({ folder });
  expect(model).toMatchObject({ mode: "multi", thresholds: [0.5, 0.5] });
  const sum = (await model.score("駅")).reduce((total, { confidence }) => total + confidence, 0);
  expect(sum).toBeCloseTo(1, 5);
});

test.each([
  { why: "no labels", changes: { id2label: undefined }, says: /id2label … 読んだもの: なし/ },
  {
    why: "more labels than logits",
    changes: { id2label: { 0: "a", 1: "b", 2: "c" } },
    says: /logits … 読んだもの: 2 個、期待: 3 個/,
  },
])("a model with $why is refused", async ({ changes, says }) => {
  const folder = copyModel(TINY_CLASSIFIER, join(tempFolder(), "own"));
  editJson(join(folder, "config.json"), changes);
  await expect(loadTextModel({ folder })).rejects.toThrow(says);
});

test("a map from a label that the model has not is refused by that label", async () => {
  const choice = { folder: TINY_CLASSIFIER, labels: { GOOD: "positive" } };
  await expect(loadTextModel(choice)).rejects.toThrow(/読んだもの: GOOD、期待: NEGATIVE、POSITIVE/);
});

test("in the place of a head it is found by the config; without one the way to make it is told", async () => {
  const encoder = readEncoderFolder({ folder: TINY_ENCODER });
  const heads = { sentiment: { folder: TINY_CLASSIFIER, labels: LABELS } };
  expect(await requireHead("sentiment", { encoder, heads })).toHaveProperty("score");
  expect(await findHead("emotion", { encoder, heads })).toBeUndefined();
  await expect(requireHead("kind", { encoder, heads })).rejects.toThrow(
    /kizuki models train --encoder .*heads: \{ kind:/,
  );
});
