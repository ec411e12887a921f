import { countCodePoints } from "../pipeline/text/code-points.ts";
import type { SegmentFeatures } from "./features.ts";
import type { HeadWeights } from "./head.ts";
import type { Morpheme } from "./morpheme.ts";

const MOST_WORDS = 3;
const TELLING = new Set(["名詞", "動詞", "形容詞", "副詞", "感動詞", "連体詞"]);
/** Verbs and nouns that only carry grammar: 「入っている」 is told by 入っ, not by いる. */
const LIGHT = new Set(
  "する いる ある なる れる られる せる させる てる しまう くる いく 来る 行く の こと もの よう ん さん".split(
    " ",
  ),
);

/** Which weights speak: a head's own, or its part of the table of several. */
export type Spoken = {
  readonly weights: Pick<HeadWeights, "labels" | "hashWeights" | "hashSteps">;
  readonly column: number;
};

/**
 * @returns up to three whole words of the text that spoke for the label, strongest first; none where the
 * sentence vector alone decided, whose numbers stand on no word
 */
export function explain(spoken: Spoken, features: SegmentFeatures): string[] {
  const perCharacter = characterContributions(spoken, features);
  const words = new Map<string, number>();
  for (const morpheme of features.segment.morphemes.filter(isTelling)) {
    let score = 0;
    for (let at = morpheme.start; at < morpheme.end; at += 1) {
      score += perCharacter[at] ?? 0;
    }
    if (score > 0) words.set(morpheme.surface, Math.max(score, words.get(morpheme.surface) ?? 0));
  }
  return [...words]
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_WORDS)
    .map(([word]) => word);
}

function isTelling(morpheme: Morpheme): boolean {
  return TELLING.has(morpheme.pos) && !LIGHT.has(morpheme.base) && morpheme.posDetail !== "接尾";
}

/** Each feature's part of the score, shared evenly by the characters it stands on. */
function characterContributions({ weights, column }: Spoken, features: SegmentFeatures) {
  const { buckets, values, origins } = features;
  const { hashWeights, labels } = weights;
  const step = weights.hashSteps[column] ?? 0;
  const occurrences = countOccurrences(features);
  const contributions = new Float64Array(countCodePoints(features.segment.text));
  for (let at = 0; at < origins.length; at += 3) {
    const slot = origins[at] ?? 0;
    const [start, end] = [origins[at + 1] ?? 0, origins[at + 2] ?? 0];
    const weight = hashWeights[(buckets[slot] ?? 0) * labels.length + column] ?? 0;
    const whole = (weight * step * (values[slot] ?? 0)) / (occurrences[slot] ?? 1);
    const share = whole / (end - start);
    for (let character = start; character < end; character += 1) {
      contributions[character] = (contributions[character] ?? 0) + share;
    }
  }
  return contributions;
}

/** @returns how often each bucket occurs */
function countOccurrences({ buckets, origins }: SegmentFeatures): Int32Array {
  const occurrences = new Int32Array(buckets.length);
  for (let at = 0; at < origins.length; at += 3) {
    const slot = origins[at] ?? 0;
    occurrences[slot] = (occurrences[slot] ?? 0) + 1;
  }
  return occurrences;
}
