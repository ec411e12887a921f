import { createHmac } from "node:crypto";
import { v5 } from "uuid";
import { z } from "zod";
import { ID_LIMIT, RawVoice } from "../../schema/raw-voice.ts";
import { addressIn } from "./mailbox.ts";

/** What a source record says, before it has an identity. */
export const UnidentifiedVoice = RawVoice.omit({
  voiceId: true,
  revision: true,
  customerKey: true,
}).extend({
  /** The customer's key as the source writes it. It goes no further than this file. */
  customer: z.string().max(ID_LIMIT).optional(),
});

export type UnidentifiedVoice = z.infer<typeof UnidentifiedVoice>;

/**
 * Gives a voice its identity (see the design): by the source's own id, else by source, received time, words and
 * occurrence. The revision covers all that was mapped and nothing of the file, so an overlapping export changes
 * neither.
 *
 * @param identityKey the words' hash is keyed: short answers could be guessed from a plain one
 * @param countSame how many voices with this hash of source, time and words, and no id, stood before in the file.
 *   Asked once for each voice without an id
 */
export function identifyVoice(
  { customer, ...voice }: UnidentifiedVoice,
  keys: { identityKey: Buffer; countSame: (wordsHash: string) => number },
): RawVoice {
  const { identityKey } = keys;
  // What is read out of columns that made revisions before must not make others of them.
  const { source, sourceId, contacts, ...content } = voice;
  const customerKey =
    customer === undefined ? undefined : customerKeyOf(identityKey, source, customer);
  return {
    ...voice,
    ...(customerKey !== undefined && { customerKey }),
    voiceId: voiceIdOf(voice, keys),
    revision: shortHmac(identityKey, ["revision", canonical({ ...content, customerKey })]),
  };
}

/** The namespace of Kizuki's voices. Changing it would give every voice another identity. */
const VOICE_NAMESPACE = "6b8f0c52-9a0e-4f5e-8f0b-2d1c7a4e9b31";

type Identified = Pick<UnidentifiedVoice, "source" | "sourceId" | "receivedAt" | "verbatim">;

/** @returns the ids that a voice may have: by the source's own, where it has one, and by its words */
export function idsAs(
  { sourceId, ...voice }: Identified,
  keys: { identityKey: Buffer; countSame: (wordsHash: string) => number },
): string[] {
  const byWords = voiceIdOf(voice, keys);
  return sourceId === undefined ? [byWords] : [voiceIdOf({ ...voice, sourceId }, keys), byWords];
}

function voiceIdOf(
  { source, sourceId, receivedAt, verbatim }: Identified,
  { identityKey, countSame }: { identityKey: Buffer; countSame: (wordsHash: string) => number },
): string {
  if (sourceId !== undefined) return voiceIdOfNumber(source, sourceId);
  const wordsHash = wordsHashOf({ source, receivedAt, verbatim }, identityKey);
  const name = [source, "words", receivedAt, wordsHash, countSame(wordsHash)];
  return v5(JSON.stringify(name), VOICE_NAMESPACE);
}

/** @returns the id of the voice that a source calls so */
export function voiceIdOfNumber(source: string, sourceId: string): string {
  return v5(JSON.stringify([source, "id", sourceId]), VOICE_NAMESPACE);
}

/** What voices without an id of their own are told apart by, besides how often it came in the file. */
export function wordsHashOf(
  { source, receivedAt, verbatim }: Pick<RawVoice, "source" | "receivedAt" | "verbatim">,
  identityKey: Buffer,
): string {
  return hmac(identityKey, ["words", source, receivedAt, verbatim]);
}

/** @param customer as the source writes it; of a mail's sender the address, which comes with a name or without */
export function customerKeyOf(identityKey: Buffer, source: string, customer: string): string {
  return writtenKeyOf(identityKey, source, addressIn(customer) ?? customer);
}

/** @returns the keys of a customer's voices; the second is of voices from before addresses were looked for in a cell */
export function customerKeysOf(identityKey: Buffer, source: string, customer: string): string[] {
  const now = customerKeyOf(identityKey, source, customer);
  return [...new Set([now, writtenKeyOf(identityKey, source, customer)])];
}

function writtenKeyOf(identityKey: Buffer, source: string, written: string): string {
  return shortHmac(identityKey, ["customer", source, written]);
}

function shortHmac(key: Buffer, parts: readonly string[]): string {
  return hmac(key, parts).slice(0, 16);
}

/** JSON keeps parts apart and writes a lone surrogate as an escape, where UTF-8 would make all of them one. */
function hmac(key: Buffer, parts: readonly string[]): string {
  return createHmac("sha256", key).update(JSON.stringify(parts)).digest("hex");
}

/** In the order of names, so that the order of columns in a file makes no revision. */
function canonical({ attributes, ...fields }: Omit<RawVoice, "voiceId" | "revision" | "source">) {
  return JSON.stringify([sorted(fields), sorted(attributes)]);
}

function sorted(fields: Record<string, unknown>): readonly (readonly [string, unknown])[] {
  return Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
