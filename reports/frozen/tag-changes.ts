import { z } from "zod";
import { formatCount } from "../format-japanese.ts";

/** Sentences of the period of whose tags people said something since an earlier revision. */
export const TagChanges = z.strictObject({
  fixed: z.number().int(),
  confirmed: z.number().int(),
  undone: z.number().int(),
});
export type TagChanges = z.infer<typeof TagChanges>;

const WORDS: readonly (readonly [keyof TagChanges, string])[] = [
  ["fixed", "タグを直した文"],
  ["confirmed", "推定のとおりと確かめた文"],
  ["undone", "直しを取り消した文"],
];

/**
 * Nothing where nobody said anything.
 *
 * @param since such as 第1版のあとに
 */
export function tagChangesText(changes: TagChanges, since: string): string {
  const told = WORDS.filter(([key]) => changes[key] > 0);
  if (told.length === 0) return "";
  const counts = told.map(([key, words]) => `${words}が${formatCount(changes[key])}件`);
  return `${since}、人が${counts.join("、")}あります。`;
}
