import type { Morpheme } from "../../models/morpheme.ts";
import { type Analyzer, TokenizeMismatchError } from "../../models/morphemes.ts";
import type { Outcome } from "../outcome.ts";
import type { EnrichedVoice, TermSpan } from "../schema/enriched-record.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import { shortId } from "../schema/short-id.ts";
import { sliceCodePoints, slicerOf } from "../text/code-points.ts";
import { isEmptyAnswer } from "../text/empty-answer.ts";
import { extractTerms } from "../text/extract-terms.ts";
import { knowingPersons } from "../text/mask/known-persons.ts";
import { maskField } from "../text/mask/mask-field.ts";
import type { MaskRules } from "../text/mask/mask-rules.ts";
import { maskText } from "../text/mask/mask-text.ts";
import { ownWords } from "../text/own-words.ts";
import { segmentText } from "../text/segment/segment-text.ts";

/** A voice as far as no model but the morphemes' has seen it. */
export type PreparedVoice = {
  readonly fields: Omit<RawVoice, "verbatim" | "known" | "contacts"> &
    Pick<EnrichedVoice, "text" | "maskCount">;
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

/** Own words, morphemes, mask, segment, terms. */
export function prepareVoice(
  raw: RawVoice,
  { analyzer, mask: rules }: { readonly analyzer: Analyzer; readonly mask: MaskRules },
): Outcome<PreparedVoice> {
  const mask = knowingPersons(rules, raw.known);
  const own = ownWords(raw);
  if (own.status !== "ok") return own;
  try {
    const morphemes = analyzer.analyze(own.value);
    const { text, maskCount, ...masked } = maskText({ text: own.value, morphemes }, mask);
    const slice = slicerOf(text);
    const spans = isEmptyAnswer(text) ? [] : segmentText(text, masked.morphemes);
    const segments = spans.map((span) => {
      const words = slice(span.start, span.end);
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

/** In code points, each of two units at most: with the voice's own number no more than an id may have. */
const SHOWN_OF_ID = 95;

/** All of a voice but its verbatim, fit for people to read. */
function maskFields(
  { verbatim: _sealed, known: _looked, contacts: _reached, ...rest }: RawVoice,
  { analyzer, mask: rules }: { readonly analyzer: Analyzer; readonly mask: MaskRules },
): Omit<RawVoice, "verbatim" | "known" | "contacts"> {
  const masked = { ...rest };
  for (const field of ["sourceId", "product", "place", "lot"] as const) {
    const value = rest[field];
    if (value !== undefined) masked[field] = maskField(value, { rules });
  }
  if (masked.sourceId !== undefined && masked.sourceId !== rest.sourceId) {
    // Each mail's id would be 【メール1】: what is shown of it has to name one voice to the commands.
    const shown = sliceCodePoints(masked.sourceId, 0, SHOWN_OF_ID);
    masked.sourceId = `${shown} ${shortId(rest.voiceId)}`;
  }
  const attributes = Object.entries(rest.attributes).map(([name, value]) => [
    maskField(name, { rules }),
    maskField(value, { rules, column: name, analyze: (text) => analyzer.analyze(text) }),
  ]);
  return { ...masked, attributes: Object.fromEntries(attributes) };
}
