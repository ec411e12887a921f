import { ConfigError } from "../errors.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { decodeMessage } from "./decode-message.ts";
import type { Chunk } from "./kafka-consumer.ts";
import { placeName } from "./place.ts";
import { SEALED_WITH_ANOTHER_KEY, type SealingKeys } from "./seal-message.ts";
import { unreadOrigin } from "./unread-origin.ts";

/**
 * Reads messages of `voc.raw`. One that is no record is a rejected one, by its place in the stream.
 *
 * @param reader what is kept of such a message, and what is said behind the place of one that was sealed with another key
 * @returns one record a message, in order
 * @throws ConfigError where a record was sealed with another key: here no voice would ever be read
 */
export function readRawChunk(
  { stream, partition, messages }: Chunk,
  keys: SealingKeys,
  reader: {
    readonly bytesOf: (message: Chunk["messages"][number]) => string;
    readonly otherKey: string;
  },
): RawRecord[] {
  return messages.map((message) => {
    const outcome = decodeMessage("voc.raw", message, keys);
    if (outcome.status === "ok") return outcome.value;
    if (outcome.reason === SEALED_WITH_ANOTHER_KEY) {
      throw new ConfigError(
        `${placeName(stream, partition)} の ${message.offset} 番は${reader.otherKey}`,
      );
    }
    const origin = unreadOrigin(stream, partition, Number(message.offset));
    return { status: "reject", origin, reason: outcome.reason, bytes: reader.bytesOf(message) };
  });
}
