import { expect, test } from "vitest";
import { shippedEncoder } from "../../models/encoder-folder.ts";
import { decideLabels } from "../../models/head.ts";
import { loadClassifier } from "../../models/load-classifier.ts";

const shown = (offset: number, confidence: number) =>
  decideLabels({ mode: "multi", thresholds: [0.5, 0.5], offset, kept: ["injury"] }, [
    { label: "injury", confidence },
    { label: "taste", confidence },
  ]);

test("judgements that hold a head back hide no harm, and say how little it is sure of it", () => {
  const [injury, ...others] = shown(-3, 0.8);
  expect(others).toEqual([]);
  expect(injury?.label).toBe("injury");
  expect(injury?.confidence).toBeLessThan(0.2);
});

test("judgements that push a head bring harm to be shown like all else", () => {
  expect(shown(0, 0.4)).toEqual([]);
  expect(shown(1, 0.4).map(({ label }) => label)).toEqual(["injury", "taste"]);
});

test("the harm head and grave topics are kept whatever a desk finds", async () => {
  const { harm, topics } = await loadClassifier({
    ...{ encoder: shippedEncoder("small"), taxonomies: ["food-maker"], heads: {} },
    offsets: { harm: -5, "food-maker": -5 },
  });
  expect(harm).toMatchObject({ offset: -5, kept: ["harm"] });
  const [{ taxonomy, head } = {}] = topics;
  const grave = taxonomy?.leaves.filter(({ severity }) => severity >= 4).map(({ id }) => id);
  expect(new Set(taxonomy?.leaves.map(({ severity }) => severity)).size).toBeGreaterThan(2);
  expect(head).toMatchObject({ offset: -5, kept: grave });
});
