import { type Judged, judge } from "../evaluate-head.ts";
import {
  type FeatureScales,
  type Segment,
  type SegmentFeatures,
  segmentFeatures,
} from "../features.ts";
import { type Head, type LabelScore, scoreHead } from "../head.ts";

/** One way to label segments: the shipped heads, or something simpler that they are measured against. */
export type Way = {
  /** @returns undefined where this way has nothing to say on that head's question */
  readonly judge: (head: string, text: string, gold: readonly string[]) => Judged | undefined;
  /** @returns in [-1, 1], how much likelier positive is than negative */
  readonly polarity: (text: string) => number;
};

export type HeadWay = {
  readonly heads: ReadonlyMap<string, Head>;
  readonly scales: FeatureScales;
  readonly toSegment: (text: string) => Segment;
};

export function wayOfHeads({ heads, scales, toSegment }: HeadWay): Way & {
  /** The same by a head that is none of them. */
  readonly judgeBy: (head: Head, text: string, gold: readonly string[]) => Judged;
} {
  const known = new Map<string, SegmentFeatures>();
  const scoresOf = (head: Head, text: string) => {
    const features = known.get(text) ?? segmentFeatures(toSegment(text), scales);
    known.set(text, features);
    return scoreHead(head, features);
  };
  return {
    judge: (name, text, gold) => {
      const head = heads.get(name);
      return head === undefined ? undefined : judge(head, gold, scoresOf(head, text));
    },
    judgeBy: (head, text, gold) => judge(head, gold, scoresOf(head, text)),
    polarity: (text) => {
      const head = heads.get("sentiment");
      return head === undefined ? 0 : polarityOf(scoresOf(head, text));
    },
  };
}

/** Always the most frequent label of the training lines; nothing where most lines have none. */
export function wayOfMajority(heads: ReadonlyMap<string, Head>): Way {
  const scoresOf = (head: Head): LabelScore[] => {
    const { counts, examples } = head.origin;
    const ranked = Object.entries(counts).sort(([, one], [, other]) => other - one);
    return ranked
      .slice(0, 1)
      .map(([label, count]) => ({ label, confidence: count / examples }))
      .filter(({ confidence }) => head.mode === "single" || confidence > 0.5);
  };
  return {
    judge: (name, _, gold) => {
      const head = heads.get(name);
      return head === undefined ? undefined : { gold, given: scoresOf(head), shown: true };
    },
    polarity: () => {
      const head = heads.get("sentiment");
      return head === undefined ? 0 : polarityOf(scoresOf(head));
    },
  };
}

/** @param polarities by text, in [-1, 1]; 0 is neutral, and so is a text that the dictionary knows no word of */
export function wayOfPolarities(polarities: ReadonlyMap<string, number>): Way {
  const polarity = (text: string) => polarities.get(text) ?? 0;
  return {
    polarity,
    judge: (name, text, gold) => {
      if (name !== "sentiment") return undefined;
      const value = polarity(text);
      const label = value === 0 ? "neutral" : value < 0 ? "negative" : "positive";
      return { gold, given: [{ label, confidence: 1 }], shown: true };
    },
  };
}

function polarityOf(scores: readonly LabelScore[]): number {
  const of = (label: string) => scores.find((score) => score.label === label)?.confidence ?? 0;
  return of("positive") - of("negative");
}
