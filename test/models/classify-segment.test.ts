import { expect, test } from "vitest";
import { HARM_RULE_CONFIDENCE } from "../../models/bodily-harm.ts";
import { classifySegment, makeSegmentClassifier } from "../../models/classify-segment.ts";
import { offsetConfidence } from "../../models/desk-offset.ts";
import { type Segment, segmentFeatures } from "../../models/features.ts";
import { scoreTags } from "../../models/score-tags.ts";
import { SETTLED_CONFIDENCE } from "../../models/settle-judgement.ts";
import { parseTaxonomy } from "../../models/taxonomy.ts";
import { trainHead } from "../../models/train-head.ts";
import { segmentOf } from "./toy.ts";

const BAD = "箱 に/助詞 虫 が/助詞 いた/動詞";
const PLAIN = "店 は/助詞 何時 まで/助詞 か/助詞";
const GOOD = "味 が/助詞 最高/名詞 でした/助動詞";

function headOf(
  mode: "single" | "multi",
  labels: readonly string[],
  taught: Readonly<Record<string, readonly string[]>>,
) {
  const examples = Object.entries(taught).flatMap(([text, own]) =>
    Array.from({ length: 8 }, () => ({ features: segmentFeatures(segmentOf(text)), labels: own })),
  );
  const origin = { encoder: "toy-encoder", licence: "Apache-2.0", data: [] };
  return trainHead(examples, { name: "toy", mode, labels, seed: 1, origin }).head;
}

const taxonomy = parseTaxonomy(
  `
name: toy
label: 例
version: 1
topics:
  - { id: insect, label: 虫 }
  - { id: taste, label: 味 }
  - { id: recall, label: 回収, rules: [自主回収] }
`,
  "toy.yaml",
);
const topicHead = headOf("multi", ["insect", "taste"], {
  [BAD]: ["insect"],
  [PLAIN]: [],
  [GOOD]: ["taste"],
});
const classifier = makeSegmentClassifier({
  sentiment: headOf("single", ["negative", "neutral", "positive"], {
    [BAD]: ["negative"],
    [PLAIN]: ["neutral"],
    [GOOD]: ["positive"],
  }),
  kind: headOf("single", ["complaint", "request", "question", "praise", "other"], {
    [BAD]: ["complaint"],
    [PLAIN]: ["question"],
    [GOOD]: ["praise"],
  }),
  topics: [{ taxonomy, head: topicHead }],
});

test("a complaint is negative, below zero, about its topic, and says by which words", async () => {
  const tags = await classifySegment(classifier, segmentOf(BAD));
  expect(tags).toMatchObject({ sentiment: "negative", kind: "complaint" });
  expect(tags.polarity).toBeLessThan(0);
  expect(tags.why).toContain("虫");
  expect(tags.topics).toMatchObject([{ taxonomy: "toy", topic: "insect", by: "head" }]);
  expect(tags.topics[0]?.why).toContain("虫");
});

test("praise is above zero", async () => {
  expect((await classifySegment(classifier, segmentOf(GOOD))).polarity).toBeGreaterThan(0);
});

test("a segment below every threshold has no topic", async () => {
  expect((await classifySegment(classifier, segmentOf(PLAIN))).topics).toEqual([]);
});

test("a phrase of a rule settles its topic, and is what is named", async () => {
  const { topics } = await classifySegment(classifier, segmentOf("自主回収 の/助詞 お知らせ"));
  expect(topics).toContainEqual({
    taxonomy: "toy",
    topic: "recall",
    confidence: 1,
    by: "rule",
    why: ["自主回収"],
  });
});

test("a taxonomy without a head works by its rules", async () => {
  const ruled = { ...classifier, topics: [{ taxonomy }] };
  expect((await classifySegment(ruled, segmentOf(BAD))).topics).toEqual([]);
  expect((await classifySegment(ruled, segmentOf("自主回収"))).topics).toHaveLength(1);
});

const SOBER =
  "食べ/動詞/食べる/自立 た/助動詞 後/名詞/後/副詞可能 に/助詞 下痢 を/助詞 し/動詞/する/自立 た/助動詞";

/** One whose heads take the sober report for this. */
function takingSoberFor(sentiment: string, kind: string) {
  const sentiments = { [BAD]: ["negative"], [SOBER]: [sentiment], [GOOD]: ["positive"] };
  const kinds = { [BAD]: ["complaint"], [SOBER]: [kind], [GOOD]: ["praise"] };
  return makeSegmentClassifier({
    ...classifier,
    sentiment: headOf("single", ["negative", "neutral", "positive"], sentiments),
    kind: headOf("single", ["complaint", "request", "question", "praise", "other"], kinds),
  });
}

test("harm that is blamed on what was eaten is a complaint, and says by which words", async () => {
  const tags = await classifySegment(takingSoberFor("neutral", "other"), segmentOf(SOBER));
  expect(tags).toMatchObject({ sentiment: "negative", kind: "complaint", why: ["下痢"] });
  expect(tags.polarity).toBe(-SETTLED_CONFIDENCE);
});

test("what is asked beside harm stays a question, and what is praised stays praise", async () => {
  expect(
    await classifySegment(takingSoberFor("neutral", "question"), segmentOf(SOBER)),
  ).toMatchObject({ sentiment: "negative", kind: "question" });
  expect(
    await classifySegment(takingSoberFor("positive", "praise"), segmentOf(SOBER)),
  ).toMatchObject({ sentiment: "positive", kind: "praise" });
});

test("a taste whose only trouble is its excess is praised, whatever the heads say", async () => {
  const excess =
    "うま/形容詞/うまい/自立 すぎ/動詞/すぎる/非自立 て/助詞/て/接続助詞 困る/動詞/困る/自立";
  const tags = await classifySegment(takingSoberFor("neutral", "other"), segmentOf(excess));
  expect(tags).toMatchObject({ sentiment: "positive", kind: "praise" });
  expect(tags.polarity).toBeGreaterThanOrEqual(SETTLED_CONFIDENCE);
});

test("what is told to be elsewhere has no such topic, whatever the head says, but for a phrase", async () => {
  const [insect, taste] = taxonomy.leaves;
  if (insect === undefined || taste === undefined) throw new Error("the toy taxonomy has leaves");
  const elsewhere = new Set(["箱"]);
  const leaves = [{ ...insect, elsewhere, rules: ["自主回収"] }, taste];
  const moved = { ...classifier, topics: [{ taxonomy: { ...taxonomy, leaves }, head: topicHead }] };
  const inBox = "箱 に/助詞/に/格助詞 虫 が/助詞 い/動詞/いる/自立 た/助動詞";
  expect((await classifySegment(classifier, segmentOf(inBox))).topics).toHaveLength(1);
  expect((await classifySegment(moved, segmentOf(inBox))).topics).toEqual([]);
  expect((await classifySegment(moved, segmentOf(`${inBox} 自主回収`))).topics).toHaveLength(1);
});

test("classifying again from the stored bytes of the vector gives the same tags", async () => {
  const vector = Int8Array.from({ length: 384 }, (_, at) => ((at * 37) % 255) - 127);
  const segment = segmentOf(BAD, vector);
  const stored = Buffer.from(vector.buffer).toString("base64");
  const again: Segment = { ...segment, vector: Int8Array.from(Buffer.from(stored, "base64")) };
  expect(await classifySegment(classifier, again)).toEqual(
    await classifySegment(classifier, segment),
  );
});

test("a sentiment below its threshold is held back, and its polarity is said all the same", async () => {
  const sentiment = { ...classifier.sentiment, thresholds: [1, 0, 0] };
  const tags = await classifySegment({ ...classifier, sentiment }, segmentOf(BAD));
  expect(tags).toMatchObject({ sentiment: null, kind: "complaint" });
  expect(tags.sentimentConfidence).toBeGreaterThan(0.4);
  expect(tags.polarity).toBeLessThan(0);
});

test("an offset moves confidence and what is shown, not the polarity, nor what a rule says", async () => {
  const moved = (offset: number) => {
    const head = { ...topicHead, offset };
    return {
      ...classifier,
      sentiment: { ...classifier.sentiment, offset },
      topics: [{ taxonomy, head }],
    };
  };
  const before = await classifySegment(classifier, segmentOf(`${BAD} 自主回収`));
  const lower = await classifySegment(moved(-0.1), segmentOf(`${BAD} 自主回収`));
  const least = await classifySegment(moved(-9), segmentOf(`${BAD} 自主回収`));
  const { sentimentConfidence, polarity } = before;
  expect(lower.sentimentConfidence).toBeCloseTo(offsetConfidence(sentimentConfidence, -0.1), 9);
  expect([lower.polarity, lower.kindConfidence]).toEqual([polarity, before.kindConfidence]);
  expect(least).toMatchObject({ sentiment: null, polarity });
  expect(least.topics).toEqual(before.topics.filter(({ by }) => by === "rule"));
});

test.each([
  { severity: 3, said: null },
  { severity: 4, said: "negative" },
  { severity: 5, said: "negative" },
])(
  "an offset hides no sentiment beside a topic of severity 4 or 5: $severity",
  async ({ severity, said }) => {
    const leaves = taxonomy.leaves.map((leaf) => ({ ...leaf, severity }));
    const held = {
      ...classifier,
      sentiment: { ...classifier.sentiment, offset: -20 },
      topics: [{ taxonomy: { ...taxonomy, leaves }, head: topicHead }],
    };
    const { sentiment, sentimentConfidence } = await classifySegment(held, segmentOf(BAD));
    expect(sentiment).toBe(said);
    const before = await classifySegment(classifier, segmentOf(BAD));
    expect(sentimentConfidence).toBeCloseTo(offsetConfidence(before.sentimentConfidence, -20), 9);
  },
);

test("a tag that is shown for its topic's severity alone is its head's as well", async () => {
  const leaves = taxonomy.leaves.map((leaf) => ({ ...leaf, severity: 4 }));
  const held = {
    ...classifier,
    sentiment: { ...classifier.sentiment, offset: -20 },
    topics: [
      {
        taxonomy: { ...taxonomy, leaves },
        head: { ...topicHead, offset: -20, kept: leaves.map(({ id }) => id) },
      },
    ],
  };
  const shown = (await scoreTags(held, segmentOf(BAD))).filter(({ isShown }) => isShown);
  expect(shown.map(({ head, label }) => `${head} ${label}`)).toEqual([
    "sentiment negative",
    "kind complaint",
    "toy insect",
  ]);
});

test("a tag counts as its head's where the head shows it, with the confidence before any offset", async () => {
  const sick = takingSoberFor("neutral", "other");
  const shownOf = async (parts: typeof classifier, text: string) =>
    (await scoreTags(parts, segmentOf(text))).filter(({ isShown }) => isShown);
  const [own, settled] = [await shownOf(classifier, BAD), await shownOf(sick, SOBER)];
  expect(own.map(({ head, label }) => `${head} ${label}`)).toEqual([
    "sentiment negative",
    "kind complaint",
    "toy insect",
  ]);
  expect(settled).toEqual([]);
  const moved = {
    ...classifier,
    kind: { ...classifier.kind, offset: 0.7 },
    topics: [{ taxonomy, head: { ...topicHead, offset: -9 } }],
  };
  expect(await shownOf(moved, BAD)).toEqual(own.slice(0, 2));
});

test("emotions, intensity and harm come from their heads", async () => {
  const emotions = ["怒り", "失望", "不安", "嫌悪", "悲しみ", "喜び", "感謝", "驚き", "期待"];
  const full = makeSegmentClassifier({
    ...classifier,
    emotion: headOf("multi", emotions, { [BAD]: ["嫌悪"], [PLAIN]: [], [GOOD]: ["喜び"] }),
    intensity: headOf("single", ["0", "1", "2", "3"], {
      [BAD]: ["3"],
      [PLAIN]: ["0"],
      [GOOD]: ["1"],
    }),
    harm: headOf("multi", ["harm"], { [BAD]: ["harm"], [PLAIN]: [], [GOOD]: [] }),
  });
  const tags = await classifySegment(full, segmentOf(BAD));
  expect(tags.emotions.map(({ emotion }) => emotion)).toEqual(["嫌悪"]);
  expect(tags).toMatchObject({ intensity: 3, harm: true });
  expect(tags.harmConfidence).toBeGreaterThan(0.4);
  expect(await classifySegment(full, segmentOf(GOOD))).toMatchObject({ intensity: 1, harm: false });
});

test("plain words of harm count where the head misses them, and for nothing where nobody looks", async () => {
  const harm = headOf("multi", ["harm"], { [BAD]: ["harm"], [PLAIN]: [], [GOOD]: [] });
  const sick = segmentOf("店 は/助詞 下痢 し/動詞/する た/助動詞");
  const tags = await classifySegment(makeSegmentClassifier({ ...classifier, harm }), sick);
  expect(tags).toMatchObject({ harm: true, harmConfidence: HARM_RULE_CONFIDENCE });
  expect(await classifySegment(classifier, sick)).toMatchObject({ harm: null });
});

test("where nobody looks for emotions and harm, nothing is said of them", async () => {
  const tags = await classifySegment(classifier, segmentOf(BAD));
  expect(tags).toMatchObject({ emotions: [], intensity: null, harm: null, harmConfidence: null });
});

test("a head with other labels than the schema's is told the labels of its place, not of topics", () => {
  const harm = headOf("multi", ["harm", "safe"], {
    [BAD]: ["harm"],
    [PLAIN]: [],
    [GOOD]: ["safe"],
  });
  expect(() => makeSegmentClassifier({ ...classifier, harm })).toThrow(
    /知らないもの: safe、足りないもの: なし、期待: harm。/,
  );
  expect(() => makeSegmentClassifier({ ...classifier, sentiment: classifier.kind })).toThrow(
    /期待: [a-z、]*negative/,
  );
  expect(() => makeSegmentClassifier({ ...classifier, intensity: harm })).toThrow(
    /期待: 0、1、2、3/,
  );
});

test("a head with a label that its taxonomy lacks is refused by that label", () => {
  const topics = [{ taxonomy, head: { ...topicHead, labels: ["insect", "smell"] } }];
  expect(() => makeSegmentClassifier({ ...classifier, topics })).toThrow(/smell/);
});
