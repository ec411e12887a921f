import { ModelError } from "../pipeline/errors.ts";
import { Kind, Sentiment, type TopicTag } from "../pipeline/schema/enriched-record.ts";
import { explain } from "./explain-head.ts";
import { type Segment, type SegmentFeatures, segmentFeatures } from "./features.ts";
import { decideLabels, type Head, type LabelScore, scoreHead } from "./head.ts";
import type { Taxonomy } from "./taxonomy.ts";

export type SegmentClassifier = {
  readonly sentiment: Head;
  readonly kind: Head;
  readonly topics: readonly TopicClassifier[];
};

/** A taxonomy is of use before anyone has labelled examples for it: by its rules alone. */
export type TopicClassifier = { readonly taxonomy: Taxonomy; readonly head?: Head };

export type SegmentTags = {
  readonly sentiment: Sentiment;
  readonly sentimentConfidence: number;
  /** In [-1, 1]: how much likelier positive is than negative. */
  readonly polarity: number;
  readonly kind: Kind;
  readonly kindConfidence: number;
  /** The words that carried sentiment and kind. */
  readonly why: string[];
  readonly topics: TopicTag[];
};

/** @throws ModelError when a head's labels are not those of the schema or of its taxonomy */
export function makeSegmentClassifier(parts: SegmentClassifier): SegmentClassifier {
  requireLabels(parts.sentiment, Sentiment.options);
  requireLabels(parts.kind, Kind.options);
  for (const { taxonomy, head } of parts.topics) {
    if (head === undefined) continue;
    const leaves = taxonomy.leaves.map((leaf) => leaf.id);
    requireLabels(
      head,
      leaves.filter((leaf) => head.labels.includes(leaf)),
    );
  }
  return parts;
}

/** The vector is the stored one, so classifying again later gives the same tags. */
export function classifySegment(classifier: SegmentClassifier, segment: Segment): SegmentTags {
  const features = segmentFeatures(segment);
  const sentiments = scoreHead(classifier.sentiment, features);
  const sentiment = surest(classifier.sentiment, sentiments);
  const kind = surest(classifier.kind, scoreHead(classifier.kind, features));
  return {
    sentiment: Sentiment.parse(sentiment.label),
    sentimentConfidence: sentiment.confidence,
    polarity: confidenceOf(sentiments, "positive") - confidenceOf(sentiments, "negative"),
    kind: Kind.parse(kind.label),
    kindConfidence: kind.confidence,
    why: [
      ...new Set([
        ...explain(classifier.sentiment, features, sentiment.label),
        ...explain(classifier.kind, features, kind.label),
      ]),
    ],
    topics: classifier.topics.flatMap((topics) => tagTopics(topics, features)),
  };
}

/** @returns the tags of one taxonomy, surest first; none for a segment below every threshold and rule */
export function tagTopics(
  { taxonomy, head }: TopicClassifier,
  features: SegmentFeatures,
): TopicTag[] {
  const byRule = taxonomy.leaves.flatMap((leaf): TopicTag[] => {
    const phrase = leaf.rules.find((rule) => features.segment.text.includes(rule));
    if (phrase === undefined) return [];
    return [{ taxonomy: taxonomy.name, topic: leaf.id, confidence: 1, by: "rule", why: [phrase] }];
  });
  if (head === undefined) return byRule;
  const ruled = new Set(byRule.map((tag) => tag.topic));
  const byHead = decideLabels(head, scoreHead(head, features))
    .filter(({ label }) => !ruled.has(label))
    .map(({ label, confidence }): TopicTag => {
      const why = explain(head, features, label);
      return { taxonomy: taxonomy.name, topic: label, confidence, by: "head", why };
    });
  return [...byRule, ...byHead];
}

function surest(head: Head, scores: readonly LabelScore[]): LabelScore {
  const [best] = decideLabels(head, scores);
  if (best === undefined) throw new ModelError(`分類器「${head.name}」にラベルがありません。`);
  return best;
}

function confidenceOf(scores: readonly LabelScore[], label: string): number {
  return scores.find((score) => score.label === label)?.confidence ?? 0;
}

function requireLabels(head: Head, expected: readonly string[]) {
  const missing = expected.filter((label) => !head.labels.includes(label));
  const unknown = head.labels.filter((label) => !expected.includes(label));
  if (missing.length + unknown.length === 0) return;
  throw new ModelError(
    `分類器「${head.name}」のラベルが合いません。知らないもの: ${unknown.join("、") || "なし"}、` +
      `足りないもの: ${missing.join("、") || "なし"}。ラベルは話題の記号（package.opening など、models/taxonomies の id）でなければなりません。`,
  );
}
