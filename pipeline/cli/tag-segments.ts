import { z } from "zod";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { Kind, Sentiment } from "../schema/enriched-record.ts";
import { query } from "../warehouse/query.ts";
import { findVoice } from "./awareness.ts";

const TopicTags = z.array(
  z.strictObject({ taxonomy: z.string(), topic: z.string(), confidence: z.number() }),
);
const TopicsBy = z.array(z.strictObject({ taxonomy: z.string(), by_whom: z.string() }));

const SegmentRow = z.strictObject({
  revision_hash: z.string(),
  span_start: z.number().int(),
  span_end: z.number().int(),
  text_hash: z.string(),
  words_hash: z.string(),
  text: z.string(),
  sentiment: Sentiment.nullable(),
  sentiment_confidence: z.number(),
  /** Name and day of the person who said so; null: a machine. */
  sentiment_by: z.string().nullable(),
  kind: Kind.nullable(),
  kind_confidence: z.number(),
  kind_by: z.string().nullable(),
  topics: z.string().transform((text) => TopicTags.parse(JSON.parse(text))),
  topics_by: z.string().transform((text) => TopicsBy.parse(JSON.parse(text))),
});
export type TaggedSegment = z.infer<typeof SegmentRow>;

export async function readSegments(home: Home, voiceId: string): Promise<TaggedSegment[]> {
  const file = "questions/segments_of_voice.sql";
  return await query(home.warehouse.reader, file, { voice_id: voiceId }, SegmentRow);
}

/** @param number from 1 */
export async function findSegment(
  home: Home,
  asked: { readonly voice: string; readonly segment: number },
): Promise<TaggedSegment & { readonly voiceId: string }> {
  const { voice_id: voiceId } = await findVoice(home, asked.voice);
  const segments = await readSegments(home, voiceId);
  const found = segments[asked.segment - 1];
  if (found !== undefined) return { ...found, voiceId };
  throw new InputError(
    `文の番号（--segment） … 読んだもの: ${asked.segment}、期待: 1 から ${segments.length}。kizuki tag show --voice ${asked.voice} で確かめられます。`,
  );
}
