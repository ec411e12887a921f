import { classifySegment, type SegmentClassifier } from "../../models/classify-segment.ts";
import type { Encoder } from "../../models/encoder.ts";
import type { Analyzer } from "../../models/morphemes.ts";
import type { Outcome } from "../outcome.ts";
import type { EnrichedSegment, EnrichedVoice, Kind, Sentiment } from "../schema/enriched-record.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import { isEmptyAnswer } from "../text/empty-answer.ts";
import { extractTerms } from "../text/extract-terms.ts";
import { guardVerbatim } from "../text/guard-verbatim.ts";
import { maskField } from "../text/mask-field.ts";
import { maskText } from "../text/mask-text.ts";
import { normalizeVerbatim } from "../text/normalize-verbatim.ts";
import { segmentText } from "../text/segment-text.ts";

export type EnrichTools = {
  readonly analyzer: Analyzer;
  readonly encoder: Encoder;
  readonly classifier: SegmentClassifier;
  readonly epoch: number;
};

/** A mean polarity nearer to zero than this is called neutral. Read off the held-out lines by eye. */
const NEUTRAL_WITHIN = 0.2;

/** The way of one voice: guard, normalise, morphemes, mask, segment, terms, encode, classify. */
export async function enrichVoice(
  raw: RawVoice,
  tools: EnrichTools,
): Promise<Outcome<EnrichedVoice>> {
  const guarded = guardVerbatim(raw.verbatim);
  if (guarded.status !== "ok") return guarded;
  const normalized = normalizeVerbatim(guarded.value);
  if (normalized === "") return { status: "skip", reason: "empty verbatim" };
  const { text, morphemes, maskCount } = maskText({
    text: normalized,
    morphemes: tools.analyzer.analyze(normalized),
  });
  const points = [...text];
  const segments: EnrichedSegment[] = [];
  for (const span of isEmptyAnswer(text) ? [] : segmentText(text, morphemes)) {
    const words = points.slice(span.start, span.end).join("");
    const vector = await tools.encoder.encode(words);
    segments.push({
      ...span,
      ...classifyWords(words, vector, tools),
      terms: extractTerms(morphemes, span),
      vector: Buffer.from(vector.buffer, vector.byteOffset, vector.length).toString("base64"),
    });
  }
  const value = {
    ...maskFields(raw),
    epoch: tools.epoch,
    text,
    maskCount,
    ...voiceValues(segments),
    segments,
  };
  return { status: "ok", value };
}

/** All of a voice but its verbatim, fit for people to read. */
function maskFields({ verbatim: _sealed, ...rest }: RawVoice): Omit<RawVoice, "verbatim"> {
  const masked = { ...rest };
  for (const field of ["sourceId", "product", "place", "lot"] as const) {
    const value = rest[field];
    if (value !== undefined) masked[field] = maskField(value);
  }
  const attributes = Object.entries(rest.attributes).map(([name, value]) => [
    maskField(name),
    maskField(value),
  ]);
  return { ...masked, attributes: Object.fromEntries(attributes) };
}

/**
 * What the heads say of one segment. They see its words by themselves, not the voice around it, so that
 * reclassifying from what is stored gives the same tags bit for bit.
 */
export function classifyWords(
  text: string,
  vector: Int8Array,
  { analyzer, classifier }: Pick<EnrichTools, "analyzer" | "classifier">,
) {
  return classifySegment(classifier, { text, morphemes: analyzer.analyze(text), vector });
}

/** Complaint before request before question before praise: what needs an answer names the voice. */
const KIND_ORDER: readonly Kind[] = ["complaint", "request", "question", "praise"];

/** A voice's own values, derived from its segments. */
function voiceValues(segments: readonly EnrichedSegment[]): {
  sentiment: Sentiment;
  polarity: number;
  kind: Kind;
} {
  const sum = segments.reduce((total, segment) => total + segment.polarity, 0);
  const polarity = segments.length === 0 ? 0 : sum / segments.length;
  const kinds = new Set(segments.map((segment) => segment.kind));
  return {
    sentiment:
      Math.abs(polarity) < NEUTRAL_WITHIN ? "neutral" : polarity < 0 ? "negative" : "positive",
    polarity,
    kind: KIND_ORDER.find((kind) => kinds.has(kind)) ?? "other",
  };
}
