import { z } from "zod";
import { type Figures, figureOf } from "./figure.ts";
import type { ProductRow } from "./report-rows.ts";
import type { Voices } from "./voices/voice.ts";

/** Of a product's voices with something negative, those that the value names. */
export const NEWEST_NAMED = 3;

/** How many voices a product had in the period and in the one before it, and those with something negative. */
export const ProductCount = z.strictObject({
  product: z.string(),
  now: z.number().int(),
  before: z.number().int(),
  negative: z.number().int(),
  /** The newest with something negative. */
  newest: z.array(z.strictObject({ voiceId: z.string() })),
});
export type ProductCount = z.infer<typeof ProductCount>;

export function productOf(row: z.infer<typeof ProductRow>): ProductCount {
  return {
    product: row.product,
    now: row.this_count,
    before: row.previous_count,
    negative: row.negative_count,
    newest: row.voice_ids.map((voiceId) => ({ voiceId })),
  };
}

/** @returns zeros for a product that nobody spoke of */
export function productCount(
  report: {
    readonly products: readonly ProductCount[] | null;
    readonly figures: Figures;
    readonly voices: Voices;
  },
  product: string,
): ProductCount {
  if (report.products === null) return countedFromVoices(report, product);
  const counted = report.products.find((each) => each.product === product);
  return counted ?? { product, now: 0, before: 0, negative: 0, newest: [] };
}

/** A value of format 2 or 3 has every voice by its words, and no counts. */
function countedFromVoices(
  { figures, voices }: { readonly figures: Figures; readonly voices: Voices },
  product: string,
): ProductCount {
  const ofProduct = (figure: string) =>
    figureOf(figures, figure).voiceIds.filter((id) => voices[id]?.product === product);
  const negative = ofProduct("negative");
  return {
    product,
    now: ofProduct("all").length,
    before: ofProduct("all-previous").length,
    negative: negative.length,
    newest: negative.slice(0, NEWEST_NAMED).map((voiceId) => ({ voiceId })),
  };
}
