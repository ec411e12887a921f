import { z } from "zod";
import { Origin } from "./origin.ts";
import { RawVoice } from "./raw-voice.ts";
import { Retry } from "./retry.ts";

/**
 * Value of the `voc.raw` stream: what intake made of one source record. A record that cannot be read
 * travels too, so that each record of a source has its place in the stream and none is lost. A retry of a dead
 * letter writes the record once more, as it is made of the same cells now.
 */
export const RawRecord = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("ok"), origin: Origin, voice: RawVoice, retry: Retry }),
  z.strictObject({
    status: z.literal("skip"),
    origin: Origin,
    reason: z.string(),
    retry: Retry,
  }),
  z.strictObject({
    status: z.literal("reject"),
    origin: Origin,
    /** A short fixed phrase, so that it can be counted: "too many cells". */
    reason: z.string(),
    /** Name of the column that could not be read, where one is to blame. */
    column: z.string().optional(),
    /** The record as it stood in the source (cut at 64 KiB). Sealed with the stream, shown to nobody. */
    bytes: z.string(),
    /** The same by column, where it could be cut into cells and they are not longer than that: what a retry maps. */
    cells: z.record(z.string(), z.string()).optional(),
    retry: Retry,
  }),
]);

export type RawRecord = z.infer<typeof RawRecord>;
