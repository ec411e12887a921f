import { z } from "zod";
import { Kind, Sentiment } from "../../pipeline/schema/enriched-record.ts";
import type { SegmentRow, VoiceRow } from "../report-rows.ts";

/** A segment of a quoted or listed voice; the span counts code points of the voice's text. */
export const VoiceSegment = z.strictObject({
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** null where it is held back (判定保留), as every kind. */
  sentiment: Sentiment.nullable(),
  kind: Kind.nullable(),
  topics: z.array(z.string()),
  /** Those of `topics` that a person set; the others are 推定. */
  confirmed: z.array(z.string()),
  /** What else a person set, `topics` that there are none; left out where it is nothing. */
  byPerson: z.array(z.enum(["kind", "sentiment", "topics"])).optional(),
});
export type VoiceSegment = z.infer<typeof VoiceSegment>;

/** A voice that a report quotes or lists, as it was when the report was made. */
export const Voice = z.strictObject({
  receivedOn: z.string(),
  text: z.string(),
  place: z.string().nullable(),
  product: z.string().nullable(),
  source: z.string(),
  sentiment: Sentiment,
  kind: Kind.nullable(),
  segments: z.array(VoiceSegment),
});
export type Voice = z.infer<typeof Voice>;

export const Voices = z.record(z.string(), Voice);
export type Voices = z.infer<typeof Voices>;

/**
 * Joins voices and their segments.
 *
 * @param segments rows of one segment side by side
 * @returns by voice id
 */
export function voicesOf(rows: readonly VoiceRow[], segments: readonly SegmentRow[]): Voices {
  const voices: Voices = {};
  for (const row of rows) {
    const { voice_id, received_on, text, place, product, source, sentiment, kind } = row;
    // In the order of their keys, and segments too: thousands that `canonical` need not copy.
    voices[voice_id] = {
      kind,
      place,
      product,
      receivedOn: received_on,
      segments: [],
      sentiment,
      source,
      text,
    };
  }
  addSegments(voices, segments);
  return voices;
}

function addSegments(voices: Voices, rows: readonly SegmentRow[]): void {
  let last: SegmentRow | undefined;
  let ofVoice: VoiceSegment[] | undefined;
  for (const row of rows) {
    const isOther = last?.voice_id !== row.voice_id;
    if (isOther) ofVoice = voices[row.voice_id]?.segments;
    if (isOther || last?.span_start !== row.span_start) ofVoice?.push(segmentOf(row));
    const segment = ofVoice?.at(-1);
    if (row.topic !== null) segment?.topics.push(row.topic);
    if (row.topic !== null && row.is_confirmed === true) segment?.confirmed.push(row.topic);
    last = row;
  }
}

function segmentOf(row: SegmentRow): VoiceSegment {
  const { span_start, span_end, sentiment, kind } = row;
  const byPerson = [
    ...(row.kind_confirmed ? (["kind"] as const) : []),
    ...(row.sentiment_confirmed ? (["sentiment"] as const) : []),
    ...(row.topic === null && row.is_confirmed === true ? (["topics"] as const) : []),
  ];
  const segment = { confirmed: [], end: span_end, kind, sentiment, start: span_start, topics: [] };
  return byPerson.length === 0 ? segment : { byPerson, ...segment };
}
