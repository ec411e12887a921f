import { z } from "zod";
import type { AwarenessNotes } from "../awareness-notes.ts";
import { HARM_FIGURE, SUSPECTED_FIGURE } from "../bodily-harm.ts";
import type { Completeness } from "../completeness.ts";
import { type Figures, figureOf } from "../figure.ts";
import { formatPercent } from "../format-japanese.ts";
import { type KeyFigure, toldShare } from "../key-figures.ts";
import type { TopicLine } from "../topic-table.ts";
import { allVoiceIds } from "../voices/bounded-lists.ts";
import type { Calibration } from "./report-head.ts";
import { TagChanges } from "./tag-changes.ts";

const Said = z.strictObject({
  /** Voices. */
  count: z.number().int(),
  /** Of all voices of the period; null where none is printed. */
  share: z.number().nullable(),
});
type Said = z.infer<typeof Said>;

const CorrectedLine = z.strictObject({
  label: z.string(),
  /** In the revisions of `older`; null where they cannot be compared. */
  older: z.array(Said.nullable()).optional(),
  before: Said,
  after: Said,
});
type CorrectedLine = z.infer<typeof CorrectedLine>;

/** What a revision says otherwise than those before it that a reader may hold. */
export const Correction = z.strictObject({
  /** Of the revision before. */
  revision: z.number().int(),
  asOf: z.string(),
  taxonomy: z.string(),
  taxonomyVersion: z.number().int(),
  /** Those before that one which are compared too, oldest first; left out in a second revision. */
  older: z.array(z.strictObject({ revision: z.number().int(), asOf: z.string() })).optional(),
  lines: z.array(CorrectedLine),
  /** Changed topics for which there was no room. */
  omitted: z.number().int(),
  /** 気づき that it showed and that were withdrawn since; left out where there is none. */
  withdrawn: z.number().int().optional(),
  /** Left out in older values. */
  tags: TagChanges.optional(),
  /** Whether the heads' confidence was moved otherwise then; left out where it was not. */
  recalibrated: z.boolean().optional(),
  /** Voices that the oldest revision of these lacks, and, below 0, that only it has, by source; left out where there are none. */
  sources: z.array(z.strictObject({ source: z.string(), more: z.number().int() })).optional(),
  /** Whether the pipeline read the voices otherwise then; left out where it did not. */
  readAnew: z.boolean().optional(),
});
export type Correction = z.infer<typeof Correction>;

/** What is compared; the values of both reports have it. */
export type RevisedReport = {
  readonly revision: number;
  readonly asOf: string;
  readonly taxonomy: string;
  readonly taxonomyVersion: number;
  readonly epoch: number;
  readonly calibration?: Calibration | undefined;
  readonly keyFigures: readonly KeyFigure[];
  readonly topics: readonly TopicLine[];
  readonly figures: Figures;
  readonly awareness: AwarenessNotes;
  readonly awarenessShown: readonly string[];
  readonly completeness: Pick<Completeness, "sources">;
  /** Of the voices that the figures count; empty where they list all. */
  readonly unlisted: string;
};

type Revision = Pick<
  RevisedReport,
  | ("taxonomy" | "epoch" | "calibration" | "completeness" | "unlisted")
  | ("keyFigures" | "topics" | "figures" | "awareness")
> & { readonly tags?: TagChanges | undefined };

type Listed = Pick<RevisedReport, "completeness" | "figures" | "unlisted">;

/** Revisions that a report names beside its own: three columns are what a telephone has room for. */
export const COMPARED_REVISIONS = 2;

const LONGEST = 12;

/**
 * The key figures that changed since any of the earlier revisions, then the topics whose negative voices did, largest
 * change first. The topics of two different taxonomies are not compared.
 *
 * @param earlier oldest first
 * @returns null where there is none
 */
export function correctionOf(
  earlier: readonly RevisedReport[],
  after: Revision,
): Correction | null {
  const before = earlier.at(-1);
  if (before === undefined) return null;
  const { revision, asOf, taxonomy, taxonomyVersion } = before;
  const older = earlier.slice(0, -1);
  const key = after.keyFigures.flatMap((line) => changedKeyFigure(line, earlier, after.figures));
  const topics = taxonomy === after.taxonomy ? changedTopics(earlier, after) : [];
  const all = [...changedHarm(earlier, after), ...key, ...topics];
  const lines = all.slice(0, LONGEST);
  const omitted = all.length - lines.length;
  const withdrawn = withdrawnSince(earlier, after);
  const sources = changedSources(earlier[0] ?? before, after);
  return {
    ...{ revision, asOf, taxonomy, taxonomyVersion, lines, omitted },
    ...(older.length > 0 && { older: older.map(({ revision, asOf }) => ({ revision, asOf })) }),
    ...(withdrawn > 0 && { withdrawn }),
    ...(after.tags !== undefined && { tags: after.tags }),
    ...(!earlier.every((each) => isSameCalibration(each, after)) && { recalibrated: true }),
    ...(sources.length > 0 && { sources }),
    ...(earlier.some(({ epoch }) => epoch !== after.epoch) && { readAnew: true }),
  };
}

function isSameCalibration(
  { calibration: before = [] }: Pick<RevisedReport, "calibration">,
  { calibration: after = [] }: Pick<RevisedReport, "calibration">,
): boolean {
  const isIn = (list: Calibration, { head, offset }: Calibration[number]) =>
    list.some((other) => other.head === head && other.offset === offset);
  return before.length === after.length && before.every((each) => isIn(after, each));
}

function withdrawnSince(earlier: readonly RevisedReport[], after: Revision): number {
  const notes = earlier.flatMap(({ awareness }) => [...awareness.current, ...awareness.added]);
  const stood = new Set(notes.map((each) => each.awarenessId));
  const { withdrawn = [] } = after.awareness;
  return withdrawn.filter(({ awarenessId }) => stood.has(awarenessId)).length;
}

/** Voice by voice: of one source some come late while others are forgotten. */
function changedSources(before: Listed, after: Listed): { source: string; more: number }[] {
  const [old, now] = [sourceByVoice(before), sourceByVoice(after)];
  return [...missingFrom(old, now, 1), ...missingFrom(now, old, -1)];
}

function sourceByVoice({ completeness, figures, unlisted }: Listed): ReadonlyMap<string, string> {
  const sources = new Map<string, string>();
  for (const { source, figure } of completeness.sources) {
    for (const id of allVoiceIds(figureOf(figures, figure), { unlisted })) sources.set(id, source);
  }
  return sources;
}

function missingFrom(
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
  sign: 1 | -1,
): { source: string; more: number }[] {
  const counts = new Map<string, number>();
  for (const [id, source] of other) {
    if (!one.has(id)) counts.set(source, (counts.get(source) ?? 0) + sign);
  }
  return [...counts].map(([source, more]) => ({ source, more }));
}

/** First of all. No such figure is no such voice, but an older pipeline may not have looked. */
function changedHarm(earlier: readonly RevisedReport[], after: Revision): CorrectedLine[] {
  const labels = {
    [HARM_FIGURE]: "お体への害をうかがわせる声",
    [SUSPECTED_FIGURE]: "お体への害が疑われる声",
  };
  return Object.entries(labels).flatMap(([id, label]) => {
    const said = ({ figures }: Pick<Revision, "figures">): Said => ({
      count: figures[id]?.value ?? 0,
      share: null,
    });
    const olds = earlier.map((each) =>
      each.figures[id] === undefined && each.epoch !== after.epoch ? null : said(each),
    );
    return changedLine(label, olds, said(after));
  });
}

function changedKeyFigure(
  line: KeyFigure,
  earlier: readonly RevisedReport[],
  figures: Figures,
): CorrectedLine[] {
  const said = (of: Figures, { figure, share }: KeyFigure): Said => ({
    count: figureOf(of, figure).value,
    share: toldShare(of, share)?.value ?? null,
  });
  const olds = earlier.map((report) => {
    const old = report.keyFigures.find(({ measure }) => measure === line.measure);
    return old === undefined ? null : said(report.figures, old);
  });
  return changedLine(line.label, olds, said(figures, line));
}

function changedTopics(
  earlier: readonly RevisedReport[],
  after: Pick<RevisedReport, "taxonomy" | "topics" | "figures">,
): CorrectedLine[] {
  const isComparable = ({ taxonomy }: typeof after) => taxonomy === after.taxonomy;
  const lines = [...earlier.filter(isComparable), after].flatMap(({ topics }) => topics);
  const labels = new Map(lines.map(({ topic, label }) => [topic, label]));
  const said = ({ topics, figures }: typeof after, topic: string): Said => {
    const line = topics.find((each) => each.topic === topic);
    return { count: line === undefined ? 0 : figureOf(figures, line.negative).value, share: null };
  };
  return [...labels]
    .flatMap(([topic, label]) => {
      const olds = earlier.map((each) => (isComparable(each) ? said(each, topic) : null));
      return changedLine(`「${label}」のネガティブな声`, olds, said(after, topic));
    })
    .sort((left, right) => sizeOf(right) - sizeOf(left));
}

/** @param said in the earlier revisions, oldest first; nothing is said of what the last of them does not have */
function changedLine(label: string, said: readonly (Said | null)[], after: Said): CorrectedLine[] {
  const before = said.at(-1) ?? null;
  if (before === null) return [];
  const isSame = (old: Said | null) =>
    old === null || (old.count === after.count && shown(old) === shown(after));
  if (said.every(isSame)) return [];
  const older = said.slice(0, -1);
  return [{ label, ...(older.length > 0 && { older }), before, after }];
}

/** As it is read: the shares of older values have four digits only. */
function shown({ share }: Said): string | null {
  return share === null ? null : formatPercent(share);
}

function sizeOf({ older = [], before, after }: CorrectedLine): number {
  const moves = [...older, before].map((old) => Math.abs(after.count - (old ?? after).count));
  return Math.max(...moves);
}
