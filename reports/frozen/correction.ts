import { z } from "zod";
import type { AwarenessNotes } from "../awareness-notes.ts";
import { HARM_FIGURE, SUSPECTED_FIGURE } from "../bodily-harm.ts";
import type { Completeness } from "../completeness.ts";
import { type Figures, figureOf } from "../figure.ts";
import { formatPercent } from "../format-japanese.ts";
import { type KeyFigure, toldShare } from "../key-figures.ts";
import type { TopicLine } from "../topic-table.ts";
import { SENTIMENT_WORDS } from "../words.ts";
import { causesBetween, causesOfChange } from "./causes-of-change.ts";
import type { Calibration } from "./report-head.ts";
import type { TagChanges } from "./tag-changes.ts";

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
  /** Changed topics for which older values had no room. */
  omitted: z.number().int(),
  /** Of each revision that is compared, oldest first, what was done since; left out in older values. */
  since: z
    .array(
      z.strictObject({
        ...causesOfChange,
        revision: z.number().int(),
        /** Whether it counts the very same. */
        isSame: z.boolean(),
      }),
    )
    .optional(),
  /** What an older value says of the oldest revision that it compares, in the place of `since`. */
  ...causesOfChange,
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

type Revision = Omit<RevisedReport, "revision" | "asOf" | "taxonomyVersion" | "awarenessShown">;

/** Revisions that a report names beside its own: three columns are what a telephone has room for. */
export const COMPARED_REVISIONS = 2;

/**
 * The key figures that changed since any of the earlier revisions, then the topics whose negative voices did, then those
 * whose positive ones did, largest change first. The topics of two different taxonomies are not compared.
 *
 * @param earlier oldest first
 * @param tags of each of them, what people said of tags since
 * @returns null where there is none
 */
export function correctionOf(
  earlier: readonly RevisedReport[],
  after: Revision,
  tags: readonly (TagChanges | undefined)[] = [],
): Correction | null {
  const before = earlier.at(-1);
  if (before === undefined) return null;
  const { revision, asOf, taxonomy, taxonomyVersion } = before;
  const older = earlier.slice(0, -1);
  return {
    ...{ revision, asOf, taxonomy, taxonomyVersion },
    lines: changedLines(earlier, after),
    omitted: 0,
    ...(older.length > 0 && { older: older.map(({ revision, asOf }) => ({ revision, asOf })) }),
    since: earlier.map((each, index) => ({
      ...causesBetween(each, after, tags[index]),
      revision: each.revision,
      isSame: isSame(each, after),
    })),
  };
}

function changedLines(earlier: readonly RevisedReport[], after: Revision): CorrectedLine[] {
  const key = after.keyFigures.flatMap((line) => changedKeyFigure(line, earlier, after.figures));
  const isComparable = earlier.at(-1)?.taxonomy === after.taxonomy;
  const topics = isComparable
    ? (["negative", "positive"] as const).flatMap((each) => changedTopics(earlier, after, each))
    : [];
  return [...changedHarm(earlier, after), ...key, ...topics];
}

/** Nothing is said of what an older pipeline or another taxonomy counted. */
function isSame(before: RevisedReport, after: Revision): boolean {
  const isComparable = before.epoch === after.epoch && before.taxonomy === after.taxonomy;
  return isComparable && changedLines([before], after).length === 0;
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

type Topics = Pick<RevisedReport, "taxonomy" | "topics" | "figures">;

function changedTopics(
  earlier: readonly RevisedReport[],
  after: Topics,
  sentiment: "negative" | "positive",
): CorrectedLine[] {
  const isComparable = ({ taxonomy }: Topics) => taxonomy === after.taxonomy;
  const lines = [...earlier.filter(isComparable), after].flatMap(({ topics }) => topics);
  const labels = new Map(lines.map(({ topic, label }) => [topic, label]));
  const said = ({ topics, figures }: Topics, topic: string): Said => {
    const line = topics.find((each) => each.topic === topic);
    const count = line === undefined ? 0 : figureOf(figures, line[sentiment]).value;
    return { count, share: null };
  };
  return [...labels]
    .flatMap(([topic, label]) => {
      const olds = earlier.map((each) => (isComparable(each) ? said(each, topic) : null));
      const name = `「${label}」の${SENTIMENT_WORDS[sentiment]}な声`;
      return changedLine(name, olds, said(after, topic));
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
