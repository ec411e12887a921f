import { z } from "zod";
import { Kind, Sentiment } from "../pipeline/schema/enriched-record.ts";

/** Which segments of a listed voice a figure is about: these are marked in the voice's text. */
export const Mark = z.strictObject({
  topic: z.string().optional(),
  sentiment: Sentiment.optional(),
  kind: Kind.optional(),
});
export type Mark = z.infer<typeof Mark>;

/** A printed count and the voices it counts. */
export const Figure = z.strictObject({
  /** Unique in its report; the fragment that links lead to. */
  id: z.string(),
  /** Its place among the report's figures, from 0; JSON keeps no order of keys. */
  position: z.number().int().nonnegative(),
  /** What is counted, in Japanese. */
  label: z.string(),
  value: z.number().int().nonnegative(),
  /** File under `sql/` that counted it. */
  sql: z.string(),
  params: z.record(z.string(), z.string()),
  /** Column values of the row of that file's answer. */
  row: z.record(z.string(), z.string()),
  mark: Mark.optional(),
  /** "sidecar": listed in the file of voices only. */
  listed: z.enum(["main", "sidecar"]),
  /** The voices counted whose words are in the value: at most `LISTED`, newest first; all of them in older values. */
  voiceIds: z.array(z.string()),
  /** Where the others stand in the value's `unlisted`, see `bounded-lists.ts`; absent where all are listed. */
  rest: z.string().optional(),
});
export type Figure = z.infer<typeof Figure>;

/** So many voices of a list are in a report by their words: more than anybody reads, and a few megabytes at most. */
export const LISTED = 200;

/** A report's figures by id. Everything else in a report's value names a figure by its id. */
export const Figures = z.record(z.string(), Figure);
export type Figures = z.infer<typeof Figures>;

/** Finds a figure that the report's own value names. */
export function figureOf(figures: Figures, id: string): Figure {
  const figure = figures[id];
  if (figure === undefined) throw new RangeError(`報告書の値に数字「${id}」がありません`);
  return figure;
}

/** Adds a figure to those of a report under construction. @returns its id */
export function addFigure(figures: Figures, figure: Omit<Figure, "value" | "position">): string {
  const position = Object.keys(figures).length;
  figures[figure.id] = { ...figure, position, value: figure.voiceIds.length };
  return figure.id;
}
