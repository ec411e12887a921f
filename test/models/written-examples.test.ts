import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readVoiceLines } from "../../models/read-examples.ts";

const MODELS = fileURLToPath(new URL("../../models", import.meta.url));
const EXAMPLES = join(MODELS, "examples");
const TESTS = join(MODELS, "tests");

/** The reader itself refuses spans out of order or with gaps, and labels that are not in the guideline. */
const examples = readdirSync(EXAMPLES)
  .filter((file) => file.endsWith(".jsonl"))
  .flatMap((file) => readVoiceLines(join(EXAMPLES, file)));
/** The industries whose topics the held-out themes are about; other files have test sets of their own kind. */
const INDUSTRIES = ["food-maker", "household-goods", "retail", "hotel", "web-shop"];
const ofIndustries = INDUSTRIES.flatMap((name) => readVoiceLines(join(EXAMPLES, `${name}.jsonl`)));
const heldOut = readVoiceLines(join(TESTS, "held-out-themes.jsonl"));

const RUN = 12;

/** Every twelve characters in a row, once. */
function runsOf(text: string): Set<string> {
  const characters = Array.from(text.normalize("NFKC").replace(/\s+/gu, ""));
  const count = Math.max(0, characters.length - RUN + 1);
  return new Set(Array.from({ length: count }, (_, at) => characters.slice(at, at + RUN).join("")));
}

function runsInMoreThan(share: number, texts: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const run of runsOf(text)) counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > share * texts.length).map(([run]) => run);
}

test("there are at least 3,000 written voices, none twice", () => {
  const texts = examples.map(({ text }) => text);
  expect(texts.length).toBeGreaterThanOrEqual(3000);
  expect(new Set(texts).size).toBe(texts.length);
});

test("no twelve characters in a row are in more than one voice of a hundred, set phrases included", () => {
  const texts = examples.map(({ text }) => text);
  expect(runsInMoreThan(0.01, texts)).toEqual([]);
});

test("lines made from a template would be found", () => {
  const texts = Array.from(
    { length: 100 },
    (_, at) => `${at}番の商品が届きませんでした。至急ご連絡ください。`,
  );
  expect(runsInMoreThan(0.01, texts)).toContain("の商品が届きませんでした");
});

test("a tenth of the voices are held out, by themes that are never trained on", () => {
  const themes = new Set(examples.map(({ theme }) => theme));
  expect(heldOut.length / (heldOut.length + ofIndustries.length)).toBeGreaterThanOrEqual(0.1);
  expect(heldOut.filter(({ theme }) => themes.has(theme))).toEqual([]);
});

test("every label of the guideline is in the written voices", () => {
  const segments = examples.flatMap((voice) => voice.segments);
  const count = (of: (segment: (typeof segments)[number]) => readonly unknown[]) =>
    new Set(segments.flatMap(of)).size;
  expect(count(({ sentiment }) => [sentiment])).toBe(3);
  expect(count(({ kind }) => [kind])).toBe(5);
  expect(count(({ emotions }) => emotions)).toBe(9);
  expect(count(({ intensity }) => [intensity])).toBe(4);
  expect(count(({ harm }) => [harm])).toBe(2);
  expect(new Set(examples.map(({ channel }) => channel)).size).toBe(4);
  expect(examples.filter(({ repeat }) => repeat).length).toBeGreaterThan(examples.length / 20);
});
