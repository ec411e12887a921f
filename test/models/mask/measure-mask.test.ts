import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  MaskLine,
  type MaskScore,
  measureMask,
  readMaskLines,
} from "../../../models/mask/measure-mask.ts";
import { loadAnalyzer } from "../../../models/morphemes.ts";
import { findPersonal } from "../../../pipeline/text/mask/mask-text.ts";

const SETS = join(import.meta.dirname, "../../../models/tests/mask");

/** What `docs/masking.md` states, a little below what was measured. */
const FLOORS = { numbered: 0.99, address: 0.955, name: 0.925, precision: 0.988 };

let score: MaskScore;

beforeAll(async () => {
  const analyzer = await loadAnalyzer();
  const lines = readMaskLines(join(SETS, "test.jsonl")).filter((line) => line.class !== "health");
  score = measureMask(lines, (text) => findPersonal({ text, morphemes: analyzer.analyze(text) }));
}, 300_000);

test("each class of the frozen lines is found as often as the documents say", () => {
  const low = [...score.classes].filter(([name, { spans, found }]) => {
    const floor = name === "name" || name === "address" ? FLOORS[name] : FLOORS.numbered;
    return found / spans < floor;
  });
  expect(low).toEqual([]);
  expect(score.classes.size).toBe(15);
});

test("what is masked in the frozen lines is a person's", () => {
  expect(1 - score.wrong / score.masks).toBeGreaterThanOrEqual(FLOORS.precision);
});

describe("the measure", () => {
  const parsed = MaskLine.parse({
    class: "phone",
    text: "電話０９０－１２３４",
    spans: [[2, 10, "phone"]],
  });

  test("a span counts in the normalised text, where the mask works", () => {
    const mask = { kind: "電話" as const, key: "", start: 2, end: 10 };
    const { classes, wrong } = measureMask([parsed], () => [mask]);
    expect(classes.get("phone")).toEqual({ spans: 1, found: 1, rightClass: 1 });
    expect(wrong).toBe(0);
  });

  test("a mask that leaves one digit has found nothing", () => {
    const mask = { kind: "電話" as const, key: "", start: 2, end: 9 };
    expect(measureMask([parsed], () => [mask]).classes.get("phone")?.found).toBe(0);
  });

  test("a mask of another class finds it, but not as what it is", () => {
    const mask = { kind: "カード" as const, key: "", start: 2, end: 10 };
    const { classes } = measureMask([parsed], () => [mask]);
    expect(classes.get("phone")).toEqual({ spans: 1, found: 1, rightClass: 0 });
  });

  test("a mask beside every span is wrong", () => {
    const mask = { kind: "氏名" as const, key: "", start: 0, end: 2 };
    const { wrong, faults } = measureMask([parsed], () => [mask]);
    expect(wrong).toBe(1);
    expect(faults[0]?.wrong).toEqual(["氏名:電話"]);
  });

  test("a line without anything personal that is touched is counted", () => {
    const none = { class: "none", text: "森永のチョコ", spans: [] };
    const mask = { kind: "氏名" as const, key: "", start: 0, end: 2 };
    expect(measureMask([none], () => [mask])).toMatchObject({ noneLines: 1, noneTouched: 1 });
    expect(measureMask([none], () => [])).toMatchObject({ noneLines: 1, noneTouched: 0 });
  });
});
