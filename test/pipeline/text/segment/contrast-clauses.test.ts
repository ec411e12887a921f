import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type Analyzer, loadAnalyzer } from "../../../../models/morphemes.ts";
import { countCodePoints, sliceCodePoints } from "../../../../pipeline/text/code-points.ts";
import { normalizeVerbatim } from "../../../../pipeline/text/normalize-verbatim.ts";
import { segmentText } from "../../../../pipeline/text/segment/segment-text.ts";

let analyzer: Analyzer;

beforeAll(async () => {
  analyzer = await loadAnalyzer();
});

function segmentsOf(text: string): string[] {
  const spans = segmentText(text, analyzer.analyze(text));
  return spans.map(({ start, end }) => sliceCodePoints(text, start, end));
}

test.each([
  {
    why: "a topic is judged, though 丁重 is no adjective to the dictionary",
    text: "電話口は丁重でしたが、書面は失礼な言い方でした",
    expected: ["電話口は丁重でしたが", "書面は失礼な言い方でした"],
  },
  {
    why: "a verb about a topic says something",
    text: "荷物は翌日届きましたが、中身は割れていました",
    expected: ["荷物は翌日届きましたが", "中身は割れていました"],
  },
  {
    why: "けど, spoken",
    text: "店は混んでたけど、料理は早かった",
    expected: ["店は混んでたけど", "料理は早かった"],
  },
  {
    why: "an adjective stops in く, and another topic follows",
    text: "スープは熱く、麺は伸びていました",
    expected: ["スープは熱く", "麺は伸びていました"],
  },
  {
    why: "a noun phrase with の and a verb before the other topic",
    text: "一階の窓口は親切で、交代した後の係の方は横柄でした",
    expected: ["一階の窓口は親切で", "交代した後の係の方は横柄でした"],
  },
  {
    why: "one topic with two predicates is one opinion",
    text: "部屋は広く、清潔でした",
    expected: ["部屋は広く、清潔でした"],
  },
  {
    why: "who speaks is no topic of its own",
    text: "私は会員ですが、割引はありますか",
    expected: ["私は会員ですが、割引はありますか"],
  },
  {
    why: "what was bought leads up to the complaint",
    text: "先週この鍋を買いましたが、取っ手が外れました",
    expected: ["先週この鍋を買いましたが、取っ手が外れました"],
  },
])("$why", ({ text, expected }) => {
  expect(segmentsOf(text)).toEqual(expected);
});

type Contrast = { readonly text: string; readonly border: number; readonly isOpposite: boolean };

/** Pairs of clauses of the test set; its `|` marks the border, the joining particle on either side. */
function readContrasts(): Contrast[] {
  const path = new URL("../../../../models/tests/negation.tsv", import.meta.url);
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([, type]) => type === "contrast")
    .map(([, , labels = "", marked = ""]) => {
      const [before = "", after = ""] = marked.split("|").map(normalizeVerbatim);
      const text = normalizeVerbatim(before + after);
      const isOpposite = labels === "positive,negative" || labels === "negative,positive";
      return { text, border: countCodePoints(before), isOpposite };
    });
}

/** Behind the mark, or behind the particle and the comma that follow it. */
const JOINING = /^(?:が|けれども|けれど|けども|けど|のに|ものの|し)?[、\s]*/;

function isCut({ text, border }: Contrast): boolean {
  const latest =
    border + countCodePoints(JOINING.exec(sliceCodePoints(text, border, text.length))?.[0] ?? "");
  return segmentText(text, analyzer.analyze(text)).some(
    ({ start }) => start >= border && start <= latest,
  );
}

/** し lists and neutral clauses that lead up to something stay whole by intent. */
test("praise and complaint in one sentence are cut at their border in 95 of 100 pairs", () => {
  const contrasts = readContrasts();
  const opposite = contrasts.filter(({ isOpposite }) => isOpposite);
  expect(opposite.length).toBeGreaterThan(30);
  expect(opposite.filter(isCut).length / opposite.length).toBeGreaterThanOrEqual(0.95);
  expect(contrasts.filter(isCut).length / contrasts.length).toBeGreaterThanOrEqual(0.8);
});
