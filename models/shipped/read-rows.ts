import { readFileSync } from "node:fs";
import { z } from "zod";
import { InputError } from "../../pipeline/errors.ts";
import { Emotion, Kind, Sentiment } from "../../pipeline/schema/enriched-record.ts";

export const Level = z.enum(["0", "1", "2", "3"]);
/** Comma-separated; "-" for none. */
export const List = z.string().transform((list) => (list === "-" ? [] : list.split(",")));

/** @param ids the leaves of the taxonomy that the topics are of */
export function topicList(ids: Iterable<string>) {
  return List.pipe(z.array(z.enum([...ids])));
}

/** Columns that hold one reading of a segment: sentiment, kind, emotions, intensity, harm. */
export const READING = [
  Sentiment,
  Kind,
  List.pipe(z.array(Emotion)),
  Level,
  z.enum(["h", "-"]).transform((mark) => mark === "h"),
] as const;

/** A line's columns, and where it stands, for messages. */
export type ReadRow<Row> = { readonly at: string; readonly row: Row };

/**
 * Reads the lines of a tab-separated file.
 *
 * @param header how many lines at the top are not rows
 * @throws InputError naming the first bad line
 */
export function readRows<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  header = 0,
): ReadRow<z.infer<Schema>>[] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n").slice(header);
  return lines.map((line, index) => {
    const at = `${path}:${index + header + 1}`;
    const checked = schema.safeParse(line.split("\t"));
    if (checked.success) return { at, row: checked.data };
    throw new InputError(`${at} ${z.prettifyError(checked.error)}`);
  });
}
