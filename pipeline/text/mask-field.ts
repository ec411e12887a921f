import { guardVerbatim } from "./guard-verbatim.ts";
import { maskText } from "./mask-text.ts";
import { normalizeVerbatim } from "./normalize-verbatim.ts";

/**
 * Masks a short cell that is not the verbatim: a place, a product, a lot, an id, an attribute, a file's name.
 *
 * @returns the value as it came where nothing is found, otherwise normalised, because that is where things were found
 */
export function maskField(value: string): string {
  const guarded = guardVerbatim(value);
  const normalized = normalizeVerbatim(guarded.status === "ok" ? guarded.value : value);
  const { text, maskCount } = maskText({ text: normalized, morphemes: [] });
  return maskCount === 0 ? value : text;
}
