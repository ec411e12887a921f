import { z } from "zod";
import type { AwarenessNotes } from "../awareness-notes.ts";
import { HARM_FIGURE, HARM_NAME, SUSPECTED_FIGURE, SUSPECTED_NAME } from "../bodily-harm.ts";
import type { Completeness } from "../completeness.ts";
import { type Figures, figureOf } from "../figure.ts";
import { formatPercent } from "../format-japanese.ts";
import { type KeyFigure, toldShare } from "../key-figures.ts";
import type { TopicLine } from "../topic-table.ts";
import { SENTIMENT_WORDS } from "../words.ts";
import { causesBetween, causesOfChange } from "./causes-of-change.ts";
import type { Coverage } from "./coverage.ts";
import {
  type CausesOfVoice,
  causesOfVoice,
  idsOf,
  Reason,
  reasonsOf,
  type VoicesChanged,
} from "./reasons-of-change.ts";
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
  /** Since each revision that is compared, oldest first; none where it says the same. Left out in older values. */
  reasons: z.array(z.array(Reason)).optional(),
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
  readonly coverage: Coverage;
  readonly keyFigures: readonly KeyFigure[];
  readonly topics: readonly TopicLine[];
  readonly figures: Figures;
  readonly awareness: AwarenessNotes;
  readonly awarenessShown: readonly string[];
  readonly completeness: Pick<Completeness, "sources">;
  /** Of the voices that the figures count; empty where they list all. */
  readonly unlisted: string;
};

type Revision = Omit<RevisedReport, "revision" | "asOf" | "awarenessShown">;

/** What happened after an earlier revision that its value cannot know. */
export type ChangesSince = {
  readonly tags?: TagChanges | undefined;
  readonly voices?: VoicesChanged | undefined;
};

/** Revisions that a report names beside its own: three columns are what a telephone has room for. */
export const COMPARED_REVISIONS = 2;

/**
 * The key figures that changed since any of the earlier revisions, then the topics whose negative voices did, then those
 * whose positive ones did, largest change first. The topics of two different taxonomies are not compared.
 *
 * @param earlier oldest first
 * @param changes since each of them
 * @returns null where there is none
 */
export function correctionOf(
  earlier: readonly RevisedReport[],
  after: Revision,
  changes: readonly ChangesSince[] = [],
): Correction | null {
  const before = earlier.at(-1);
  if (before === undefined) return null;
  const { revision, asOf, taxonomy, taxonomyVersion } = before;
  const older = earlier.slice(0, -1);
  const causes = earlier.map((each, index) => causesBetween(each, after, changes[index]?.tags));
  const whys = earlier.map((each, index) =>
    causesOfVoice(each, after, causes[index] ?? {}, changes[index]?.voices),
  );
  return {
    ...{ revision, asOf, taxonomy, taxonomyVersion },
    lines: changedLines(earlier, after, whys),
    omitted: 0,
    ...(older.length > 0 && { older: older.map(({ revision, asOf }) => ({ revision, asOf })) }),
    since: earlier.map((each, index) => ({
      ...causes[index],
      revision: each.revision,
      isSame: isSame(each, after),
    })),
  };
}

/** @param whys of each of the earlier ones; without them no reason is told */
function changedLines(
  earlier: readonly RevisedReport[],
  after: Revision,
  whys: readonly CausesOfVoice[] = [],
): CorrectedLine[] {
  const compared = { earlier, after, whys };
  const isComparable = earlier.at(-1)?.taxonomy === after.taxonomy;
  const topics = isComparable
    ? (["negative", "positive"] as const).flatMap((each) => changedTopics(compared, each))
    : [];
  const key = after.keyFigures.flatMap((line) => changedKeyFigure(line, compared));
  return [...changedHarm(compared), ...key, ...topics];
}

type Compared = {
  readonly earlier: readonly RevisedReport[];
  readonly after: Revision;
  readonly whys: readonly CausesOfVoice[];
};

/** What a revision says of a number. */
type Counted = Said & {
  /** Of the voices that it counts, in that revision; null where it has none. */
  readonly figure: string | null;
};

/** Nothing is said of what an older pipeline or another taxonomy counted. */
function isSame(before: RevisedReport, after: Revision): boolean {
  const isComparable = before.epoch === after.epoch && before.taxonomy === after.taxonomy;
  return isComparable && changedLines([before], after).length === 0;
}

/** First of all. No such figure is no such voice, but an older pipeline may not have looked. */
function changedHarm(compared: Compared): CorrectedLine[] {
  const { earlier, after } = compared;
  const labels = { [HARM_FIGURE]: HARM_NAME, [SUSPECTED_FIGURE]: SUSPECTED_NAME };
  return Object.entries(labels).flatMap(([figure, label]) => {
    const said = ({ figures }: Pick<Revision, "figures">): Counted => ({
      ...{ figure, count: figures[figure]?.value ?? 0, share: null },
    });
    const olds = earlier.map((each) =>
      each.figures[figure] === undefined && each.epoch !== after.epoch ? null : said(each),
    );
    return changedLine({ label, olds, now: said(after), isOfTopics: true }, compared);
  });
}

function changedKeyFigure(line: KeyFigure, compared: Compared): CorrectedLine[] {
  const { earlier, after } = compared;
  const said = (of: Figures, { figure, share }: KeyFigure): Counted => ({
    figure,
    count: figureOf(of, figure).value,
    share: toldShare(of, share)?.value ?? null,
  });
  const olds = earlier.map((report) => {
    const old = report.keyFigures.find(({ measure }) => measure === line.measure);
    return old === undefined ? null : said(report.figures, old);
  });
  const isOfTopics = line.measure === "no_topic";
  const now = said(after.figures, line);
  return changedLine({ label: line.label, olds, now, isOfTopics }, compared);
}

type Topics = Pick<RevisedReport, "taxonomy" | "topics" | "figures">;

function changedTopics(compared: Compared, sentiment: "negative" | "positive"): CorrectedLine[] {
  const { earlier, after } = compared;
  const isComparable = ({ taxonomy }: Topics) => taxonomy === after.taxonomy;
  const lines = [...earlier.filter(isComparable), after].flatMap(({ topics }) => topics);
  const labels = new Map(lines.map(({ topic, label }) => [topic, label]));
  const said = ({ topics, figures }: Topics, topic: string): Counted => {
    const line = topics.find((each) => each.topic === topic);
    const count = line === undefined ? 0 : figureOf(figures, line[sentiment]).value;
    return { figure: line?.[sentiment] ?? null, count, share: null };
  };
  return [...labels]
    .flatMap(([topic, name]) => {
      const olds = earlier.map((each) => (isComparable(each) ? said(each, topic) : null));
      const label = `「${name}」の${SENTIMENT_WORDS[sentiment]}な声`;
      return changedLine({ label, olds, now: said(after, topic), isOfTopics: true }, compared);
    })
    .sort((left, right) => sizeOf(right) - sizeOf(left));
}

type LineOfNumber = {
  readonly label: string;
  /** In the earlier revisions, oldest first; nothing is said of what the last of them does not have. */
  readonly olds: readonly (Counted | null)[];
  readonly now: Counted;
  readonly isOfTopics: boolean;
};

function changedLine(line: LineOfNumber, compared: Compared): CorrectedLine[] {
  const { label, olds, now } = line;
  const before = olds.at(-1) ?? null;
  if (before === null || olds.every((old) => old === null || saysSame(old, now))) return [];
  const older = olds.slice(0, -1).map((old) => (old === null ? null : saidOf(old)));
  return [
    {
      label,
      ...(older.length > 0 && { older }),
      before: saidOf(before),
      after: saidOf(now),
      reasons: olds.map((old, index) => reasonsSince(old, line, compared, index)),
    },
  ];
}

function saidOf({ count, share }: Counted): Said {
  return { count, share };
}

function reasonsSince(
  old: Counted | null,
  { now, isOfTopics }: LineOfNumber,
  { earlier, after, whys }: Compared,
  index: number,
): Reason[] {
  const [report, why] = [earlier[index], whys[index]];
  if (report === undefined || why === undefined) return [];
  if (old === null || saysSame(old, now)) return [];
  const ids = (of: Pick<Revision, "figures" | "unlisted">, { figure }: Counted) =>
    figure === null ? [] : idsOf(of, figure);
  const reasons = reasonsOf(ids(report, old), ids(after, now), (id) => why(id, isOfTopics));
  const whole = ({ figures }: Pick<Revision, "figures">) => figureOf(figures, "all").value;
  const isOfOthers = shown(old) !== shown(now) && whole(report) !== whole(after);
  return isOfOthers
    ? [...reasons, { causes: ["whole"], added: 0, removed: 0, voiceIds: [] }]
    : reasons;
}

function saysSame(old: Counted, now: Counted): boolean {
  return old.count === now.count && shown(old) === shown(now);
}

/** As it is read: the shares of older values have four digits only. */
function shown({ share }: Said): string | null {
  return share === null ? null : formatPercent(share);
}

function sizeOf({ older = [], before, after }: CorrectedLine): number {
  const moves = [...older, before].map((old) => Math.abs(after.count - (old ?? after).count));
  return Math.max(...moves);
}
