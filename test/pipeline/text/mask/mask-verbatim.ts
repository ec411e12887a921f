import type { Analyzer } from "../../../../models/morphemes.ts";
import { type MaskedText, maskText } from "../../../../pipeline/text/mask/mask-text.ts";
import { normalizeVerbatim } from "../../../../pipeline/text/normalize-verbatim.ts";

/** The steps before the mask, then the mask. */
export function maskVerbatim(verbatim: string, analyzer: Analyzer): MaskedText {
  const text = normalizeVerbatim(verbatim);
  return maskText({ text, morphemes: analyzer.analyze(text) });
}
