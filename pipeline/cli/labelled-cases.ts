import { embedTexts } from "../../models/embed-texts.ts";
import type { EncoderChoice } from "../../models/encoder-folder.ts";
import { type Judged, judge } from "../../models/evaluate-head.ts";
import { type Segment, type SegmentFeatures, segmentFeatures } from "../../models/features.ts";
import { loadAnalyzer } from "../../models/morphemes.ts";
import type { LabelledText } from "../../models/read-examples.ts";
import { type Labeller, scoreLabels } from "../../models/text-model.ts";
import type { Reporter } from "../reporter.ts";
import { guardVerbatim } from "../text/guard-verbatim.ts";
import { normalizeVerbatim } from "../text/normalize-verbatim.ts";

export type LabelledCase = {
  readonly features: SegmentFeatures;
  readonly labels: readonly string[];
};

/** The same text that enrichment would show to the models, unmasked. */
export function plainWords(text: string): string {
  const guarded = guardVerbatim(text);
  return guarded.status === "ok" ? normalizeVerbatim(guarded.value) : "";
}

/** Reads the examples on all cores, as enrichment would read them. */
export async function casesOf(
  examples: readonly LabelledText[],
  { encoder, reporter }: { readonly encoder: EncoderChoice; readonly reporter: Reporter },
): Promise<LabelledCase[]> {
  const texts = examples.map(({ text }) => plainWords(text));
  reporter.begin("例文を読み取り中", texts.length);
  const onProgress = (count: number) => reporter.advance(count);
  const [analyzer, vectors] = await Promise.all([
    loadAnalyzer(),
    embedTexts(texts, { encoder, onProgress }),
  ]);
  reporter.end();
  return examples.map(({ labels }, index) => {
    const text = texts[index] ?? "";
    const vector = vectors[index] ?? new Int8Array(0);
    const segment: Segment = { text, morphemes: analyzer.analyze(text), vector };
    return { features: segmentFeatures(segment), labels };
  });
}

/** What a text-classification model needs: the words alone. */
export function casesOfWords(examples: readonly LabelledText[]): LabelledCase[] {
  return examples.map(({ text, labels }) => ({
    features: segmentFeatures({
      text: plainWords(text),
      morphemes: [],
      vector: new Int8Array(0),
    }),
    labels,
  }));
}

export async function judgeCases(
  by: Labeller,
  cases: readonly LabelledCase[],
  reporter: Reporter,
): Promise<Judged[]> {
  reporter.begin("分類中", cases.length);
  const judged: Judged[] = [];
  for (const { features, labels } of cases) {
    judged.push(judge(by, labels, await scoreLabels(by, features)));
    reporter.advance(1);
  }
  reporter.end();
  return judged;
}
