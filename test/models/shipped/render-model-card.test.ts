import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type EvaluationFile, readEvaluation } from "../../../models/shipped/evaluation-file.ts";
import { readNotes, renderModelCard } from "../../../models/shipped/render-model-card.ts";

const MODELS = fileURLToPath(new URL("../../../models", import.meta.url));
const SIZES = ["base", "small"];

const card = readFileSync(join(MODELS, "MODEL_CARD.md"), "utf8");
const evaluations = SIZES.map(
  (name) => [name, readEvaluation(join(MODELS, "heads", name, "evaluation.json"))] as const,
);

test("the committed card says what the evaluation files say", () => {
  expect(renderModelCard({ evaluations, notes: readNotes(card) ?? "" })).toBe(card);
});

test.each([
  { why: "right in more than it says", confidence: 0.5, right: 1, printed: "| +0.500 |" },
  { why: "right in less than it says", confidence: 0.9, right: 0.4, printed: "| −0.500 |" },
  { why: "right as often as it says", confidence: 0.75, right: 0.75, printed: "| 0.000 |" },
])("a head that is $why", ({ confidence, right, printed }) => {
  const [name, evaluation] = evaluations[0] ?? ["", undefined];
  const [set] = evaluation?.sets ?? [];
  if (evaluation === undefined || set === undefined) throw new RangeError("no set was measured");
  const bins = [
    { count: 0, confidence: 0, right: 0 },
    { count: 4, confidence, right },
  ];
  const own: EvaluationFile = {
    ...evaluation,
    sets: [{ ...set, shipped: { ...set.shipped, bins } }],
  };
  expect(renderModelCard({ evaluations: [[name, own]], notes: "" })).toContain(printed);
});
