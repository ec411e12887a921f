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

/** As many as a desk is asked to judge, and how often other ones are drawn. */
const ASKED = 100;
const DRAWS = 20;

type Case = LabelledText & Grouped;

/**
 * What a desk's judgements would make of a head's confidence on such texts: each half of them, whole groups, is measured with the
 * offset that is fitted on a hundred tags of the other, which is never what is measured. The mean over draws.
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
  const known = halves.map((half) => half.flatMap((each) => shownTags(judge(head, each))));
  const judged = Math.min(ASKED, ...known.map((tags) => tags.length));
  if (judged < FEWEST_JUDGED) return undefined;
  const random = seededRandom(BOOTSTRAP_SEED);
  const draws = Array.from({ length: DRAWS }, () =>
    halves.flatMap((half, index) => {
      const { offset } = fitDeskOffset(drawn(known[1 - index] ?? [], random));
      return half.map((each) => judge({ ...head, offset }, each));
    }),
  );
  const gaps = draws.map((measured) => rightLessSaid(reliabilityBins(measured)));
  return {
    judged,
    ece: round(meanOf(draws.map((measured) => evaluateJudged(head.labels, measured).ece))),
    eceByChance: round(meanOf(draws.slice(0, 1).map((measured) => chanceError(measured, random)))),
    gap: round(Math.sqrt(meanOf(gaps.map((gap) => gap * gap)))),
  };
}

function drawn(tags: readonly JudgedTag[], random: () => number): JudgedTag[] {
  const order = shuffledIndexes(tags.length, random).subarray(0, ASKED);
  return [...order].flatMap((index) => tags[index] ?? []);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function halfOf(group: string): number {
  const [first = 0] = createHash("sha256").update(group).digest();
  return first % 2;
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
