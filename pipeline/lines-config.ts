import { z } from "zod";

/** What a recipient names who wants the report of all voices. */
export const WHOLE = "全体";
/** The voices that belong to no line of the config. */
export const REST = "その他";

/** What a voice's product or place may be called, as reports show it (see `named_voices.sql`); `*` stands for any characters. */
const patterns = z.array(z.string().min(1).max(200)).default([]);

const Line = z
  .strictObject({
    /** It stands in file names, too. */
    name: z
      .string()
      .max(40)
      .regex(
        /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ・＆（）()_-]*$/u,
        "文字、数字、・ ＆ （ ） - _ でできた名前",
      )
      .refine((name) => !TAKEN.has(fileKey(name)), `${WHOLE}、${REST}、voices のほかの名前`),
    products: patterns,
    places: patterns,
  })
  .refine(({ products, places }) => products.length + places.length > 0, "products か places");
export type Line = z.infer<typeof Line>;

/** `voices` is what the list beside a report is called. */
const TAKEN: ReadonlySet<string> = new Set([WHOLE, REST, "voices"]);

/** Product lines, in the order in which they are asked: a voice belongs to the first that it fits. */
export const LinesConfig = z
  .array(Line)
  .refine(
    (lines) => new Set(lines.map(({ name }) => fileKey(name))).size === lines.length,
    "ほかと違う名前（大文字と小文字、全角と半角は区別しません）",
  )
  .default([]);

/** Some file systems hold names for one that differ in case or width only. */
function fileKey(name: string): string {
  return name.normalize("NFKC").toLowerCase();
}

/** All lines of a config by name, the rest of the voices last; none where the config names none. */
export function lineNames(lines: readonly Pick<Line, "name">[]): string[] {
  return lines.length === 0 ? [] : [...lines.map(({ name }) => name), REST];
}
