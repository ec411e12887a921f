import type { ReportEffects, Span } from "../report-effects.ts";
import type { SegmentRow } from "../report-rows.ts";
import { type Voices, voicesOf } from "./voice.ts";

export type Quotable = {
  readonly voices: Voices;
  /** Of these voices, those that blame a topic or praise. */
  readonly segments: readonly SegmentRow[];
};

/** What may be quoted of a span's voices. */
export async function readQuotable(
  effects: Pick<ReportEffects, "readQuotableSegments" | "readVoices">,
  span: Span,
  taxonomy: string,
): Promise<Quotable> {
  const { rows: segments } = await effects.readQuotableSegments(span, taxonomy);
  const ids = new Set(segments.map(({ voice_id }) => voice_id));
  const { rows } = await effects.readVoices([...ids], span);
  return { voices: voicesOf(rows, []), segments };
}
