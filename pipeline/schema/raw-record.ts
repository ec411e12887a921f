import { z } from "zod";
import { Origin } from "./origin.ts";
import { RawVoice } from "./raw-voice.ts";

/**
 * Value of the `voc.raw` stream: what intake made of one source record. A record that cannot be read
 * travels too, so that each record of a source has one place in the stream and none is lost.
 */
export const RawRecord = z.discriminatedUnion("status", [
  z.strictObject({ status: z.literal("ok"), origin: Origin, voice: RawVoice }),
  z.strictObject({ status: z.literal("skip"), origin: Origin, reason: z.string() }),
  z.strictObject({
    status: z.literal("reject"),
    origin: Origin,
    /** A short fixed phrase, so that it can be counted: "too many cells". */
    reason: z.string(),
    /** Name of the column that could not be read, where one is to blame. */
    column: z.string().optional(),
    /** The record as it stood in the source (cut at 64 KiB). Sealed with the stream, shown to nobody. */
    bytes: z.string(),
  }),
]);

export type RawRecord = z.infer<typeof RawRecord>;
