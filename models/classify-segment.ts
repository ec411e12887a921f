import { ModelError } from "../pipeline/errors.ts";
import {
  Emotion,
  type EmotionTag,
  type EnrichedSegment,
  Intensity,
  Kind,
  Sentiment,
  type TopicTag,
} from "../pipeline/schema/enriched-record.ts";
import { findHarm, HARM, HARM_RULE_CONFIDENCE } from "./bodily-harm.ts";
import { offsetConfidence } from "./desk-offset.ts";
import { explain } from "./explain-head.ts";
import { type Segment, type SegmentFeatures, segmentFeatures } from "./features.ts";
import { isFoundElsewhere } from "./found-elsewhere.ts";
import { decideLabels, type Head, type LabelScore, surestOf } from "./head.ts";
import { type JointHeads, joinHeads, scoreJointHeads } from "./joint-heads.ts";
import { findTold } from "./plain-words.ts";
import { settleJudgement } from "./settle-judgement.ts";
import { hasGrave, type Leaf, type Taxonomy } from "./taxonomy.ts";
import { type Labeller, scoreLabels } from "./text-model.ts";

/** What is undefined was not trained for the encoder in use: nothing is said of it. */
export type ClassifierParts = {
  readonly sentiment: Labeller;
  readonly kind: Labeller;
  readonly emotion?: Labeller | undefined;
  readonly intensity?: Labeller | undefined;
  readonly harm?: Labeller | undefined;
  readonly topics: readonly TopicClassifier[];
};

export type SegmentClassifier = ClassifierParts & { readonly joint: JointHeads };

/** A taxonomy is of use before anyone has labelled examples for it: by its rules alone. */
export type TopicClassifier = { readonly taxonomy: Taxonomy; readonly head?: Labeller };

/** The fields of an `EnrichedSegment` that the heads decide. */
export type SegmentTags = Pick<
  EnrichedSegment,
  | ("sentiment" | "sentimentConfidence" | "polarity" | "kind" | "kindConfidence" | "why")
  | ("emotions" | "intensity" | "intensityConfidence" | "harm" | "harmConfidence" | "topics")
>;

/** What a topic told in plain words counts for. */
const WORD_RULE_CONFIDENCE = 0.9;

/** @throws ModelError when a head's labels are not those of the schema or of its taxonomy */
export function makeSegmentClassifier(parts: ClassifierParts): SegmentClassifier {
  requireSchemaLabels(parts.sentiment, Sentiment.options);
  requireSchemaLabels(parts.kind, Kind.options);
  if (parts.emotion !== undefined) requireSchemaLabels(parts.emotion, Emotion.options);
  if (parts.intensity !== undefined) requireSchemaLabels(parts.intensity, ["0", "1", "2", "3"]);
  if (parts.harm !== undefined) requireSchemaLabels(parts.harm, [HARM]);
  for (const { taxonomy, head } of parts.topics) {
    if (head === undefined) continue;
    const leaves = taxonomy.leaves.map((leaf) => leaf.id);
    requireLabels(
      head,
      leaves.filter((leaf) => head.labels.includes(leaf)),
      "話題の記号（package.opening など、models/taxonomies の id）",
    );
  }
  return { ...parts, joint: joinHeads(headsOf(labellersOf(parts))) };
}

function labellersOf(parts: ClassifierParts): Labeller[] {
  const { sentiment, kind, emotion, intensity, harm, topics } = parts;
  const all = [sentiment, kind, emotion, intensity, harm, ...topics.map(({ head }) => head)];
  return all.filter((each) => each !== undefined);
}

/** Those that read the same vectors as the first: any other is refused when it is asked. */
function headsOf(labellers: readonly Labeller[]): Head[] {
  const heads = labellers.flatMap((each) => ("score" in each ? [] : [each]));
  return heads.filter(({ vectorSize }) => vectorSize === heads[0]?.vectorSize);
}

/** A segment as labellers see it, with what all of them have said. */
export type Reading = {
  readonly features: SegmentFeatures;
  readonly joint: JointHeads;
  readonly scores: ReadonlyMap<Labeller, LabelScore[]>;
};

export function scoresOf(by: Labeller, { scores }: Reading): LabelScore[] {
  const own = scores.get(by);
  if (own === undefined) throw new Error("a labeller was not asked");
  return own;
}

/** @returns the words that spoke for the label; none for a text-classification model, which does not say */
function whyOf(by: Labeller, { features, joint }: Reading, label: string): string[] {
  if ("score" in by) return [];
  const own = by.labels.indexOf(label);
  const first = joint.columns.get(by);
  if (first === undefined) return explain({ weights: by, column: own }, features);
  // The table that was read for the scores: a head's own would be fetched from memory anew.
  return explain({ weights: joint.weights, column: first + own }, features);
}

export async function readSegment(
  classifier: SegmentClassifier,
  segment: Segment,
): Promise<Reading> {
  const { joint } = classifier;
  const features = segmentFeatures(segment);
  const scores = new Map<Labeller, LabelScore[]>(scoreJointHeads(joint, features));
  for (const by of labellersOf(classifier)) {
    if (!scores.has(by)) scores.set(by, await scoreLabels(by, features));
  }
  return { features, joint, scores };
}

/** The vector is the stored one, so classifying again later gives the same tags. */
export async function classifySegment(
  classifier: SegmentClassifier,
  segment: Segment,
): Promise<SegmentTags> {
  return tagReading(classifier, await readSegment(classifier, segment));
}

export function tagReading(classifier: SegmentClassifier, reading: Reading): SegmentTags {
  const topics = classifier.topics.flatMap((each) => tagTopics(each, reading));
  const taxonomies = classifier.topics.map(({ taxonomy }) => taxonomy);
  const withoutOffset = hasGrave(taxonomies, topics);
  const sentiment = surest(classifier.sentiment, reading, { withoutOffset });
  const kind = surest(classifier.kind, reading);
  const judged = {
    sentiment: sentiment.label === null ? null : Sentiment.parse(sentiment.label),
    sentimentConfidence: sentiment.confidence,
    polarity:
      confidenceOf(sentiment.scores, "positive") - confidenceOf(sentiment.scores, "negative"),
    kind: kind.label === null ? null : Kind.parse(kind.label),
    kindConfidence: kind.confidence,
    why: [...new Set([...sentiment.why, ...kind.why])],
  };
  return {
    ...settleJudgement(judged, reading.features.segment.morphemes),
    emotions: tagEmotions(classifier.emotion, reading),
    ...rateIntensity(classifier.intensity, reading),
    ...detectHarm(classifier.harm, reading),
    topics,
  };
}

/** @returns the tags of one taxonomy, surest first; none for a segment below every threshold and rule */
export function tagTopics({ taxonomy, head }: TopicClassifier, reading: Reading): TopicTag[] {
  const { segment } = reading.features;
  const byRule: TopicTag[] = [];
  const settled = new Set<string>();
  for (const leaf of taxonomy.leaves) {
    const isMeant = !isUnmeant(leaf, segment);
    const found = findPhrase(leaf, segment) ?? (isMeant ? findWords(leaf, segment) : undefined);
    if (found === undefined && isMeant) continue;
    settled.add(leaf.id);
    if (found === undefined) continue;
    byRule.push({ taxonomy: taxonomy.name, topic: leaf.id, by: "rule", ...found });
  }
  if (head === undefined) return byRule;
  const byHead = decideLabels(head, scoresOf(head, reading))
    .filter(({ label }) => !settled.has(label))
    .map(({ label, confidence }): TopicTag => {
      const why = whyOf(head, reading, label);
      return { taxonomy: taxonomy.name, topic: label, confidence, by: "head", why };
    });
  return [...byRule, ...byHead];
}

type Found = Pick<TopicTag, "confidence" | "why"> | undefined;

function findPhrase({ rules }: Leaf, { text }: Segment): Found {
  for (const rule of rules) if (text.includes(rule)) return { confidence: 1, why: [rule] };
  return undefined;
}

function findWords({ words }: Leaf, { morphemes }: Segment): Found {
  const [told] = findTold(morphemes, words);
  if (told === undefined) return undefined;
  const span = morphemes.slice(told.start, told.end + 1);
  return { confidence: WORD_RULE_CONFIDENCE, why: [span.map((each) => each.surface).join("")] };
}

function isUnmeant({ elsewhere }: Leaf, { morphemes }: Segment): boolean {
  return elsewhere.size > 0 && isFoundElsewhere(morphemes, elsewhere);
}

function tagEmotions(head: Labeller | undefined, reading: Reading): EmotionTag[] {
  if (head === undefined) return [];
  return decideLabels(head, scoresOf(head, reading)).map(({ label, confidence }) => ({
    emotion: Emotion.parse(label),
    confidence,
  }));
}

function rateIntensity(
  head: Labeller | undefined,
  reading: Reading,
): Pick<SegmentTags, "intensity" | "intensityConfidence"> {
  const [level] = head === undefined ? [] : decideLabels(head, scoresOf(head, reading));
  if (level === undefined) return { intensity: null, intensityConfidence: null };
  return {
    intensity: Intensity.parse(Number(level.label)),
    intensityConfidence: level.confidence,
  };
}

/** What the head or a rule finds; where both do, the surer confidence. */
function detectHarm(
  head: Labeller | undefined,
  reading: Reading,
): Pick<SegmentTags, "harm" | "harmConfidence"> {
  if (head === undefined) return { harm: null, harmConfidence: null };
  const scores = scoresOf(head, reading);
  const isHeadSure = decideLabels(head, scores).some(({ label }) => label === HARM);
  const confidence = offsetConfidence(confidenceOf(scores, HARM), head.offset ?? 0);
  if (findHarm(reading.features.segment.morphemes).length === 0) {
    return { harm: isHeadSure, harmConfidence: confidence };
  }
  return { harm: true, harmConfidence: Math.max(confidence, HARM_RULE_CONFIDENCE) };
}

/**
 * @param withoutOffset whether the label is decided as if no desk had judged: reports look for harm among negative segments of
 *   grave topics, and of a hundred judged tags hardly one is of these
 * @returns a null label where the surest one is not sure enough; its confidence all the same
 */
function surest(head: Labeller, reading: Reading, { withoutOffset = false } = {}) {
  const scores = scoresOf(head, reading);
  const [decided] = decideLabels(withoutOffset ? { ...head, offset: 0 } : head, scores);
  return {
    scores,
    label: decided?.label ?? null,
    confidence: offsetConfidence(scores[surestOf(scores)]?.confidence ?? 0, head.offset ?? 0),
    why: decided === undefined ? [] : whyOf(head, reading, decided.label),
  };
}

function confidenceOf(scores: readonly LabelScore[], label: string): number {
  return scores.find((score) => score.label === label)?.confidence ?? 0;
}

function requireSchemaLabels(head: Labeller, expected: readonly string[]) {
  requireLabels(head, expected, expected.join("、"));
}

/**
 * A ready model of somebody else's may know fewer labels than we do.
 *
 * @param told the expected labels, as a person is told them
 */
function requireLabels(head: Labeller, expected: readonly string[], told: string) {
  const isReady = "score" in head;
  const missing = expected.filter((label) => !isReady && !head.labels.includes(label));
  const unknown = head.labels.filter((label) => !expected.includes(label));
  if (missing.length + unknown.length === 0) return;
  throw new ModelError(
    `分類器「${head.name}」のラベルが合いません。知らないもの: ${unknown.join("、") || "なし"}、` +
      `足りないもの: ${missing.join("、") || "なし"}、期待: ${told}。`,
  );
}
