import type { Morpheme } from "../../../models/morpheme.ts";
import { guardVerbatim } from "../guard-verbatim.ts";
import { normalizeVerbatim } from "../normalize-verbatim.ts";
import {
  compileMaskRules,
  DEFAULT_MASK_RULES,
  type MaskRules,
  type MaskSettings,
} from "./mask-rules.ts";
import { maskText } from "./mask-text.ts";
import { isFullName } from "./names/is-full-name.ts";
import { personColumn } from "./person-column.ts";

export type FieldMasking = {
  readonly rules?: MaskRules;
  /**
   * For cells that people fill with sentences: names are then found that nothing beside them gives away. Not for places
   * and products, which are called like persons.
   */
  readonly analyze?: (text: string) => readonly Morpheme[];
  /** Heading of the cell's column. */
  readonly column?: string;
};

/**
 * Masks a short cell that is not the verbatim: a place, a product, a lot, an id, an attribute, a reason.
 *
 * @returns the value as it came where nothing is found, otherwise normalised, because that is where things were found
 */
export function maskField(
  value: string,
  { rules = DEFAULT_MASK_RULES, analyze = () => [], column = "" }: FieldMasking = {},
): string {
  if (hidesNames(column) && /\p{L}/u.test(value)) return "【氏名1】";
  const normalized = normalizeCell(value);
  const { text, maskCount } = maskText({ text: normalized, morphemes: analyze(normalized) }, rules);
  return maskCount === 0 ? value : text;
}

/** Masks what a colleague wrote, such as a reason: whoever writes it has the customer's number at hand. */
export function maskWritten(value: string, settings: MaskSettings): string {
  return maskField(value, { rules: compileMaskRules(settings) });
}

/** Masks what a colleague is called by, who signs for what they wrote: all but the name. */
export function maskSigner(value: string): string {
  const normalized = normalizeCell(value);
  const { text, maskCount } = maskText(
    { text: normalized, morphemes: [] },
    { ...DEFAULT_MASK_RULES, names: false },
  );
  return maskCount === 0 ? value : text;
}

/** Masks the name of a file, where signs part the words: 「山田花子_通話.csv」. */
export function maskFileName(name: string, rules = DEFAULT_MASK_RULES): string {
  const masked = maskField(name, { rules });
  return masked
    .normalize("NFC")
    .replace(FILE_WORD, (word) => (isFullName(word) ? "【氏名】" : word));
}

/** Cells under such a heading hold nothing but what somebody is called. */
function hidesNames(column: string): boolean {
  return ["name", "handle"].includes(personColumn(column) ?? "");
}

const FILE_WORD = /(?<![\p{L}])[\p{Script=Han}々ヶケ]{3,7}(?![\p{L}])/gu;

function normalizeCell(value: string): string {
  const guarded = guardVerbatim(value);
  return normalizeVerbatim(guarded.status === "ok" ? guarded.value : value);
}
