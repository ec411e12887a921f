import { z } from "zod";
import { Kind, Sentiment } from "../schema/enriched-record.ts";
import { SegmentTagged, TaggedTopics } from "../schema/tag-actions.ts";

/** Columns of `person_tags`: what a person said, and of which segment. */
export const SAID_COLUMNS = {
  tag_id: z.string(),
  voice_id: z.string(),
  span_start: z.number().int(),
  span_end: z.number().int(),
  text_hash: z.string(),
  words_hash: z.string(),
  step: SegmentTagged.shape.step,
  sentiment: Sentiment.nullable(),
  kind: Kind.nullable(),
  topics: TaggedTopics,
};

const SaidColumns = z.strictObject(SAID_COLUMNS);

/** @returns the same as `placeTags` reads it */
export function saidTagOf(row: z.infer<typeof SaidColumns>) {
  const { step, sentiment, kind, topics } = row;
  return {
    ...{ tagId: row.tag_id, start: row.span_start, end: row.span_end },
    ...{ textHash: row.text_hash, wordsHash: row.words_hash },
    ...{ step, sentiment, kind, topics },
  };
}
