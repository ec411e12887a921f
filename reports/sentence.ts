import { z } from "zod";
import { type Figures, figureOf } from "./figure.ts";
import { formatCount } from "./format-japanese.ts";

/** A sentence made of words and of figures, so that each claim leads to its voices. */
export const Sentence = z.array(
  z.union([z.string(), z.strictObject({ figure: z.string(), text: z.string() })]),
);
export type Sentence = z.infer<typeof Sentence>;

/** The count of a figure with its unit, as a part of a sentence. */
export function countPart(figures: Figures, id: string): Sentence[number] {
  return { figure: id, text: `${formatCount(figureOf(figures, id).value)}件` };
}

export function plainText(sentence: Sentence): string {
  return sentence.map((part) => (typeof part === "string" ? part : part.text)).join("");
}
