import type { Morpheme } from "../../models/morpheme.ts";
import { type Analyzer, TokenizeMismatchError } from "../../models/morphemes.ts";
import type { Outcome } from "../outcome.ts";
import type { EnrichedVoice, TermSpan } from "../schema/enriched-record.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import { isEmptyAnswer } from "../text/empty-answer.ts";
import { extractTerms } from "../text/extract-terms.ts";
import { guardVerbatim } from "../text/guard-verbatim.ts";
import { knowingPersons } from "../text/known-persons.ts";
import { maskField } from "../text/mask-field.ts";
import type { MaskRules } from "../text/mask-rules.ts";
import { maskText } from "../text/mask-text.ts";
import { normalizeVerbatim } from "../text/normalize-verbatim.ts";
import { segmentText } from "../text/segment-text.ts";

/** A voice as far as no model but the morphemes' has seen it. */
export type PreparedVoice = {
  readonly fields: Omit<RawVoice, "verbatim" | "known"> & Pick<EnrichedVoice, "text" | "maskCount">;
  readonly segments: readonly PreparedSegment[];
};

export type PreparedSegment = {
  /** Span in code points of the voice's text. */
  readonly start: number;
  readonly end: number;
  readonly terms: TermSpan[];
  readonly words: string;
  /** Of the words by themselves, as reclassifying will see them; the voice's own may differ at the borders. */
  readonly morphemes: readonly Morpheme[];
};

/** Guard, normalise, morphemes, mask, segment, terms. */
export function prepareVoice(
  raw: RawVoice,
  { analyzer, mask: rules }: { readonly analyzer: Analyzer; readonly mask: MaskRules },
): Outcome<PreparedVoice> {
  const mask = knowingPersons(rules, raw.known);
  const guarded = guardVerbatim(raw.verbatim);
  if (guarded.status !== "ok") return guarded;
  const normalized = normalizeVerbatim(guarded.value);
  if (normalized === "") return { status: "skip", reason: "empty verbatim" };
  try {
    const morphemes = analyzer.analyze(normalized);
    const { text, maskCount, ...masked } = maskText({ text: normalized, morphemes }, mask);
    const points = [...text];
    const spans = isEmptyAnswer(text) ? [] : segmentText(text, masked.morphemes);
    const segments = spans.map((span) => {
      const words = points.slice(span.start, span.end).join("");
      const terms = extractTerms(masked.morphemes, span);
      return { ...span, terms, words, morphemes: analyzer.analyze(words) };
    });
    return {
      status: "ok",
      value: { fields: { ...maskFields(raw, { analyzer, mask }), text, maskCount }, segments },
    };
  } catch (cause) {
    if (!(cause instanceof TokenizeMismatchError)) throw cause;
    return { status: "reject", reason: "tokenize mismatch" };
  }
}

/** All of a voice but its verbatim, fit for people to read. */
function maskFields(
  { verbatim: _sealed, known: _looked, ...rest }: RawVoice,
  { analyzer, mask: rules }: { readonly analyzer: Analyzer; readonly mask: MaskRules },
): Omit<RawVoice, "verbatim" | "known"> {
  const masked = { ...rest };
  for (const field of ["sourceId", "product", "place", "lot"] as const) {
    const value = rest[field];
    if (value !== undefined) masked[field] = maskField(value, { rules });
  }
  const attributes = Object.entries(rest.attributes).map(([name, value]) => [
    maskField(name, { rules }),
    maskField(value, { rules, column: name, analyze: (text) => analyzer.analyze(text) }),
  ]);
  return { ...masked, attributes: Object.fromEntries(attributes) };
}
