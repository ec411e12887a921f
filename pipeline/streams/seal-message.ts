import { gunzipSync, gzipSync } from "node:zlib";
import { StorageError } from "../errors.ts";
import type { Keys } from "../keys.ts";
import type { Outcome } from "../outcome.ts";
import type { StreamName } from "../schema/message.ts";
import { GZIP_LEVEL } from "./frame.ts";
import { sealWithKey } from "./seal-with-key.ts";
import { MAX_VALUE_BYTES } from "./stream-definitions.ts";

/** Begins a sealed value. JSON, which begins with "{" or a space, cannot begin so. */
const MAGIC = Buffer.from("KZS1");
const FINGERPRINT_BYTES = 8;
const PREFIX_BYTES = MAGIC.length + FINGERPRINT_BYTES;

/**
 * The reason of a record that another master key has sealed. Where all records say it, this process has the wrong key:
 * its caller must stop instead of calling every voice a dead letter.
 */
export const SEALED_WITH_ANOTHER_KEY = "sealed with another key";

export type SealingKeys = Pick<Keys, "raw" | "fingerprint" | "older">;

/** The one stream that carries verbatims. */
export function isSealedStream(stream: StreamName): boolean {
  return stream === "voc.raw";
}

export function isSealed(value: Buffer): boolean {
  return value.subarray(0, MAGIC.length).equals(MAGIC);
}

/** A shorter record is sealed as it is: to pack and unpack it costs more than the bytes are worth. */
const PACKED_BYTES = 2048;
/** What a gzip begins with; JSON does not. */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/**
 * A value that only the key's owner reads: magic, the key's fingerprint, then AES-256-GCM of the record, or of its gzip
 * where it is long (sealed bytes do not compress). Stream and key are bound in: a sealed value says nothing under
 * another voice's key.
 */
export function sealMessage(plain: Buffer, place: string, keys: SealingKeys): Buffer {
  const packed = plain.length < PACKED_BYTES ? plain : gzipSync(plain, { level: GZIP_LEVEL });
  const sealed = sealWithKey(keys.raw).seal(packed, Buffer.from(place));
  return Buffer.concat([MAGIC, Buffer.from(keys.fingerprint, "hex"), sealed]);
}

export function openMessage(value: Buffer, place: string, keys: SealingKeys): Outcome<Buffer> {
  const fingerprint = value.subarray(MAGIC.length, PREFIX_BYTES).toString("hex");
  const key = [keys, ...keys.older].find((one) => one.fingerprint === fingerprint);
  if (key === undefined) return { status: "reject", reason: SEALED_WITH_ANOTHER_KEY };
  let packed: Buffer;
  try {
    packed = sealWithKey(key.raw).open(value.subarray(PREFIX_BYTES), Buffer.from(place));
  } catch (cause) {
    if (!(cause instanceof StorageError)) throw cause;
    return { status: "reject", reason: "broken seal", cause };
  }
  if (!packed.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC))
    return { status: "ok", value: packed };
  try {
    return { status: "ok", value: gunzipSync(packed, { maxOutputLength: MAX_VALUE_BYTES }) };
  } catch (cause) {
    return { status: "reject", reason: "too large", cause };
  }
}
