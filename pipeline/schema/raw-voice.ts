import { z } from "zod";

export const Channel = z.enum(["phone", "mail", "web", "letter", "social", "survey", "other"]);
export type Channel = z.infer<typeof Channel>;

/** The longest verbatim that is read, in UTF-16 units. A longer cell is a dead letter, never cut. */
export const VERBATIM_LIMIT = 20_000;

/** In UTF-16 units: of an id, or a customer's key, as the source writes it, and of an attribute. */
export const ID_LIMIT = 200;
export const ATTRIBUTE_LIMIT = 1000;

/** How many values of persons a voice brings along, and how long one may be, in UTF-16 units. */
export const KNOWN_LIMIT = 40;
export const LONGEST_KNOWN = 200;

/** One customer voice as a source system sent it. */
export const RawVoice = z.strictObject({
  /** UUIDv5, see the design's "Identity". The source's own id is `sourceId`. */
  voiceId: z.uuid(),
  /** Keyed hash of words and attributes, 16 hex digits: the same id with another hash is a new revision. */
  revision: z.string().regex(/^[0-9a-f]{16}$/),
  /** Name of the source description, such as "hokuriku". */
  source: z.string().min(1).max(100),
  sourceId: z.string().max(ID_LIMIT).optional(),
  channel: Channel,
  /** An instant with its offset, such as 2025-07-01T09:05:00+09:00. Calendar days are cut in JST, in SQL. */
  receivedAt: z.iso.datetime({ offset: true }),
  /** "date" where the source gives only a day; `receivedAt` is then that day's 00:00 JST. */
  receivedPrecision: z.enum(["instant", "date"]),
  /** The customer's own words, untouched: not normalised, not trimmed. */
  verbatim: z.string().max(VERBATIM_LIMIT),
  /** The respondent's rating, on the source's own scale. */
  rating: z.number().optional(),
  product: z.string().max(200).optional(),
  place: z.string().max(200).optional(),
  lot: z.string().max(100).optional(),
  /** Keyed hash of the customer's key in the source, 16 hex digits. */
  customerKey: z.string().optional(),
  /** Mapped columns without a field of their own. */
  attributes: z.record(z.string(), z.string().max(ATTRIBUTE_LIMIT)),
  /** Names, telephone numbers and mail addresses in the record's own fields: masked in all its texts, kept nowhere else. */
  known: z.array(z.string().min(1).max(LONGEST_KNOWN)).max(KNOWN_LIMIT).optional(),
  /** Those telephone numbers and mail addresses of `known` that are the customer's, for `marksOf`. Absent in older records. */
  contacts: z.array(z.string().min(1).max(LONGEST_KNOWN)).max(KNOWN_LIMIT).optional(),
});

export type RawVoice = z.infer<typeof RawVoice>;

/** A text as a voice of nobody, where nothing but its words is asked for. */
export function bareVoice(verbatim: string): RawVoice {
  return {
    voiceId: "00000000-0000-5000-8000-000000000000",
    revision: "0000000000000000",
    source: "text",
    channel: "other",
    receivedAt: "1970-01-01T00:00:00+09:00",
    receivedPrecision: "date",
    verbatim,
    attributes: {},
  };
}
