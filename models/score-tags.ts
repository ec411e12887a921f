import { z } from "zod";
import {
  readSegment,
  type SegmentClassifier,
  type SegmentTags,
  scoresOf,
  tagReading,
} from "./classify-segment.ts";
import { offsetConfidence } from "./desk-offset.ts";
import type { Segment } from "./features.ts";
import type { Labeller } from "./text-model.ts";

/** What a head says of one label of a segment. */
export const ScoredTag = z.strictObject({
  /** sentiment, kind, emotion, intensity, harm, or a taxonomy's name. */
  head: z.string(),
  label: z.string(),
  /** Before the desk's offset. */
  confidence: z.number(),
  /** Whether the segment is tagged so, and because of the head: no rule settled it. */
  isShown: z.boolean(),
});
export type ScoredTag = z.infer<typeof ScoredTag>;

/** What all heads say of all their labels: how sure a tag was before the desk's offset is stored nowhere. */
export async function scoreTags(
  classifier: SegmentClassifier,
  segment: Segment,
): Promise<ScoredTag[]> {
  const reading = await readSegment(classifier, segment);
  const shown = shownTags(tagReading(classifier, reading));
  const scored: ScoredTag[] = [];
  for (const [head, by] of namedHeads(classifier)) {
    const scores = scoresOf(by, reading);
    for (const { label, confidence } of scores) {
      const moved = offsetConfidence(confidence, by.offset ?? 0);
      const isShown = shown.some(
        (tag) => tag.head === head && tag.label === label && tag.confidence === moved,
      );
      scored.push({ head, label, confidence, isShown });
    }
  }
  return scored;
}

function namedHeads({ topics, ...heads }: SegmentClassifier): [string, Labeller][] {
  const { sentiment, kind, emotion, intensity, harm } = heads;
  const named: [string, Labeller | undefined][] = [
    ...Object.entries({ sentiment, kind, emotion, intensity, harm }),
    ...topics.map(({ taxonomy, head }): [string, Labeller | undefined] => [taxonomy.name, head]),
  ];
  return named.flatMap(([name, by]) => (by === undefined ? [] : [[name, by]]));
}

/** A rule's tag has a confidence of its own. */
function shownTags(tags: SegmentTags) {
  const { sentiment, kind, intensity, harm } = tags;
  return [
    { head: "sentiment", label: sentiment, confidence: tags.sentimentConfidence },
    { head: "kind", label: kind, confidence: tags.kindConfidence },
    ...tags.emotions.map(({ emotion: label, confidence }) => ({
      ...{ head: "emotion", label, confidence },
    })),
    {
      ...{ head: "intensity", label: intensity === null ? null : String(intensity) },
      confidence: tags.intensityConfidence,
    },
    { head: "harm", label: harm === true ? "harm" : null, confidence: tags.harmConfidence },
    ...tags.topics
      .filter(({ by }) => by === "head")
      .map(({ taxonomy: head, topic: label, confidence }) => ({ head, label, confidence })),
  ];
}
