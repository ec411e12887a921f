import { expect, test } from "vitest";
import { fitDeskOffset, type JudgedTag, offsetConfidence } from "../../models/desk-offset.ts";
import { decideLabels } from "../../models/head.ts";
import { seededRandom } from "../../models/random.ts";

/** Tags of a desk whose true log-odds are the head's plus `shift`, as they are shown from `threshold` on. */
function tagsOf(count: number, { shift, seed = 1 }: { shift: number; seed?: number }) {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (): JudgedTag => {
    const confidence = 0.05 + 0.94 * random();
    return { confidence, isRight: random() < offsetConfidence(confidence, shift) };
  });
}

/** Between how often such tags are right and how often the head says so, on all tags of the desk. */
function trueGap(offset: number, shift: number): number {
  const grid = Array.from({ length: 100 }, (_, index) => 0.05 + (0.94 * (index + 0.5)) / 100);
  const gaps = grid.map((each) => offsetConfidence(each, shift) - offsetConfidence(each, offset));
  return gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
}

const DESKS = Array.from({ length: 60 }, (_, seed) => seed + 1);

test.each([
  { why: "a head that is right as often as it says is left alone", shift: 0 },
  { why: "a head that says too much is held back", shift: -0.9 },
  { why: "a head that says too little is pushed", shift: 0.8 },
])("$why; what is left of the gap is what was foretold", ({ shift }) => {
  const squares = (values: readonly number[]) =>
    Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  const fits = DESKS.map((seed) => fitDeskOffset(tagsOf(100, { shift, seed })));
  const left = squares(fits.map(({ offset }) => trueGap(offset, shift)));
  const foretold = squares(fits.map(({ usualGap }) => usualGap));
  expect(left).toBeLessThan(0.05);
  expect(left / foretold).toBeGreaterThan(0.7);
  expect(left / foretold).toBeLessThan(1.4);
});

test("few judgements move little; all right or all wrong is no infinity", () => {
  const wrong = (count: number) =>
    Array<JudgedTag>(count).fill({ confidence: 0.9, isRight: false });
  const offsets = [1, 5, 20, 100].map((count) => fitDeskOffset(wrong(count)).offset);
  for (const [index, offset] of offsets.entries()) {
    expect(offset).toBeLessThan(offsets[index - 1] ?? 0);
    expect(offset).toBeGreaterThan(-10);
  }
  expect(offsets[0]).toBeGreaterThan(-1);
  expect(fitDeskOffset([{ confidence: 1, isRight: true }]).offset).toBeCloseTo(0, 3);
  expect(fitDeskOffset([]).offset).toBe(0);
});

test("judging again what an offset shows does not drive it away", () => {
  const head = { mode: "multi", thresholds: [0.45] } as const;
  const all = tagsOf(3000, { shift: -0.8 });
  const judged: JudgedTag[] = [];
  let offset = 0;
  const offsets: number[] = [];
  for (let round = 0; round < 6; round += 1) {
    const shown = all.filter(({ confidence }) => {
      const scores = [{ label: "a", confidence }];
      return decideLabels({ ...head, offset }, scores).length === 1;
    });
    judged.push(...shown.filter((tag) => !judged.includes(tag)).slice(0, 100));
    offset = fitDeskOffset(judged).offset;
    offsets.push(offset);
    expect(fitDeskOffset(judged).offset).toBe(offset);
  }
  for (const each of offsets) expect(Math.abs(each + 0.8)).toBeLessThan(0.45);
  expect(Math.abs(offset + 0.8)).toBeLessThan(0.2);
});

test("an offset moves what is shown and never which label is surest; none leaves every bit", () => {
  const scores = [
    { label: "a", confidence: 0.41 },
    { label: "b", confidence: 0.59 },
  ];
  const single = { mode: "single", thresholds: [0.4, 0.5] } as const;
  expect(decideLabels(single, scores)).toEqual([{ label: "b", confidence: 0.59 }]);
  expect(decideLabels({ ...single, offset: 0 }, scores)).toEqual(decideLabels(single, scores));
  expect(decideLabels({ ...single, offset: -1 }, scores)).toEqual([]);
  expect(decideLabels({ ...single, offset: 1 }, scores).map(({ label }) => label)).toEqual(["b"]);
  const multi = { mode: "multi", thresholds: [0.5, 0.5] } as const;
  const labels = decideLabels({ ...multi, offset: 0.5 }, scores).map(({ label }) => label);
  expect(labels).toEqual(["b", "a"]);
});
