import { z } from "zod";
import { Kind, Sentiment } from "./enriched-record.ts";

/**
 * What a person typed, masked. The command line alone says how long it may be: masks can be longer than what they hide, and
 * a record that is refused here stops all that come after it.
 */
const written = z.string().min(1);

const base = { actionId: z.uuid(), at: z.iso.datetime({ offset: true }) };

/** A person's comment on a voice, saying why everyone should read it. */
export const AwarenessAdded = z.strictObject({
  ...base,
  type: z.literal("awareness-added"),
  voiceId: z.uuid(),
  author: written,
  reason: written,
});

export type AwarenessAdded = z.infer<typeof AwarenessAdded>;

/** What was decided because of an awareness, or what came of that. A later one of the same step takes its place. */
export const AwarenessFollowed = z.strictObject({
  ...base,
  type: z.literal("awareness-followed"),
  /** Id of the action that added it. */
  awarenessId: z.uuid(),
  /** Of that awareness. */
  voiceId: z.uuid(),
  step: z.enum(["decision", "outcome"]),
  author: written,
  text: written,
});

export type AwarenessFollowed = z.infer<typeof AwarenessFollowed>;

/** Whoever wrote an awareness takes it back. */
export const AwarenessWithdrawn = z.strictObject({
  ...base,
  type: z.literal("awareness-withdrawn"),
  /** Id of the action that added it. */
  awarenessId: z.uuid(),
  /** Of that awareness. */
  voiceId: z.uuid(),
  author: written,
  reason: written,
});

export type AwarenessWithdrawn = z.infer<typeof AwarenessWithdrawn>;

/**
 * What a person said of a segment's tags, in the place of the machine or because the machine is right. It holds for the
 * segment that shares more than half of this span, and more than half of itself, while the voice has this text; where it
 * is masked otherwise now, for the one segment with these words.
 */
export const SegmentTagged = z.strictObject({
  ...base,
  type: z.literal("segment-tagged"),
  voiceId: z.uuid(),
  /** Of the voice, as the person read it. */
  revision: z.string(),
  /** Half-open span in code points of the voice's masked text. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** The first 16 hex digits of SHA-256 of that text. */
  textHash: z.string(),
  /** The same of the segment's words, with nothing left within 【】. */
  wordsHash: z.string(),
  /** `undo` takes back what people said of this span, and says nothing itself. */
  step: z.enum(["fix", "confirm", "undo"]),
  sentiment: Sentiment.optional(),
  kind: Kind.optional(),
  /** All topics of each taxonomy that the person said something of; empty: none fits. */
  topics: z.array(z.strictObject({ taxonomy: z.string(), topics: z.array(z.string()) })),
  author: written,
});

export type SegmentTagged = z.infer<typeof SegmentTagged>;

/**
 * A person found one of the machine's tags right or wrong, among those that were drawn at random: what a head's confidence is
 * made true by. It changes no tag.
 */
export const TagJudged = z.strictObject({
  ...base,
  type: z.literal("tag-judged"),
  voiceId: z.uuid(),
  /** Of the voice, as the person read it. */
  revision: z.string(),
  /** Half-open span in code points of the voice's masked text. */
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** sentiment, kind, emotion, intensity, harm, or a taxonomy's name. */
  head: z.string().min(1),
  label: z.string().min(1),
  /** null: a person took that word back, and the tag is open again. */
  isRight: z.boolean().nullable(),
  /** As the head says it, before any offset. */
  confidence: z.number().min(0).max(1),
  /** Of the head, see `headVersion`. */
  headVersion: z.string(),
  author: written,
});

export type TagJudged = z.infer<typeof TagJudged>;

/** The same topics as the warehouse answers them: JSON. */
export const TaggedTopics = z
  .string()
  .transform((text) => SegmentTagged.shape.topics.parse(JSON.parse(text)));

export const ReportJob = z.enum(["weekly", "monthly", "daily"]);

/** A report that was made and frozen. */
export const ReportMade = z.strictObject({
  ...base,
  type: z.literal("report-made"),
  job: ReportJob,
  /** 2025-W31, 2025-W31.スナック of a product line, 2025-07 or 2025-07-28. */
  period: z.string(),
  /** From 1; a revision is made only when asked for. */
  revision: z.number().int().positive(),
  askedBy: z.enum(["timetable", "person"]),
  /** The report's value as JSON text, the one its files are rendered from; empty where `parts` carry it. */
  value: z.string(),
  /** How many `report-part` records before this one carry the value: no broker takes it as one record. */
  parts: z.number().int().positive().optional(),
  /** Names of those it is to be sent to, in the same record as the report: neither is there without the other. */
  recipients: z.array(z.string().min(1).max(100)).optional(),
});

export type ReportMade = z.infer<typeof ReportMade>;

/** A part of a report's value. It means nothing until the `report-made` that it belongs to. */
export const ReportPart = z.strictObject({
  ...base,
  type: z.literal("report-part"),
  /** Id of that action. */
  reportId: z.uuid(),
  job: ReportJob,
  period: z.string(),
  /** From 0. */
  part: z.number().int().nonnegative(),
  text: z.string(),
});

export type ReportPart = z.infer<typeof ReportPart>;

const delivery = {
  job: ReportJob,
  period: ReportMade.shape.period,
  revision: ReportMade.shape.revision,
};

/** A report that is there already is to be sent, or sent again. */
export const DeliveriesAsked = z.strictObject({
  ...base,
  type: z.literal("deliveries-asked"),
  ...delivery,
  /** Names in the config. */
  recipients: z.array(z.string().min(1).max(100)).min(1),
  /** Also to those who have it, or to whom it could not be sent. */
  again: z.boolean(),
});

export type DeliveriesAsked = z.infer<typeof DeliveriesAsked>;

/** Characters. */
export const MESSAGE_LIMIT = 2000;

/** A report was sent to one recipient, or could not be. */
export const DeliveryTried = z.strictObject({
  ...base,
  type: z.literal("delivery-tried"),
  ...delivery,
  recipient: z.string().min(1).max(100),
  round: z.number().int().positive(),
  /** How many tries there were with this one, and after how many of them no answer came. */
  tries: z.number().int().positive(),
  answersLost: z.number().int().nonnegative(),
  state: z.enum(["sent", "queued", "dead"]),
  notBefore: z.iso.datetime({ offset: true }),
  /** A code, such as smtp-451; null where it was sent. */
  reason: z.string().max(100).nullable(),
  /** For staff, in Japanese: which setting or file of this house is wrong, where that is the reason. */
  message: z.string().max(MESSAGE_LIMIT).optional(),
});

export type DeliveryTried = z.infer<typeof DeliveryTried>;

/** The timetable did the job of a period that leaves no report, or came to one whose report a person had made before. */
export const PeriodSettled = z.strictObject({
  ...base,
  type: z.literal("period-settled"),
  job: z.string().min(1).max(100),
  period: z.string().min(1).max(100),
});

export type PeriodSettled = z.infer<typeof PeriodSettled>;

/** A person said that a record which cannot be read is not wanted. */
export const DeadLetterDiscarded = z.strictObject({
  ...base,
  type: z.literal("dead-letter-discarded"),
  /** Its place in the source, see `Origin`. */
  stream: z.string().min(1),
  offset: z.number().int().nonnegative(),
  author: written,
  reason: written,
});

export type DeadLetterDiscarded = z.infer<typeof DeadLetterDiscarded>;

/** Columns of the table `topics`. */
export const TopicRow = z.strictObject({
  taxonomy: z.string(),
  topic: z.string(),
  label: z.string(),
  parent: z.string(),
  parent_label: z.string(),
  severity: z.number().int(),
  position: z.number().int(),
  description: z.string(),
});
export type TopicRow = z.infer<typeof TopicRow>;

/** The config names a taxonomy that the warehouse does not describe so yet; its topics replace the ones before. */
export const TaxonomyDescribed = z.strictObject({
  ...base,
  type: z.literal("taxonomy-described"),
  taxonomy: z.string(),
  topics: z.array(TopicRow),
});

export type TaxonomyDescribed = z.infer<typeof TaxonomyDescribed>;

/**
 * Records of a mailbox, feed or interface stand in `voc.raw`, up to here. Written after them: what a kill lets come
 * again is counted once.
 */
export const SourcePulled = z.strictObject({
  ...base,
  type: z.literal("source-pulled"),
  /** Name under `pull:` in `kizuki.yaml`. */
  name: z.string().min(1).max(100),
  /** JSON text, for the source's plugin alone. */
  watermark: z.string(),
});

export type SourcePulled = z.infer<typeof SourcePulled>;

/** Somebody is about to read the words of a record as they came, or to look for records by them. */
export const VaultRead = z.strictObject({
  ...base,
  type: z.literal("vault-read"),
  /** Id of the voice; of a dead letter its stream, a colon and its record number; of a search `find:` and keyed hashes. */
  record: z.string().min(1).max(300),
  author: written,
  reason: written,
});

export type VaultRead = z.infer<typeof VaultRead>;

/** How many voices one action may name. */
export const MOST_FORGOTTEN = 1000;

export const ForgetMode = z.enum(["pseudonymise", "delete"]);
export type ForgetMode = z.infer<typeof ForgetMode>;

/** The words of voices, and whoever said them, are to be forgotten. Holds for whatever comes of them later too. */
export const VoicesForgotten = z.strictObject({
  ...base,
  type: z.literal("voices-forgotten"),
  voiceIds: z.array(z.uuid()).min(1).max(MOST_FORGOTTEN),
  /** Keyed hashes that the voices are known by under other ids, see `marksOf`; absent in older actions. */
  marks: z.array(z.string().regex(/^[0-9a-f]{32}$/)).optional(),
  mode: ForgetMode,
  author: written,
  reason: written,
});

export type VoicesForgotten = z.infer<typeof VoicesForgotten>;

/** Value of the `voc.actions` stream: everything a person, the timetable or the config did that changes a report. */
export const Action = z.discriminatedUnion("type", [
  AwarenessAdded,
  AwarenessFollowed,
  AwarenessWithdrawn,
  SegmentTagged,
  TagJudged,
  ReportPart,
  ReportMade,
  DeliveriesAsked,
  DeliveryTried,
  PeriodSettled,
  DeadLetterDiscarded,
  TaxonomyDescribed,
  SourcePulled,
  VaultRead,
  VoicesForgotten,
]);
export type Action = z.infer<typeof Action>;
