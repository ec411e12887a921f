import { z } from "zod";
import { type Figures, figureOf } from "../figure.ts";
import { allVoiceIds } from "../voices/bounded-lists.ts";
import { broughtByVoice, type CausesOfChange, type Made } from "./causes-of-change.ts";
import type { Coverage } from "./coverage.ts";

/** In the order in which they are told. */
const CAUSES = [
  "came",
  "went",
  "judged",
  "reworded",
  "readAnew",
  "recalibrated",
  "retopiced",
  "unknown",
  /** Not of the voices: the share is of another number of voices. */
  "whole",
] as const;
export type Cause = (typeof CAUSES)[number];

/** Why a number is another: voices that it gained and lost. */
export const Reason = z.strictObject({
  /** Any of these; of several nobody can tell which it was, as the warehouse has a machine's newest tags only. */
  causes: z.array(z.enum(CAUSES)),
  added: z.number().int(),
  removed: z.number().int(),
  /** The first of them, none of those that the report has no more. */
  voiceIds: z.array(z.string()),
});
export type Reason = z.infer<typeof Reason>;

/** Voices that a reason names. */
const VOICES_NAMED = 5;

/** Ids of voices of the period, joined by commas. */
export const VoicesChanged = z.strictObject({
  /** Of whose tags people said something since an earlier revision that holds. */
  voice_ids: z.string(),
  /** Those that came more than once, each time with other words. */
  revised_ids: z.string(),
});
export type VoicesChanged = z.infer<typeof VoicesChanged>;

type Revision = Made & {
  readonly coverage: Coverage;
  readonly taxonomy: string;
  readonly taxonomyVersion: number;
};

/** What may have given a voice of the period to a number, or taken it, since an earlier revision. */
export type CausesOfVoice = (voiceId: string, isOfTopics: boolean) => readonly Cause[];

export function causesOfVoice(
  before: Revision,
  after: Revision,
  { readAnew, recalibrated }: CausesOfChange,
  changed: VoicesChanged | undefined,
): CausesOfVoice {
  const [old, now] = [broughtByVoice(before), broughtByVoice(after)];
  const judged = idSet(changed?.voice_ids);
  const revised = idSet(changed?.revised_ids);
  const grown = grownStreams(before.coverage, after.coverage);
  const isReworded = (id: string) => {
    const stream = now.get(id)?.stream;
    return old.get(id)?.stream !== stream || (revised.has(id) && grown.has(stream));
  };
  const isRetopiced =
    before.taxonomy !== after.taxonomy || before.taxonomyVersion !== after.taxonomyVersion;
  return (id, isOfTopics) => {
    // Its date may have been put right: it was another week's before.
    if (!old.has(id)) return revised.has(id) ? ["came", "reworded"] : ["came"];
    if (!now.has(id)) return ["went"];
    const possible: Partial<Record<Cause, boolean>> = {
      judged: judged.has(id),
      reworded: isReworded(id),
      readAnew: readAnew === true,
      recalibrated: recalibrated === true,
      retopiced: isRetopiced && isOfTopics,
    };
    const causes = CAUSES.filter((cause) => possible[cause] === true);
    return causes.length === 0 ? ["unknown"] : causes;
  };
}

/** Together they make the whole difference of both lists. */
export function reasonsOf(
  before: readonly string[],
  after: readonly string[],
  causesOf: (voiceId: string) => readonly Cause[],
): Reason[] {
  const [old, now] = [new Set(before), new Set(after)];
  const reasons = new Map<string, Reason>();
  const tell = (id: string, side: "added" | "removed") => {
    const causes = [...causesOf(id)];
    const key = causes.join();
    const reason = reasons.get(key) ?? { causes, added: 0, removed: 0, voiceIds: [] };
    reason[side] += 1;
    const isGone = causes.includes("went");
    if (!isGone && reason.voiceIds.length < VOICES_NAMED) reason.voiceIds.push(id);
    reasons.set(key, reason);
  };
  for (const id of after) if (!old.has(id)) tell(id, "added");
  for (const id of before) if (!now.has(id)) tell(id, "removed");
  return [...reasons.values()].sort((left, right) => placeOf(left) - placeOf(right));
}

function placeOf({ causes: [first = "unknown"] }: Reason): number {
  return CAUSES.indexOf(first);
}

/** @returns none where the report has no such figure */
export function idsOf(
  { figures, unlisted }: { readonly figures: Figures; readonly unlisted: string },
  id: string,
): readonly string[] {
  return figures[id] === undefined ? [] : allVoiceIds(figureOf(figures, id), { unlisted });
}

function grownStreams(before: Coverage, after: Coverage): ReadonlySet<string | undefined> {
  const records = new Map(before.streams.map((each) => [each.stream, each.records]));
  const grown = after.streams.filter((each) => records.get(each.stream) !== each.records);
  return new Set(grown.map(({ stream }) => stream));
}

function idSet(joined = ""): ReadonlySet<string> {
  return new Set(joined === "" ? [] : joined.split(","));
}
