import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Keys } from "../keys.ts";
import type { RawRecord } from "../schema/raw-record.ts";
import { RawVoice } from "../schema/raw-voice.ts";
import { sealWithKey } from "../streams/seal-with-key.ts";

const KEY_BYTES = 32;

export type VaultKeys = Pick<Keys, "vault" | "fingerprint">;

/** A record of `voc.raw` under a key of its own, which is wrapped by the master key's. */
export type SealedRecord = {
  /** null for a record that is no voice, as `revision`. */
  readonly voiceId: string | null;
  readonly revision: string | null;
  readonly stream: string;
  readonly offset: number;
  /** Fingerprint of the master key. */
  readonly keyId: string;
  readonly wrappedKey: Buffer;
  readonly sealed: Buffer;
};

/** What a seal holds: a voice as it came, or the record that could not be read. */
export const SealedContent = z.union([
  RawVoice,
  z.strictObject({ bytes: z.string(), cells: z.record(z.string(), z.string()).optional() }),
]);
export type SealedContent = z.infer<typeof SealedContent>;

/** @returns undefined for a record without words */
export function sealRecord(record: RawRecord, keys: VaultKeys): SealedRecord | undefined {
  if (record.status === "skip") return undefined;
  const isVoice = record.status === "ok";
  const place = {
    voiceId: isVoice ? record.voice.voiceId : null,
    revision: isVoice ? record.voice.revision : null,
    stream: record.origin.stream,
    offset: record.origin.offset,
  };
  const content: SealedContent = isVoice
    ? record.voice
    : { bytes: record.bytes, ...(record.cells && { cells: record.cells }) };
  const key = randomBytes(KEY_BYTES);
  const bound = boundTo(place);
  return {
    ...place,
    keyId: keys.fingerprint,
    wrappedKey: sealWithKey(keys.vault).seal(key, bound),
    sealed: sealWithKey(key).seal(Buffer.from(JSON.stringify(content)), bound),
  };
}

/** @throws StorageError where another master key has wrapped it, or bytes were changed */
export function openRecord(record: SealedRecord, keys: Pick<Keys, "vault">): SealedContent {
  const bound = boundTo(record);
  const key = sealWithKey(keys.vault).open(record.wrappedKey, bound);
  const plain = sealWithKey(key).open(record.sealed, bound);
  return SealedContent.parse(JSON.parse(plain.toString("utf8")));
}

/** The same key under another master key; the words are not touched. */
export function rewrapKey(
  record: Omit<SealedRecord, "sealed" | "keyId">,
  from: Pick<Keys, "vault">,
  to: Pick<Keys, "vault">,
): Buffer {
  const bound = boundTo(record);
  return sealWithKey(to.vault).seal(sealWithKey(from.vault).open(record.wrappedKey, bound), bound);
}

/** Bound in, so that no record can stand in another's place. */
function boundTo({
  voiceId,
  revision,
  stream,
  offset,
}: Pick<SealedRecord, "voiceId" | "revision" | "stream" | "offset">): Buffer {
  return Buffer.from(JSON.stringify([voiceId, revision, stream, offset]));
}
