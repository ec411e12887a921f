import { z } from "zod";
import { Action } from "./action.ts";
import { DeadLetter } from "./dead-letter.ts";
import { EnrichedRecord } from "./enriched-record.ts";
import { RawRecord } from "./raw-record.ts";

/** What each stream carries. */
export type RecordOf = {
  "voc.raw": RawRecord;
  "voc.enriched": EnrichedRecord;
  "voc.dead": DeadLetter;
  "voc.actions": Action;
};

export type StreamName = keyof RecordOf;

export type MessageFormat<T> = {
  /** The version that is written. It rises when a consumer of the version before could not read it. */
  readonly version: number;
  readonly Record: z.ZodType<T>;
  /** Makes a record of the version before, or a bare one, into what `Record` parses. Older ones are refused. */
  readonly lift: (previous: unknown) => unknown;
  /** The fixed phrase of a record that is not one. */
  readonly notOne: string;
};

/** What came since is left out in older records: `known` of version 2 of `voc.raw`. */
const asItIs = (record: unknown) => record;

export const MESSAGES: { readonly [Name in StreamName]: MessageFormat<RecordOf[Name]> } = {
  "voc.raw": { version: 2, Record: RawRecord, lift: asItIs, notOne: "not a raw voice" },
  "voc.enriched": {
    version: 1,
    Record: EnrichedRecord,
    lift: asItIs,
    notOne: "not an enriched voice",
  },
  "voc.dead": { version: 1, Record: DeadLetter, lift: asItIs, notOne: "not a dead letter" },
  "voc.actions": { version: 1, Record: Action, lift: asItIs, notOne: "not an action" },
};

export const STREAM_NAMES = [
  "voc.raw",
  "voc.enriched",
  "voc.dead",
  "voc.actions",
] as const satisfies readonly StreamName[];

/** The value of a stream's messages in the present version, as JSON Schema for whoever writes or reads it elsewhere. */
export function messageJsonSchema(stream: StreamName): Record<string, unknown> {
  const { version, Record } = MESSAGES[stream];
  const Message = z.strictObject({ version: z.literal(version), record: Record });
  return { title: `${stream}, version ${version}`, ...z.toJSONSchema(Message, { io: "input" }) };
}
