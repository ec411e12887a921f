import type { Outcome } from "../outcome.ts";
import { MESSAGES, type RecordOf, type StreamName } from "../schema/message.ts";
import { messageKey } from "./message-key.ts";
import { isSealedStream, type SealingKeys, sealMessage } from "./seal-message.ts";
import { MAX_VALUE_BYTES } from "./stream-definitions.ts";

export type EncodedMessage = {
  readonly key: string;
  readonly value: Buffer;
  readonly headers?: Record<string, string>;
};

/** One record as key and value; `voc.raw` sealed. */
export function encodeMessage<Name extends StreamName>(
  stream: Name,
  record: RecordOf[Name],
  keys: SealingKeys,
): Outcome<EncodedMessage> {
  const { version } = MESSAGES[stream];
  const key = messageKey(stream, record);
  const plain = Buffer.from(JSON.stringify({ version, record }));
  if (plain.length > MAX_VALUE_BYTES) return { status: "reject", reason: "too large" };
  const value = isSealedStream(stream) ? sealMessage(plain, placeOf(stream, key), keys) : plain;
  return { status: "ok", value: { key, value } };
}

/** What a sealed value is bound to. */
export function placeOf(stream: StreamName, key: string): string {
  return `${stream}\n${key}`;
}
