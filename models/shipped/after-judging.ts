import { createHash } from "node:crypto";
import { FEWEST_JUDGED, fitDeskOffset, type JudgedTag } from "../desk-offset.ts";
import {
  chanceError,
  evaluateJudged,
  type Judged,
  type ReliabilityBin,
  reliabilityBins,
} from "../evaluate-head.ts";
import type { Head } from "../head.ts";
import { seededRandom, shuffledIndexes } from "../random.ts";
import type { LabelledText } from "../read-examples.ts";
import { BOOTSTRAP_SEED, type Grouped } from "./bootstrap.ts";
import type { AfterJudging } from "./evaluation-file.ts";

/** As many as a desk is asked to judge. */
const ASKED = 100;

type Case = LabelledText & Grouped;

/**
 * What a desk's judgements would make of a head's confidence on such texts: each half of them, whole groups, is measured with the
 * offset that is fitted on a hundred tags of the other, which is never what is measured.
 *
 * @param judge what a head says of a text
 * @returns undefined where a half has too few tags to fit anything on
 */
export function measureAfterJudging(
  head: Head,
  cases: readonly Case[],
  judge: (head: Head, text: Case) => Judged,
): AfterJudging | undefined {
  const halves = [0, 1].map((half) => cases.filter(({ group }) => halfOf(group) === half));
  const judged = halves.map((half) => half.flatMap((each) => shownTags(judge(head, each))));
  if (judged.some((tags) => tags.length < FEWEST_JUDGED)) return undefined;
  const measured = halves.flatMap((half, index) => {
    const asked = drawn(judged[1 - index] ?? []).slice(0, ASKED);
    const own = { ...head, offset: fitDeskOffset(asked).offset };
    return half.map((each) => judge(own, each));
  });
  const counts = judged.map((tags) => Math.min(ASKED, tags.length));
  return {
    judged: Math.min(...counts),
    ece: round(evaluateJudged(head.labels, measured).ece),
    eceByChance: round(chanceError(measured, seededRandom(BOOTSTRAP_SEED))),
    rightLessSaid: round(rightLessSaid(reliabilityBins(measured))),
  };
}

function halfOf(group: string): number {
  const [first = 0] = createHash("sha256").update(group).digest();
  return first % 2;
}

/** Files go by topic: the first hundred would be of a few. */
function drawn(tags: readonly JudgedTag[]): JudgedTag[] {
  const order = shuffledIndexes(tags.length, seededRandom(BOOTSTRAP_SEED));
  return [...order].flatMap((index) => tags[index] ?? []);
}

function shownTags({ gold, given, shown }: Judged): JudgedTag[] {
  if (!shown) return [];
  return given.map(({ label, confidence }) => ({ confidence, isRight: gold.includes(label) }));
}

/** The share of tags that is right less their mean confidence. */
export function rightLessSaid(bins: readonly ReliabilityBin[]): number {
  const tags = bins.reduce((sum, { count }) => sum + count, 0);
  const gap = bins.reduce((sum, { count, right, confidence }) => {
    return sum + count * (right - confidence);
  }, 0);
  return tags === 0 ? 0 : gap / tags;
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
