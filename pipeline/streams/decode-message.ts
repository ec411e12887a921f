import { isUtf8 } from "node:buffer";
import { z } from "zod";
import type { Outcome } from "../outcome.ts";
import { MESSAGES, type RecordOf, type StreamName } from "../schema/message.ts";
import { placeOf } from "./encode-message.ts";
import { isSealed, openMessage, type SealingKeys } from "./seal-message.ts";
import { MAX_VALUE_BYTES } from "./stream-definitions.ts";

/** As a consumer gets it. Headers are not asked: other producers send none, so the value says its version itself. */
export type ReceivedMessage = { readonly key: Buffer | null; readonly value: Buffer | null };

/** A bare record, without an envelope: as a producer writes that knows of no versions. Read whatever the present one is. */
const BARE_VERSION = 0;

const Envelope = z.strictObject({ version: z.unknown(), record: z.unknown() });
const Versioned = z.looseObject({ version: z.custom((version) => version !== undefined) });

/**
 * Reads a message of the present version, or lifts one of the version before or without a version.
 *
 * @returns reject with a fixed phrase where it is neither; a bad record is never an exception
 */
export function decodeMessage<Name extends StreamName>(
  stream: Name,
  message: ReceivedMessage,
  keys: SealingKeys,
): Outcome<RecordOf[Name]> {
  const plain = readPlain(stream, message, keys);
  if (plain.status !== "ok") return plain;
  const json = parseJson(plain.value);
  return json.status === "ok" ? readRecord(stream, json.value) : json;
}

/** A value that nobody sealed is read as well: a producer without our key cannot seal. */
function readPlain(
  stream: StreamName,
  { key, value }: ReceivedMessage,
  keys: SealingKeys,
): Outcome<Buffer> {
  if (value === null) return { status: "reject", reason: "no value" };
  if (value.length > MAX_VALUE_BYTES) return { status: "reject", reason: "too large" };
  if (!isSealed(value)) return { status: "ok", value };
  return openMessage(value, placeOf(stream, key?.toString("utf8") ?? ""), keys);
}

function parseJson(bytes: Buffer): Outcome<unknown> {
  // A replacement character would stand in a customer's words for good.
  if (!isUtf8(bytes)) return { status: "reject", reason: "broken JSON" };
  try {
    return { status: "ok", value: JSON.parse(bytes.toString("utf8")) };
  } catch {
    // No cause: the parser's message quotes the customer's words.
    return { status: "reject", reason: "broken JSON" };
  }
}

function readRecord<Name extends StreamName>(
  stream: Name,
  value: unknown,
): Outcome<RecordOf[Name]> {
  const { version, Record, lift, notOne } = MESSAGES[stream];
  const read = unwrap(value);
  if (![version, version - 1, BARE_VERSION].some((known) => known === read.version)) {
    return { status: "reject", reason: "unknown version" };
  }
  const result = Record.safeParse(read.version === version ? read.record : lift(read.record));
  if (result.success) return { status: "ok", value: result.data };
  return { status: "reject", reason: notOne, cause: result.error };
}

function unwrap(value: unknown): { readonly version: unknown; readonly record: unknown } {
  const envelope = Envelope.safeParse(value);
  if (envelope.success && envelope.data.version !== undefined) return envelope.data;
  const versioned = Versioned.safeParse(value);
  return versioned.success
    ? { version: versioned.data.version, record: undefined }
    : { version: BARE_VERSION, record: value };
}
