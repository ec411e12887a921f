import { expect, test } from "vitest";
import { explain } from "../../models/explain-head.ts";
import { segmentFeatures } from "../../models/features.ts";
import { trainHead } from "../../models/train-head.ts";
import { segmentOf, TOY_LABELS, toyExamples } from "./toy.ts";

const { head } = trainHead(toyExamples(150, 1), {
  name: "toy",
  mode: "multi",
  labels: TOY_LABELS,
  seed: 7,
  origin: { encoder: "toy-encoder", licence: "Apache-2.0", data: [] },
});

function explainLabel(text: string, label: string): string[] {
  const column = head.labels.indexOf(label);
  return explain({ weights: head, column }, segmentFeatures(segmentOf(text)));
}

test.each([
  { text: "袋 の/助詞 虫 が/助詞 家", label: "insect", word: "虫" },
  { text: "店 の/助詞 値上げ が/助詞 朝", label: "price", word: "値上げ" },
  { text: "昨日 の/助詞 品切れ が/助詞 電話", label: "store", word: "品切れ" },
])("$word is named first for $label", ({ text, label, word }) => {
  expect(explainLabel(text, label)[0]).toBe(word);
});

test("particles and signs are never named, and at most three words are, each once", () => {
  const text = "虫 の/助詞 羽虫 が/助詞 毛髪 と/助詞 虫 。/記号 羽虫 家 袋";
  const words = explainLabel(text, "insect");
  expect(words.length).toBeLessThanOrEqual(3);
  for (const word of words) expect(["虫", "羽虫", "毛髪", "家", "袋"]).toContain(word);
  expect(new Set(words).size).toBe(words.length);
});
