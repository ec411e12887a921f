import { z } from "zod";
import type { AwarenessNotes } from "../awareness-notes.ts";
import type { Completeness } from "../completeness.ts";
import { type Figures, figureOf } from "../figure.ts";
import { allVoiceIds } from "../voices/bounded-lists.ts";
import type { Calibration } from "./report-head.ts";
import { TagChanges } from "./tag-changes.ts";

/** Why this revision may say something else than one before it; each left out where it is not so. */
export const causesOfChange = {
  /** 気づき that it showed and that were withdrawn since. */
  withdrawn: z.number().int().optional(),
  /** Left out in older values too. */
  tags: TagChanges.optional(),
  /** Whether the heads' confidence was moved otherwise then. */
  recalibrated: z.boolean().optional(),
  /** Voices that it lacks, and, below 0, that only it has, by source; in older values without the file that brought them. */
  sources: z
    .array(
      z.strictObject({ source: z.string(), file: z.string().optional(), more: z.number().int() }),
    )
    .optional(),
  /** Whether the pipeline read the voices otherwise then. */
  readAnew: z.boolean().optional(),
};
const CausesOfChange = z.strictObject(causesOfChange);
export type CausesOfChange = z.infer<typeof CausesOfChange>;

/** What both revisions have. */
export type Made = {
  readonly epoch: number;
  readonly calibration?: Calibration | undefined;
  readonly figures: Figures;
  readonly awareness: AwarenessNotes;
  readonly completeness: Pick<Completeness, "sources">;
  /** Of the voices that the figures count; empty where they list all. */
  readonly unlisted: string;
};

/** @param tags what people said of tags since */
export function causesBetween(
  before: Made,
  after: Made,
  tags: TagChanges | undefined,
): CausesOfChange {
  const withdrawn = withdrawnSince(before, after);
  const sources = changedSources(before, after);
  return {
    ...(withdrawn > 0 && { withdrawn }),
    ...(tags !== undefined && Object.values(tags).some((count) => count > 0) && { tags }),
    ...(!isSameCalibration(before, after) && { recalibrated: true }),
    ...(sources.length > 0 && { sources }),
    ...(before.epoch !== after.epoch && { readAnew: true }),
  };
}

function isSameCalibration(
  { calibration: before = [] }: Made,
  { calibration: after = [] }: Made,
): boolean {
  const isIn = (list: Calibration, { head, offset }: Calibration[number]) =>
    list.some((other) => other.head === head && other.offset === offset);
  return before.length === after.length && before.every((each) => isIn(after, each));
}

function withdrawnSince({ awareness }: Made, after: Made): number {
  const stood = new Set([...awareness.current, ...awareness.added].map((each) => each.awarenessId));
  const { withdrawn = [] } = after.awareness;
  return withdrawn.filter(({ awarenessId }) => stood.has(awarenessId)).length;
}

type Brought = {
  readonly source: string;
  readonly file: string;
  readonly stream: string | undefined;
};
type Sources = NonNullable<CausesOfChange["sources"]>;

/** Voice by voice: of one file some come late while others are forgotten. */
function changedSources(before: Made, after: Made): Sources {
  const [old, now] = [broughtByVoice(before), broughtByVoice(after)];
  return [...missingFrom(old, now, 1), ...missingFrom(now, old, -1)];
}

/** Where each voice of a revision came from. */
export function broughtByVoice({
  completeness,
  figures,
  unlisted,
}: Made): ReadonlyMap<string, Brought> {
  const voices = new Map<string, Brought>();
  for (const { source, file, figure: id } of completeness.sources) {
    const figure = figureOf(figures, id);
    const brought = { source, file, stream: figure.row.stream };
    for (const voiceId of allVoiceIds(figure, { unlisted })) voices.set(voiceId, brought);
  }
  return voices;
}

function missingFrom(
  one: ReadonlyMap<string, Brought>,
  other: ReadonlyMap<string, Brought>,
  sign: 1 | -1,
): Sources {
  const counts = new Map<Brought, number>();
  for (const [id, brought] of other) {
    if (!one.has(id)) counts.set(brought, (counts.get(brought) ?? 0) + sign);
  }
  return [...counts].map(([{ source, file }, more]) => ({ source, file, more }));
}
