import { z } from "zod";

/** Where a record came from, in the source's own coordinates: enough to find it again. */
export const Origin = z.strictObject({
  /**
   * "file:", the SHA-256 of the bytes, ":" and a short hash of the description they were read with. What is no file has
   * a name of its own, such as "http:crm:…".
   */
  stream: z.string().min(1),
  /** Name of the source description it was read with. */
  source: z.string().min(1).max(100),
  /** The file's base name as it was when first read; of what is no file, what staff read in its place. */
  file: z.string().min(1).max(255),
  /** Record number in the stream, from 0, headers not counted. */
  offset: z.number().int().nonnegative(),
  /** Line in the file where the record begins, from 1, headers counted; of what is no file, `offset` + 1. */
  row: z.number().int().positive(),
});

export type Origin = z.infer<typeof Origin>;

/** Which record of its source, and no more. */
export type SourcePlace = Readonly<Pick<Origin, "stream" | "offset">>;

/** The same as one text. */
export function keyOfPlace({ stream, offset }: SourcePlace): string {
  return `${stream}:${offset}`;
}
