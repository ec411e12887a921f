import { z } from "zod";
import { AwarenessAdded, AwarenessFollowed, AwarenessWithdrawn } from "./awareness-actions.ts";
import { DeadLetterDiscarded, SourcePulled, VaultRead, VoicesForgotten } from "./record-actions.ts";
import {
  DeliveriesAsked,
  DeliveryTried,
  PeriodSettled,
  ReportMade,
  ReportPart,
} from "./report-actions.ts";
import { SegmentTagged, TagJudged } from "./tag-actions.ts";
import { TaxonomyDescribed } from "./taxonomy-actions.ts";

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
