import { z } from "zod";
import type { AwarenessNotes } from "../awareness-notes.ts";
import { type Figures, figureOf } from "../figure.ts";
import { formatPercent } from "../format-japanese.ts";
import { type KeyFigure, toldShare } from "../key-figures.ts";
import type { TopicLine } from "../topic-table.ts";
import type { Calibration } from "./report-head.ts";
import { TagChanges } from "./tag-changes.ts";

const Said = z.strictObject({
  /** Voices. */
  count: z.number().int(),
  /** Of all voices of the period; null where none is printed. */
  share: z.number().nullable(),
});
type Said = z.infer<typeof Said>;

const CorrectedLine = z.strictObject({ label: z.string(), before: Said, after: Said });
type CorrectedLine = z.infer<typeof CorrectedLine>;

/** What a revision says otherwise than the one before it. */
export const Correction = z.strictObject({
  /** Of the revision before. */
  revision: z.number().int(),
  asOf: z.string(),
  taxonomy: z.string(),
  taxonomyVersion: z.number().int(),
  lines: z.array(CorrectedLine),
  /** Changed topics for which there was no room. */
  omitted: z.number().int(),
  /** 気づき that it showed and that were withdrawn since; left out where there is none. */
  withdrawn: z.number().int().optional(),
  /** Left out in older values. */
  tags: TagChanges.optional(),
  /** Whether the heads' confidence was moved otherwise then; left out where it was not. */
  recalibrated: z.boolean().optional(),
});
export type Correction = z.infer<typeof Correction>;

/** What is compared; the values of both reports have it. */
export type RevisedReport = {
  readonly revision: number;
  readonly asOf: string;
  readonly taxonomy: string;
  readonly taxonomyVersion: number;
  readonly calibration?: Calibration | undefined;
  readonly keyFigures: readonly KeyFigure[];
  readonly topics: readonly TopicLine[];
  readonly figures: Figures;
  readonly awareness: AwarenessNotes;
  readonly awarenessShown: readonly string[];
};

type Revision = Pick<
  RevisedReport,
  "taxonomy" | "calibration" | "keyFigures" | "topics" | "figures" | "awareness"
> & { readonly tags?: TagChanges | undefined };

const LONGEST = 12;

/**
 * The key figures that changed, then the topics whose negative voices did, largest change first. The topics
 * of two different taxonomies are not compared.
 */
export function correctionOf(before: RevisedReport, after: Revision): Correction {
  const { revision, asOf, taxonomy, taxonomyVersion } = before;
  const key = after.keyFigures.flatMap((line) => changedKeyFigure(line, before, after.figures));
  const topics = taxonomy === after.taxonomy ? changedTopics(before, after) : [];
  const lines = [...key, ...topics].slice(0, LONGEST);
  const omitted = key.length + topics.length - lines.length;
  const withdrawn = withdrawnSince(before, after);
  return {
    ...{ revision, asOf, taxonomy, taxonomyVersion, lines, omitted },
    ...(withdrawn > 0 && { withdrawn }),
    ...(after.tags !== undefined && { tags: after.tags }),
    ...(!isSameCalibration(before, after) && { recalibrated: true }),
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

function withdrawnSince({ awareness }: RevisedReport, after: Revision): number {
  const stood = new Set([...awareness.current, ...awareness.added].map((each) => each.awarenessId));
  const { withdrawn = [] } = after.awareness;
  return withdrawn.filter(({ awarenessId }) => stood.has(awarenessId)).length;
}

function changedKeyFigure(
  line: KeyFigure,
  before: RevisedReport,
  figures: Figures,
): CorrectedLine[] {
  const old = before.keyFigures.find(({ measure }) => measure === line.measure);
  if (old === undefined) return [];
  const said = (of: Figures, { figure, share }: KeyFigure): Said => ({
    count: figureOf(of, figure).value,
    share: toldShare(of, share)?.value ?? null,
  });
  return changedLine(line.label, said(before.figures, old), said(figures, line));
}

function changedTopics(
  before: RevisedReport,
  after: Pick<RevisedReport, "topics" | "figures">,
): CorrectedLine[] {
  const labels = new Map(
    [...after.topics, ...before.topics].map(({ topic, label }) => [topic, label]),
  );
  const said = ({ topics, figures }: typeof after, topic: string): Said => {
    const line = topics.find((each) => each.topic === topic);
    return { count: line === undefined ? 0 : figureOf(figures, line.negative).value, share: null };
  };
  return [...labels]
    .flatMap(([topic, label]) =>
      changedLine(`「${label}」のネガティブな声`, said(before, topic), said(after, topic)),
    )
    .sort((left, right) => sizeOf(right) - sizeOf(left));
}

function changedLine(label: string, before: Said, after: Said): CorrectedLine[] {
  const isSame = before.count === after.count && shown(before) === shown(after);
  return isSame ? [] : [{ label, before, after }];
}

/** As it is read: the shares of older values have four digits only. */
function shown({ share }: Said): string | null {
  return share === null ? null : formatPercent(share);
}

function sizeOf({ before, after }: CorrectedLine): number {
  return Math.abs(after.count - before.count);
}
