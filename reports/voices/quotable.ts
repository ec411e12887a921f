import type { ReportEffects, Span } from "../report-effects.ts";
import type { QuotableSegmentRow, QuotableVoiceRow } from "../report-rows.ts";
import { type QuotePlaces, quotePlaces } from "./quote-places.ts";

/** By id. */
export type QuotableVoices = ReadonlyMap<string, QuotableVoiceRow>;

/** What may be quoted of a span's voices. */
export type Quotable = {
  readonly voices: QuotableVoices;
  /** Of these voices, those that blame a topic or praise. */
  readonly segments: readonly QuotableSegmentRow[];
  readonly places: QuotePlaces;
};

export async function readQuotable(
  effects: Pick<ReportEffects, "readQuotableSegments" | "readQuotableVoices" | "readQuoteVectors">,
  span: Span,
  taxonomy: string,
): Promise<Quotable> {
  const [segments, voices, vectors] = await Promise.all([
    effects.readQuotableSegments(span, taxonomy),
    effects.readQuotableVoices(span),
    effects.readQuoteVectors(span),
  ]);
  const byId = new Map<string, QuotableVoiceRow>();
  for (const row of voices.rows) byId.set(row.voice_id, row);
  return {
    voices: byId,
    segments: segments.rows,
    places: quotePlaces(vectors.rows[0]),
  };
}
